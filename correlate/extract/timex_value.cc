#include "correlate/extract/timex_value.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

// Expression → TIMEX3 value and interval. Dates are reckoned in std::chrono's civil calendar.

namespace correlate::extraction {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;
using Civil = model::Civil;

// A stretch of a local calendar, in minutes from 1970 on that calendar.
struct Local {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

constexpr std::int64_t kDayMinutes = 1440;

year_month_day ymd(int y, int m, int d) {
  return year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
}

// The last day of the month where the day does not exist.
year_month_day clamped(year_month_day date) {
  return date.ok() ? date : year_month_day{date.year() / date.month() / std::chrono::last};
}

std::int64_t minutes_of(year_month_day date) {
  return sys_days{date}.time_since_epoch().count() * kDayMinutes;
}

year_month_day plus_days(year_month_day date, std::int64_t count) {
  return year_month_day{sys_days{date} + days{count}};
}

std::string iso(year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

int iso_weekday(year_month_day date) {
  return static_cast<int>(weekday{sys_days{date}}.iso_encoding());
}

// ISO 8601 week of a date: its year, number and Monday.
struct Week {
  int year;
  int number;
  year_month_day monday;
};

Week week_of(year_month_day date) {
  auto monday = plus_days(date, 1 - iso_weekday(date));
  auto thursday = plus_days(monday, 3);
  auto first = sys_days{thursday.year() / 1 / 1};
  int number = static_cast<int>((sys_days{thursday} - first).count() / 7) + 1;
  return {static_cast<int>(thursday.year()), number, monday};
}

std::string number(double count) {
  double whole = std::round(count);
  if (std::abs(count - whole) < 1e-9) return fmt::format("{:.0f}", whole);
  return fmt::format("{:g}", std::round(count * 1000) / 1000);
}

struct Letter {
  bool clock;
  char letter;
  double scale;
};

Letter letter_of(Unit unit) {
  switch (unit) {
    case Unit::kSecond:
      return {true, 'S', 1};
    case Unit::kMinute:
      return {true, 'M', 1};
    case Unit::kHour:
      return {true, 'H', 1};
    case Unit::kDay:
      return {false, 'D', 1};
    case Unit::kWeekend:
      return {false, 'D', 2};
    case Unit::kWeek:
      return {false, 'W', 1};
    case Unit::kFortnight:
      return {false, 'W', 2};
    case Unit::kMonth:
      return {false, 'M', 1};
    case Unit::kQuarter:
      return {false, 'M', 3};
    case Unit::kYear:
      return {false, 'Y', 1};
    case Unit::kDecade:
      return {false, 'Y', 10};
    case Unit::kCentury:
      return {false, 'Y', 100};
  }
  return {false, 'D', 1};
}

Local part_hours(Part part) {
  switch (part) {
    case Part::kMorning:
      return {3 * 60, 12 * 60};
    case Part::kMidday:
      return {11 * 60, 14 * 60};
    case Part::kAfternoon:
      return {12 * 60, 18 * 60};
    case Part::kEvening:
      return {17 * 60, 24 * 60};
    case Part::kNight:
      return {18 * 60, 30 * 60};
    case Part::kDaytime:
      return {6 * 60, 18 * 60};
    case Part::kNone:
      break;
  }
  return {0, kDayMinutes};
}

// "of next year": the year that this says.
Expr with_year(Expr expr, const Reading& reading) {
  if (!expr.year_shift || !reading.anchored) return expr;
  int from = model::civil_of(reading.anchor.at).year;
  if (expr.year_spoken_of || reading.narrative_year > 0) {
    from = reading.reference ? static_cast<int>(reading.reference->year()) : from;
  }
  expr.year = from + *expr.year_shift;
  return expr;
}

class Resolver {
 public:
  Resolver(const Expr& expr, const Reading& reading) : e_(with_year(expr, reading)), r_(reading) {
    zone_ = e_.zone.empty() || e_.zone == "local" || !model::is_zone(e_.zone) ? r_.anchor.zone
                                                                              : e_.zone;
    if (zone_.empty()) zone_ = "UTC";
    if (r_.anchored) {
      Civil now = model::local_time(r_.anchor.at, zone_);
      today_ = ymd(now.year, static_cast<int>(now.month), static_cast<int>(now.day));
      now_ = minutes_of(today_) + now.hour * 60 + now.minute;
      seconds_ = now.second;
    }
  }

  Value date();

 private:
  Value open_date() const;
  Value counted();
  Value counted_on_clock() const;
  Value unit_date();
  Value weekend(year_month_day from, int shift) const;
  Value season_date();
  Value month_date();
  Value year_date() const;
  std::optional<year_month_day> day_of();
  year_month_day weekday_day() const;
  year_month_day month_day() const;
  Value clock_on(year_month_day date);
  Value part_on(year_month_day date) const;
  std::optional<year_month_day> clock_day() const;
  Value make(std::string text, Local local, model::TimexType type = model::TimexType::kDate) const;
  Value whole_day(year_month_day date) const;
  Value whole_month(int y, int m) const;
  Local phased(Local local) const;
  year_month_day base() const { return e_.from_reference && r_.reference ? *r_.reference : today_; }
  bool that() const {
    return e_.deixis == Deixis::kThat || e_.deixis == Deixis::kPrevious ||
           e_.deixis == Deixis::kFollowing;
  }

  const Expr e_;
  const Reading& r_;
  std::string zone_;
  year_month_day today_{};
  std::int64_t now_ = 0;
  int seconds_ = 0;
};

Local Resolver::phased(Local local) const {
  std::int64_t length = local.to - local.from;
  bool day = length == kDayMinutes;
  if (e_.mod == Mod::kStart) local.to = local.from + length / 3;
  if (e_.mod == Mod::kMid) local = {local.from + length / 3, local.from + 2 * length / 3};
  if (e_.mod == Mod::kEnd) local.from += day ? 18 * 60 : 2 * length / 3;
  return local;
}

Value Resolver::make(std::string text, Local local, model::TimexType type) const {
  Value value;
  value.type = type;
  value.text = std::move(text);
  auto instant = [&](std::int64_t minutes) {
    auto at = model::Instant{std::chrono::minutes{minutes}};
    return model::from_local(model::civil_of(at), zone_);
  };
  Local narrow = phased(local);
  auto from = instant(narrow.from);
  auto to = instant(narrow.to);
  if (from && to && *from < *to) value.interval = model::Interval{*from, *to};
  value.future = r_.anchored && local.from > now_;
  return value;
}

Value Resolver::whole_day(year_month_day date) const {
  Value value = make(iso(date), {minutes_of(date), minutes_of(date) + kDayMinutes});
  value.day = date;
  return value;
}

Value Resolver::whole_month(int y, int m) const {
  auto first = ymd(y, m, 1);
  auto next = first + months{1};
  return make(fmt::format("{:04}-{:02}", y, m), {minutes_of(first), minutes_of(next)});
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

// A tale goes on: a month long before the one last spoken of is of the next year.
int narrative_year_of(int m, const Reading& r) {
  if (!r.reference || static_cast<int>(r.reference->year()) != r.narrative_year) {
    return r.narrative_year;
  }
  int last = static_cast<int>(static_cast<unsigned>(r.reference->month()));
  return last - m >= 8 ? r.narrative_year + 1 : r.narrative_year;
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
  for (int candidate : {y - 1, y + 1}) {
    if (distance(candidate) < distance(best)) best = candidate;
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

// The day that the expression names, if it names one.
std::optional<year_month_day> Resolver::day_of() {
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
  if (e_.weekday > 0) return plus_days(weekday_day(), e_.unit ? 0 : e_.unit_offset);
  if (e_.day_offset && e_.amounts.empty()) {
    bool narrative = r_.narrative_year > 0 && r_.reference && *e_.day_offset != 0;
    return plus_days(narrative ? *r_.reference : today_, *e_.day_offset);
  }
  return std::nullopt;
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

// "40 minutes ago", "a day and a half later".
Value Resolver::counted_on_clock() const {
  static constexpr double kLength[] = {1,       60,      3600,     86400,     172800,     604800,
                                       2629800, 7889400, 31557600, 315576000, 3155760000, 1209600};
  const Amount& main = e_.amounts[0];
  double seconds = 0;
  for (const auto& amount : e_.amounts)
    seconds += amount.count * kLength[static_cast<int>(amount.unit)];
  std::int64_t total =
      now_ * 60 + seconds_ + static_cast<std::int64_t>(std::llround(seconds)) * e_.direction;
  std::int64_t at = total / 60;
  Civil c = model::civil_of(model::Instant{std::chrono::minutes{at}});
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
  if (main.unit == Unit::kSecond) text += fmt::format(":{:02}", total % 60);
  Value value = make(text, {at, at + (main.unit == Unit::kHour ? 60 : 1)}, model::TimexType::kTime);
  value.day = ymd(c.year, static_cast<int>(c.month), static_cast<int>(c.day));
  return value;
}

// "40 minutes ago", "three weeks ago", "two days later".
Value Resolver::counted() {
  const Amount& main = e_.amounts[0];
  Value value;
  if (main.vague) {
    value.text = e_.direction < 0 ? "PAST_REF" : "FUTURE_REF";
    return value;
  }
  auto shift = [&](double count) {
    return static_cast<std::int64_t>(std::lround(count)) * e_.direction;
  };
  if (e_.amounts.back().unit < Unit::kDay || main.count != std::floor(main.count)) {
    return counted_on_clock();
  }
  year_month_day from = base();
  if (r_.query && main.unit <= Unit::kMonth) {
    if (main.unit != Unit::kMonth) {
      std::int64_t scale = main.unit == Unit::kFortnight ? 14 : main.unit == Unit::kWeek ? 7 : 1;
      return whole_day(
          plus_days(from, std::clamp<std::int64_t>(shift(main.count) * scale, -500000, 500000)));
    }
    return whole_day(clamped(from + months{static_cast<int>(std::clamp<std::int64_t>(
                                        shift(main.count), -30000, 30000))}));
  }
  switch (main.unit) {
    case Unit::kWeek:
    case Unit::kFortnight: {
      std::int64_t weeks = shift(main.count) * (main.unit == Unit::kFortnight ? 2 : 1);
      Week week = week_of(plus_days(from, weeks * 7));
      std::int64_t at = minutes_of(week.monday);
      return make(fmt::format("{:04}-W{:02}", week.year, week.number), {at, at + 7 * kDayMinutes});
    }
    case Unit::kMonth:
    case Unit::kQuarter: {
      auto first = from.year() / from.month() / day{1};
      first += months{static_cast<int>(shift(main.count)) * (main.unit == Unit::kQuarter ? 3 : 1)};
      return whole_month(static_cast<int>(first.year()),
                         static_cast<int>(static_cast<unsigned>(first.month())));
    }
    case Unit::kYear:
    case Unit::kDecade:
    case Unit::kCentury: {
      int scale = main.unit == Unit::kYear ? 1 : main.unit == Unit::kDecade ? 10 : 100;
      auto years_away = std::clamp<std::int64_t>(shift(main.count) * scale, -3000, 3000);
      auto date = clamped(from + years{static_cast<int>(years_away)});
      if (main.count == 1 && scale == 1) return whole_day(date);
      auto first = ymd(static_cast<int>(date.year()), 1, 1);
      return make(fmt::format("{:04}", static_cast<int>(date.year())),
                  {minutes_of(first), minutes_of(first + years{1})});
    }
    default:
      return whole_day(
          plus_days(from, std::clamp<std::int64_t>(shift(main.count), -500000, 500000)));
  }
}

// Without an anchor: what is not said stays X.
Value Resolver::open_date() const {
  Value value;
  std::string y = e_.year > 0 ? fmt::format("{:04}", e_.year) : "XXXX";
  if (e_.month > 0 && e_.day > 0) {
    value.text = fmt::format("{}-{:02}-{:02}", y, e_.month, e_.day);
  } else if (e_.month > 0) {
    value.text = fmt::format("{}-{:02}", y, e_.month);
  } else if (e_.weekday > 0) {
    value.text = fmt::format("XXXX-WXX-{}", e_.weekday);
  } else if (e_.day > 0) {
    value.text = fmt::format("XXXX-XX-{:02}", e_.day);
  } else if (e_.has_clock() || e_.part != Part::kNone) {
    value.text = "XXXX-XX-XX";
  } else {
    value.text = e_.unit_offset < 0 || e_.direction < 0 ? "PAST_REF" : "PRESENT_REF";
  }
  if (e_.hour >= 0) {
    value.text += fmt::format("T{:02}:{:02}", e_.hour, std::max(e_.minute, 0));
  } else if (e_.noon) {
    value.text += "TMI";
  } else if (e_.midnight) {
    value.text += "T00:00";
  } else if (e_.part != Part::kNone) {
    value.text += "T" + std::string(timex_name(e_.part));
  }
  if (value.text.find('T') != std::string::npos) value.type = model::TimexType::kTime;
  return value;
}

Value Resolver::date() {
  bool complete = e_.year > 0 && e_.month > 0 && e_.day > 0;
  bool self = complete || (e_.year > 0 && !e_.has_clock()) || e_.decade >= 0 || e_.century >= 0;
  if (!r_.anchored && !self) return open_date();
  if (e_.before_christ || e_.decade >= 0 || e_.century >= 0) return year_date();
  if (!e_.amounts.empty()) return counted();
  if (auto named = day_of()) {
    if (e_.has_clock()) return clock_on(*named);
    return e_.part != Part::kNone ? part_on(*named) : whole_day(*named);
  }
  if (e_.month > 0) return month_date();
  if (e_.quarter > 0 || e_.season != Season::kNone) return season_date();
  if (e_.unit) return unit_date();
  if (e_.has_clock()) {
    auto on = clock_day();
    return clock_on(on.value_or(today_));
  }
  if (e_.part != Part::kNone) {
    year_month_day on = today_;
    bool refers = that() || e_.deixis == Deixis::kNone;
    if (refers && r_.reference) on = *r_.reference;
    if (r_.narrative_year > 0 && r_.reference) on = *r_.reference;
    if (e_.deixis == Deixis::kLast) on = plus_days(r_.narrative_year > 0 ? on : today_, -1);
    if (e_.deixis == Deixis::kPrevious) on = plus_days(on, -1);
    if (e_.deixis == Deixis::kNext || e_.deixis == Deixis::kFollowing) on = plus_days(on, 1);
    // "was down overnight", written in the morning: the night before.
    bool ahead = minutes_of(on) + part_hours(e_.part).from > now_;
    bool plain = e_.deixis == Deixis::kNone && !r_.query && r_.tense != Tense::kFuture;
    if (ahead && plain) on = plus_days(on, -1);
    return part_on(on);
  }
  return year_date();
}

Value set_value(const Expr& e) {
  Value value;
  value.type = model::TimexType::kSet;
  if (e.weekday > 0) {
    value.text = fmt::format("XXXX-WXX-{}", e.weekday);
  } else if (e.part != Part::kNone) {
    value.text = "XXXX-XX-XXT" + std::string(timex_name(e.part));
  } else {
    value.text = duration_value(e.amounts);
  }
  return value;
}

}  // namespace

std::string duration_value(const std::vector<Amount>& amounts) {
  std::string dates;
  std::string clocks;
  for (const auto& amount : amounts) {
    double count = amount.count;
    Unit unit = amount.unit;
    // Half a day, week, year: said in the next smaller unit.
    if (!amount.vague && count == 0.5 && unit == Unit::kDay) {
      count = 12;
      unit = Unit::kHour;
    } else if (!amount.vague && count < 1 && unit == Unit::kHour) {
      count *= 60;
      unit = Unit::kMinute;
    } else if (!amount.vague && count == 0.5 && unit == Unit::kYear) {
      count = 6;
      unit = Unit::kMonth;
    }
    Letter letter = letter_of(unit);
    std::string& out = letter.clock ? clocks : dates;
    if (amount.vague && (unit == Unit::kDecade || unit == Unit::kCentury)) {
      out += unit == Unit::kDecade ? "XDE" : "XCE";
      continue;
    }
    out += amount.vague ? "X" : number(count * letter.scale);
    out += letter.letter;
  }
  return "P" + dates + (clocks.empty() ? "" : "T" + clocks);
}

Value value_of(const Expr& expr, const Reading& reading) {
  Value value;
  switch (expr.kind) {
    case Expr::Kind::kDuration:
      value.type = model::TimexType::kDuration;
      value.text = duration_value(expr.amounts);
      return value;
    case Expr::Kind::kSet:
      return set_value(expr);
    case Expr::Kind::kRef:
      value.text = expr.ref == Ref::kPresent ? "PRESENT_REF"
                   : expr.ref == Ref::kPast  ? "PAST_REF"
                                             : "FUTURE_REF";
      return value;
    default:
      return Resolver(expr, reading).date();
  }
}

}  // namespace correlate::extraction
