#include <cmath>

#include <fmt/format.h>

#include "correlate/extract/timex_calendar.h"
#include "correlate/extract/timex_resolver.h"

// Weeks, months, seasons, years and what is longer.

namespace correlate::extraction {
namespace {

using std::chrono::day;
using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;

}  // namespace

Value Resolver::whole_month(int y, int m) const {
  auto first = ymd(y, m, 1);
  auto next = first + months{1};
  return make(fmt::format("{:04}-{:02}", y, m), {minutes_of(first), minutes_of(next)});
}

Value Resolver::month_date() {
  int y = e_.year != 0 ? e_.year : year_of_month(e_.month, 0, r_, today_);
  int now = static_cast<int>(static_cast<unsigned>(today_.month()));
  if (e_.year == 0 && r_.narrative_year == 0) {
    int this_year = static_cast<int>(today_.year());
    if (e_.deixis == Deixis::kLast || e_.deixis == Deixis::kPrevious)
      y = e_.month >= now ? this_year - 1 : this_year;
    if (e_.deixis == Deixis::kNext) y = e_.month <= now ? this_year + 1 : this_year;
    if (e_.deixis == Deixis::kThis) y = this_year;
  }
  return whole_month(y, e_.month);
}

Value Resolver::season_date() {
  static constexpr std::string_view kNames[] = {"", "SP", "SU", "FA", "WI"};
  static constexpr int kFirst[] = {0, 3, 6, 9, 12};
  int y = e_.year;
  if (y == 0) {
    y = r_.narrative_year > 0 ? r_.narrative_year : static_cast<int>(today_.year());
    int now = static_cast<int>(static_cast<unsigned>(today_.month()));
    int first = e_.quarter > 0 ? e_.quarter * 3 - 2 : kFirst[static_cast<int>(e_.season)];
    bool past =
        e_.deixis == Deixis::kLast ? first + 2 >= now : first > now && r_.tense != Tense::kFuture;
    if (r_.narrative_year == 0 && past && e_.deixis != Deixis::kThis && e_.deixis != Deixis::kNext)
      --y;
    if (e_.deixis == Deixis::kNext && first <= now) ++y;
  }
  int first = e_.quarter > 0 ? e_.quarter * 3 - 2 : kFirst[static_cast<int>(e_.season)];
  auto from = ymd(y, first, 1);
  Local local{minutes_of(from), minutes_of(from + months{3})};
  if (e_.quarter > 0) return make(fmt::format("{:04}-Q{}", y, e_.quarter), local);
  return make(fmt::format("{:04}-{}", y, kNames[static_cast<int>(e_.season)]), local);
}

Value Resolver::year_date() const {
  Value value;
  std::string era = e_.before_christ ? "BC" : "";
  if (e_.century >= 0) {
    value.text = fmt::format("{}{:02}", era, e_.century);
  } else if (e_.decade >= 0) {
    value.text = fmt::format("{}{:03}", era, e_.decade);
  } else if (!era.empty()) {
    value.text = fmt::format("BC{:04}", e_.year);
    if (e_.month > 0) value.text += fmt::format("-{:02}", e_.month);
  } else {
    if (e_.iranian_year) {
      // The Gregorian year that has most of it; it begins on 20 or 21 March.
      constexpr int kAhead = 621;
      auto first = from_calendar(e_.year, kPersian + 1, 1);
      auto next = from_calendar(e_.year + 1, kPersian + 1, 1);
      if (!first || !next) return value;
      return make(fmt::format("{:04}", e_.year + kAhead), {minutes_of(*first), minutes_of(*next)});
    }
    auto from = ymd(e_.year, 1, 1);
    return make(fmt::format("{:04}", e_.year), {minutes_of(from), minutes_of(from + years{1})});
  }
  return value;
}

// On a weekday "the weekend" was the last one, unless the text looks ahead.
Value Resolver::weekend(year_month_day from, int shift) const {
  int today = iso_weekday(from);
  bool pointed = e_.deixis == Deixis::kThis;
  if (shift == 0 && !pointed && today < 6 && r_.tense != Tense::kFuture) --shift;
  if (shift == 0 && pointed && today < 3 && r_.tense == Tense::kPast) --shift;
  Week week = week_of(plus_days(from, shift * 7));
  std::int64_t at = minutes_of(week.monday) + 5 * kDayMinutes;
  return make(fmt::format("{:04}-W{:02}-WE", week.year, week.number), {at, at + 2 * kDayMinutes});
}

// "this week", "last month", "that year", "the weekend".
Value Resolver::unit_date() {
  year_month_day from = that() && r_.reference ? *r_.reference : today_;
  if (r_.narrative_year > 0 && r_.reference) from = *r_.reference;
  int shift = e_.unit_offset;
  switch (*e_.unit) {
    case Unit::kDay:
      from = plus_days(from, shift);
      return e_.part != Part::kNone ? part_on(from) : whole_day(from);
    case Unit::kWeek:
    case Unit::kFortnight: {
      Week week = week_of(plus_days(from, shift * 7));
      std::int64_t at = minutes_of(week.monday);
      return make(fmt::format("{:04}-W{:02}", week.year, week.number), {at, at + 7 * kDayMinutes});
    }
    case Unit::kWeekend:
      return weekend(from, shift);
    case Unit::kMonth: {
      auto first = from.year() / from.month() / day{1};
      first += months{shift};
      return whole_month(static_cast<int>(first.year()),
                         static_cast<int>(static_cast<unsigned>(first.month())));
    }
    case Unit::kQuarter: {
      int index = static_cast<int>(from.year()) * 4 +
                  (static_cast<int>(static_cast<unsigned>(from.month())) - 1) / 3 + shift;
      auto first = ymd(index / 4, index % 4 * 3 + 1, 1);
      return make(fmt::format("{:04}-Q{}", index / 4, index % 4 + 1),
                  {minutes_of(first), minutes_of(first + months{3})});
    }
    case Unit::kYear: {
      auto first = ymd(static_cast<int>(from.year()) + shift, 1, 1);
      return make(fmt::format("{:04}", static_cast<int>(first.year())),
                  {minutes_of(first), minutes_of(first + years{1})});
    }
    case Unit::kDecade: {
      int decade = static_cast<int>(from.year()) / 10 + shift;
      auto first = ymd(decade * 10, 1, 1);
      return make(fmt::format("{:03}", decade), {minutes_of(first), minutes_of(first + years{10})});
    }
    case Unit::kCentury: {
      int century = static_cast<int>(from.year()) / 100 + shift;
      auto first = ymd(century * 100, 1, 1);
      return make(fmt::format("{:02}", century),
                  {minutes_of(first), minutes_of(first + years{100})});
    }
    default:
      break;
  }
  Value value;
  value.text = "PRESENT_REF";
  return value;
}

}  // namespace correlate::extraction
