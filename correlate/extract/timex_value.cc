#include "correlate/extract/timex_value.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "correlate/extract/timex_calendar.h"
#include "correlate/extract/timex_resolver.h"

// Expression → TIMEX3 value and interval.

namespace correlate::extraction {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;
using Civil = model::Civil;

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

Week week_of(year_month_day date) {
  auto monday = plus_days(date, 1 - iso_weekday(date));
  auto thursday = plus_days(monday, 3);
  auto first = sys_days{thursday.year() / 1 / 1};
  int number = static_cast<int>((sys_days{thursday} - first).count() / 7) + 1;
  return {static_cast<int>(thursday.year()), number, monday};
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

Resolver::Resolver(const Expr& expr, const Reading& reading)
    : e_(settled(expr, reading)), r_(reading) {
  bool stated = !e_.zone.empty() && e_.zone != "local" && model::is_zone(e_.zone);
  zone_ = stated ? std::string(e_.zone) : r_.anchor.zone;
  if (zone_.empty()) zone_ = "UTC";
  if (r_.anchored) {
    Civil now = model::local_time(r_.anchor.at, zone_);
    today_ = ymd(now.year, static_cast<int>(now.month), static_cast<int>(now.day));
    now_ = minutes_of(today_) + now.hour * 60 + now.minute;
    seconds_ = now.second;
  }
}

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
  if (e_.kind == Expr::Kind::kNone) return {};
  if (e_.numbered_day > 0) {
    Value value;  // of a count whose beginning the text may not say
    value.text = "XXXX-XX-XX";
    return value;
  }
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

std::string duration_value(const Amounts& amounts) {
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
