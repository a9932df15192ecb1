#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "correlate/extract/timex_calendar.h"
#include "correlate/extract/timex_resolver.h"

// Days, clock times and parts of days.

namespace correlate::extraction {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// A tale goes on: a month long before the one last spoken of is of the next year.
int narrative_year_of(int m, const Reading& r) {
  if (!r.reference || static_cast<int>(r.reference->year()) != r.narrative_year) {
    return r.narrative_year;
  }
  int last = static_cast<int>(static_cast<unsigned>(r.reference->month()));
  return last - m >= 8 ? r.narrative_year + 1 : r.narrative_year;
}

}  // namespace

Value Resolver::whole_day(year_month_day date) const {
  Value value = make(iso(date), {minutes_of(date), minutes_of(date) + kDayMinutes});
  value.day = date;
  return value;
}

Value Resolver::part_on(year_month_day date) const {
  Local hours = part_hours(e_.part);
  std::int64_t midnight = minutes_of(date);
  Value value = make(iso(date) + "T" + std::string(timex_name(e_.part)),
                     {midnight + hours.from, midnight + hours.to}, model::TimexType::kTime);
  value.day = date;
  return value;
}

// The day that a clock time without one is on: the day spoken of in its sentence, else today, or
// yesterday for an hour that is still to come where the text tells of the past.
std::optional<year_month_day> Resolver::clock_day() const {
  if (r_.reference) return r_.reference;
  if (!r_.anchored) return std::nullopt;
  if (e_.hour >= 0 && r_.tense != Tense::kFuture && e_.hour < 24) {
    std::int64_t at = minutes_of(today_) + e_.hour * 60 + std::max(e_.minute, 0);
    if (at > now_ + 90) return plus_days(today_, -1);
  }
  if (r_.query && e_.hour >= 0 &&
      minutes_of(today_) + e_.hour * 60 + std::max(e_.minute, 0) <= now_) {
    return plus_days(today_, 1);
  }
  return today_;
}

Value Resolver::clock_on(year_month_day date) {
  std::int64_t midnight = minutes_of(date);
  Value value;
  if (e_.hour < 0 && e_.noon) {
    value =
        make(iso(date) + "TMI", {midnight + 11 * 60, midnight + 14 * 60}, model::TimexType::kTime);
  } else {
    int hour = e_.hour < 0 ? 0 : e_.hour;
    std::int64_t at = midnight + hour * 60 + std::max(e_.minute, 0);
    std::string text = fmt::format("{}T{:02}", iso(date), hour);
    if (!r_.query || e_.minute >= 0 || e_.midnight)
      text += fmt::format(":{:02}", std::max(e_.minute, 0));
    if (e_.second >= 0) text += fmt::format(":{:02}", e_.second);
    bool exact = e_.minute >= 0 || e_.midnight;
    std::int64_t length = exact ? 1 : 60;
    // "around 11 a.m.", "just before noon": either side of it.
    std::int64_t slack = e_.mod == Mod::kApprox || e_.before || e_.after ? 30 : 0;
    std::int64_t from = e_.after ? at : at - slack;
    std::int64_t to = e_.before ? at : at + std::max(length, slack);
    value = make(text, {from, to}, model::TimexType::kTime);
  }
  value.day = date;
  return value;
}

// Nearest to the anchor on the side that the tense asks for; the past unless it asks.
year_month_day Resolver::weekday_day() const {
  year_month_day from = that() && r_.reference ? *r_.reference : today_;
  if (r_.narrative_year > 0 && r_.reference) from = *r_.reference;
  int back = (iso_weekday(from) - e_.weekday + 7) % 7;
  switch (e_.deixis) {
    case Deixis::kLast:
    case Deixis::kPrevious:
      return plus_days(from, back == 0 ? -7 : -back);
    case Deixis::kNext:
    case Deixis::kFollowing: {
      int ahead = 7 - back;
      return plus_days(from, ahead);
    }
    default:
      break;
  }
  if (r_.query) return plus_days(from, 7 - back);
  if (back == 0 || r_.tense != Tense::kFuture) return plus_days(from, -back);
  return plus_days(from, 7 - back);
}

