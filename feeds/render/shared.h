#pragma once

#include <string>
#include <string_view>

#include "store/model/timeline.h"

namespace feeds::render {

// "2014-12-23 01:15" on the clock of `zone`, as exact as the time is stated; a time that is exact
// to the day or less keeps the date it was stated with.
std::string local(const model::Timestamp& time, std::string_view zone);
std::string local(model::Instant at, std::string_view zone);

// "2014-12-22 16:15 → 2014-12-23 01:46 (9 h 31 min)"; says what is open or unknown.
std::string interval_of(const model::Outage& outage, std::string_view zone);

// "note by ann (edit 3): the text", "title corrected by ann (edit 4): why".
std::string edit_of(const model::Edit& edit);

// Foreign text for a terminal: no control character of it gets there. Ends of lines become blanks.
std::string printable(std::string_view text);

}  // namespace feeds::render
