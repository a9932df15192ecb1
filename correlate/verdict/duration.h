#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "correlate/verdict/timex_value.h"
#include "store/model/join.h"

namespace correlate::verdict {

// How a claimed duration bounds the measured one.
enum class Bound { kPlain, kAbout, kMoreThan, kLessThan, kNearly };

// From the TIMEX3 mod, and, for LESS_THAN, from the words: "nearly nine hours" has a floor that
// "less than nine hours" has not.
Bound bound_of(std::string_view mod, std::string_view span);

// The smallest unit stated, in seconds: 3,600 for "10 hours", 60 for "9 h 31 min", half the value
// for "half a day", half a unit for "nine and a half hours".
double granularity(const Length& claimed, std::string_view span);

struct DurationVerdict {
  model::VerdictKind verdict = model::VerdictKind::kUndecided;
  std::string note;
};

// All in seconds: claimed `v` with granularity `g`, measured `m` ± `u`.
DurationVerdict hold(Bound bound, double v, double g, double m, double u);

}  // namespace correlate::verdict
