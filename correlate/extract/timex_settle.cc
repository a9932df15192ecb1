#include "correlate/extract/timex_calendar.h"
#include "correlate/extract/timex_resolver.h"

// What an expression says in another calendar, or of another year, said in the Gregorian one.

namespace correlate::extraction {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// A date of another calendar on the Gregorian one. A month is read as the Gregorian month that has
// most of its days. A day that does not exist makes the expression say nothing.
Expr gregorian(Expr expr, const Reading& reading) {
  if (expr.year > 2400) expr.year -= kBuddhistYears;
  if (expr.month <= kPersian) return expr;
  constexpr int kMiddle = 15;
  int wanted = expr.day > 0 ? expr.day : kMiddle;
  std::optional<year_month_day> date;
  if (expr.year > 0) {
    date = from_calendar(expr.year, expr.month, wanted);
  } else if (reading.anchored) {
    auto today = std::chrono::floor<days>(reading.anchor.at);
    int now = calendar_year(expr.month, year_month_day{today});
    for (int y : {now, now - 1, now + 1}) {
      auto candidate = from_calendar(y, expr.month, wanted);
      auto far = [&](year_month_day one) { return std::chrono::abs(sys_days{one} - today); };
      if (candidate && (!date || far(*candidate) < far(*date))) date = candidate;
    }
  }
  expr.kind = date ? expr.kind : Expr::Kind::kNone;
  if (!date) return expr;
  expr.year = static_cast<int>(date->year());
  expr.month = static_cast<int>(static_cast<unsigned>(date->month()));
  if (expr.day > 0) expr.day = static_cast<int>(static_cast<unsigned>(date->day()));
  return expr;
}

}  // namespace

// "of next year": the year that this says.
Expr settled(Expr expr, const Reading& reading) {
  expr = gregorian(expr, reading);
  if (!expr.year_shift || !reading.anchored) return expr;
  int from = model::civil_of(reading.anchor.at).year;
  if (expr.year_spoken_of || reading.narrative_year > 0) {
    from = reading.reference ? static_cast<int>(reading.reference->year()) : from;
  }
  expr.year = from + *expr.year_shift;
  return expr;
}

}  // namespace correlate::extraction
