#pragma once

#include <string>
#include <string_view>

namespace feeds::outages {

// The value of a parameter in an address's query, with escapes undone; empty when there is none.
std::string query_value(std::string_view url, std::string_view name);

}  // namespace feeds::outages
