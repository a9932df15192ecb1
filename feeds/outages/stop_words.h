#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

// The words of Access Now's sheets.
namespace feeds::outages {

// The column of the combined sheet that a header stands for: "Start Date " is "start_date",
// "news_link" of the year sheets "info_source_link".
std::string stop_column(std::string_view header);

// Addresses joined by commas, semicolons, blanks or line breaks; those may stand in an address too,
// so only what begins with a scheme begins one.
boost::json::array stop_links(std::string_view text);

// "Nationwide" and the like: no region.
bool is_everywhere(std::string_view area);

}  // namespace feeds::outages
