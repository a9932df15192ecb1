#pragma once

#include <optional>
#include <string_view>

#include "store/model/instant.h"

namespace feeds::news {

// A date as feeds write it: RFC 822, 2822 and 5322 (with comments, two-digit years, zones by name
// or number, no seconds, a wrong weekday), W3CDTF and ISO 8601, asctime, month names of many
// languages, seconds since 1970, and the usual ways to get all of these wrong. Nothing when it
// cannot be read. "03/04/2020" is read as in the United States unless it cannot be.
std::optional<model::Timestamp> parse_date(std::string_view text);

}  // namespace feeds::news
