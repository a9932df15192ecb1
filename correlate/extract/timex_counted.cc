#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "correlate/extract/timex_calendar.h"
#include "correlate/extract/timex_resolver.h"

// Dates that count from somewhere: "40 minutes ago", "two days later".

namespace correlate::extraction {
namespace {

using std::chrono::day;
using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;
using Civil = model::Civil;

// What is counted further away than this is as far as this: years stay four digits or little more,
// whatever a text says.
constexpr std::int64_t kMostDays = 500'000;
constexpr std::int64_t kMostWeeks = kMostDays / 7;
constexpr std::int64_t kMostMonths = 30'000;
constexpr std::int64_t kMostYears = 3'000;

// `count` times `scale` as a whole number, `most` at most.
std::int64_t bounded(double count, std::int64_t scale, std::int64_t most) {
  return std::llround(std::min(count * static_cast<double>(scale), static_cast<double>(most)));
}

}  // namespace

// "40 minutes ago", "a day and a half later".
Value Resolver::counted_on_clock() const {
  static constexpr double kLength[] = {1,       60,      3600,     86400,     172800,     604800,
                                       2629800, 7889400, 31557600, 315576000, 3155760000, 1209600};
  const Amount& main = e_.amounts[0];
  double seconds = 0;
  for (const auto& amount : e_.amounts)
    seconds += amount.count * kLength[static_cast<int>(amount.unit)];
  std::int64_t away = bounded(seconds, 1, kMostDays * 86400) * e_.direction;
  std::int64_t total = now_ * 60 + seconds_ + away;
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
  auto shift = [&](std::int64_t scale, std::int64_t most) {
    return bounded(main.count, scale, most) * e_.direction;
  };
  if (e_.amounts.back().unit < Unit::kDay || main.count != std::floor(main.count)) {
    return counted_on_clock();
  }
  year_month_day from = base();
  if (r_.query && main.unit <= Unit::kMonth) {
    if (main.unit != Unit::kMonth) {
      std::int64_t scale = main.unit == Unit::kFortnight ? 14 : main.unit == Unit::kWeek ? 7 : 1;
      return whole_day(plus_days(from, shift(scale, kMostDays)));
    }
    return whole_day(clamped(from + months{static_cast<int>(shift(1, kMostMonths))}));
  }
  switch (main.unit) {
    case Unit::kWeek:
    case Unit::kFortnight: {
      std::int64_t weeks = shift(main.unit == Unit::kFortnight ? 2 : 1, kMostWeeks);
      Week week = week_of(plus_days(from, weeks * 7));
      std::int64_t at = minutes_of(week.monday);
      return make(fmt::format("{:04}-W{:02}", week.year, week.number), {at, at + 7 * kDayMinutes});
    }
    case Unit::kMonth:
    case Unit::kQuarter: {
      auto first = from.year() / from.month() / day{1};
      first += months{static_cast<int>(shift(main.unit == Unit::kQuarter ? 3 : 1, kMostMonths))};
      return whole_month(static_cast<int>(first.year()),
                         static_cast<int>(static_cast<unsigned>(first.month())));
    }
    case Unit::kYear:
    case Unit::kDecade:
    case Unit::kCentury: {
      int scale = main.unit == Unit::kYear ? 1 : main.unit == Unit::kDecade ? 10 : 100;
      auto date = clamped(from + years{static_cast<int>(shift(scale, kMostYears))});
      if (main.count == 1 && scale == 1) return whole_day(date);
      auto first = ymd(static_cast<int>(date.year()), 1, 1);
      return make(fmt::format("{:04}", static_cast<int>(date.year())),
                  {minutes_of(first), minutes_of(first + years{1})});
    }
    default:
      return whole_day(plus_days(from, shift(1, kMostDays)));
  }
}

}  // namespace correlate::extraction
