#pragma once

#include <optional>
#include <string>

#include "correlate/extract/timex_expr.h"
#include "store/model/claim.h"
#include "store/model/instant.h"

namespace correlate::extraction {

// Towards which side of the time of writing an incomplete date is read.
enum class Tense : std::uint8_t { kUnknown, kPast, kFuture };

// What an expression is read against.
struct Reading {
  bool anchored = false;
  model::Timestamp anchor;
  std::optional<std::chrono::year_month_day> reference;  // the day last spoken of
  int narrative_year = 0;  // of a text about a time long gone: the year last spoken of
  Tense tense = Tense::kUnknown;
  // The text is this expression and nothing else: somebody asks. Then it is read forward, and
  // what counts from the anchor is read to the day.
  bool query = false;
};

struct Value {
  model::TimexType type = model::TimexType::kDate;
  std::string text;  // TIMEX3 value
  std::optional<model::Interval> interval;
  std::optional<std::chrono::year_month_day> day;  // when it names one
  bool future = false;
};

Value value_of(const Expr& expr, const Reading& reading);

// "PT9H31M", "P1.5D", "PTXH".
std::string duration_value(const Amounts& amounts);

}  // namespace correlate::extraction
