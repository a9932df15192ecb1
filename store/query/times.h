#pragma once

#include <optional>
#include <string_view>

#include "store/model/instant.h"

namespace store::query {

// A time as it is asked for: "2014", "2014-12", "2014-12-22", "2014-12-22T16:15Z"; "A..B" with
// either end open; "A/P1W" and "P1W/B" (ISO 8601 intervals; Y, M, W, D, H, M, S); "today",
// "yesterday", "last-24h", "24h", "7d", "2w", "3m", "1y" (up to `now`). Nothing for anything else.
std::optional<model::Interval> read_times(std::string_view text, model::Instant now);

}  // namespace store::query
