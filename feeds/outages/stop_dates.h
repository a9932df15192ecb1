#pragma once

#include <optional>
#include <string_view>

#include "store/model/instant.h"

namespace feeds::outages {

// Dates as spreadsheets hand them out: "2018-01-21", "2018/01/21", 43121 (days since 1899-12-30),
// "21/01/2018" or "1/21/2018". Which comes first in the last two, day or month, only the whole
// sheet tells: learn() all of its dates before any is read.
class StopDates {
 public:
  void learn(std::string_view text);
  // By the day. Nothing for what is no date, and for one that could be two.
  std::optional<model::Timestamp> read(std::string_view text) const;

 private:
  bool day_first_ = false;    // a date was seen that can only be so
  bool month_first_ = false;  // ... only the other way
};

}  // namespace feeds::outages
