#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"

namespace correlate::verdict {

// A TIMEX3 duration value as a number: "PT9H31M" is 34,260 s, "P5W" 3,024,000 s. A month counts
// 30.436875 days, a year 365.25 (the mean of the Gregorian calendar).
struct Length {
  double seconds = 0;
  double unit = 0;           // seconds of the smallest unit that is stated
  bool fraction = false;     // a decimal in the smallest unit: "PT9.5H"
  std::string_view letters;  // the smallest unit: "H", "M", "D", "W", "S", "MO", "Y"
};

// Nothing for values without a number ("PXH") and for what is no duration.
std::optional<Length> parse_length(std::string_view value);

// Calendar times on some clock, half open.
struct CivilRange {
  model::Civil from;
  model::Civil to;
  bool clock = false;  // an exact time of day: `from` is the time itself
  bool part = false;   // a part of a day
};

// What a TIMEX3 date or time value can mean: "2014-12-22" that day, "2014-12" that month,
// "2014-W52" that week, "2014-12-22TEV" that evening. Two ranges for a night: the one that follows
// the day, and the small hours of that date. Parts of a day: morning 03–12, midday 11–14, afternoon
// 12–18, evening 17–24, night 18–06, daytime 06–18; `mod` "START" cuts a day to 00–08, "END" to
// 18–24. Empty for values that name no calendar time ("PRESENT_REF", durations).
std::vector<CivilRange> parse_civil(std::string_view value, std::string_view mod);

}  // namespace correlate::verdict