// The year of a month, or of a day of a month, that is written without one.
int year_of_month(int m, int d, const Reading& r, year_month_day today) {
  int y = static_cast<int>(today.year());
  if (r.narrative_year > 0) return narrative_year_of(m, r);
  if (d == 0) {
    int now = static_cast<int>(static_cast<unsigned>(today.month()));
    if (r.tense == Tense::kFuture) return m < now ? y + 1 : y;
    return m > now ? y - 1 : y;
  }
  auto distance = [&](int candidate) {
    auto date = ymd(candidate, m, d);
    if (!date.ok()) return std::int64_t{200000};  // 29 February
    auto ahead = (sys_days{date} - sys_days{today}).count();
    if (ahead > 45 && r.tense == Tense::kPast) return std::int64_t{100000};
    if (ahead < -45 && r.tense == Tense::kFuture) return std::int64_t{100000};
    return static_cast<std::int64_t>(std::abs(ahead));
  };
  int best = y;
  constexpr int kLeap = 8;  // years between two leap years at most
  int reach = m == 2 && d == 29 ? kLeap : 1;
  for (int step = 1; step <= reach; ++step) {
    for (int candidate : {y - step, y + step}) {
      if (distance(candidate) < distance(best)) best = candidate;
    }
  }
  return best;
}

year_month_day Resolver::month_day() const {
  int y = e_.year;
  if (y == 0) {
    y = year_of_month(e_.month, e_.day, r_, today_);
    if (e_.deixis == Deixis::kLast &&
        minutes_of(clamped(ymd(y, e_.month, e_.day))) >= minutes_of(today_))
      --y;
    if (e_.deixis == Deixis::kNext &&
        minutes_of(clamped(ymd(y, e_.month, e_.day))) <= minutes_of(today_))
      ++y;
  }
  return clamped(ymd(y, e_.month, e_.day));
}

// The holiday nearest to the time of writing, on the side that the words ask for.
std::optional<Day> Resolver::holiday_day() const {
  if (e_.year > 0) return holiday_in(e_.holiday, e_.year);
  std::optional<Day> best;
  auto today = sys_days{today_};
  int now = r_.narrative_year > 0 ? r_.narrative_year : static_cast<int>(today_.year());
  std::int64_t least = 0;
  for (int y = now - 1; y <= now + 1; ++y) {
    auto date = holiday_in(e_.holiday, y);
    if (!date) continue;
    std::int64_t ahead = (sys_days{*date} - today).count();
    bool last = e_.deixis == Deixis::kLast || e_.deixis == Deixis::kPrevious;
    bool next = e_.deixis == Deixis::kNext || e_.deixis == Deixis::kFollowing;
    if ((last && ahead >= 0) || (next && ahead <= 0)) continue;
    if (r_.narrative_year > 0 && y == now) return date;
    // Asked for alone, it is the next one.
    std::int64_t away = ahead < 0 ? -ahead : ahead;
    if (r_.query && !last && ahead < 0) away += 1000;
    if (r_.tense == Tense::kPast && ahead > 30) away += 1000;
    if (best && away >= least) continue;
    best = date;
    least = away;
  }
  return best;
}

// The day that the expression names, if it names one.
std::optional<year_month_day> Resolver::day_of() {
  if (e_.holiday != 0) return holiday_day();
  if (e_.month > 0 && e_.day > 0) return month_day();
  if (e_.day > 0) {  // "the 22nd"
    year_month_day from = r_.narrative_year > 0 && r_.reference ? *r_.reference : today_;
    auto date = from.year() / from.month() / day{static_cast<unsigned>(e_.day)};
    if (!date.ok())
      date = (from - months{1}).year() / (from - months{1}).month() /
             day{static_cast<unsigned>(e_.day)};
    bool ahead = date.ok() && sys_days{date} > sys_days{from} + days{2};
    if (ahead && r_.tense != Tense::kFuture && !r_.narrative_year && !e_.weekday) date -= months{1};
    return clamped(date);
  }
  if (e_.weekday > 0 && e_.unit == Unit::kWeek) {  // "Monday of last week"
    return plus_days(week_of(plus_days(today_, 7 * e_.unit_offset)).monday, e_.weekday - 1);
  }
  if (e_.weekday > 0) return plus_days(weekday_day(), e_.unit ? 0 : e_.unit_offset);
  if (e_.day_offset && e_.amounts.empty()) {
    bool narrative = r_.narrative_year > 0 && r_.reference && *e_.day_offset != 0;
    return plus_days(narrative ? *r_.reference : today_, *e_.day_offset);
  }
  return std::nullopt;
}

}  // namespace correlate::extraction
