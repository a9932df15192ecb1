#include "correlate/extract/timex_calendar.h"

#include <array>
#include <cmath>
#include <memory>

#include <unicode/calendar.h>
#include <unicode/timezone.h>

namespace correlate::extraction {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

constexpr double kDayMillis = 86'400'000.0;

// Easter by the algorithm of Meeus, Jones and Butcher; the Julian one by Meeus.
year_month_day easter(int y) {
  int a = y % 19;
  int b = y / 100;
  int c = y % 100;
  int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return std::chrono::year{y} / (f / 31) / (f % 31 + 1);
}

year_month_day orthodox_easter(int y) {
  int d = (19 * (y % 19) + 15) % 30;
  int e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
  int f = d + e + 114;
  auto julian = std::chrono::year{y} / (f / 31) / (f % 31 + 1);
  int behind = y / 100 - y / 400 - 2;  // days of the Julian calendar behind
  return sys_days{julian} + days{behind};
}

std::optional<year_month_day> nth_weekday(int y, int month, int nth, int day) {
  std::chrono::year_month ym{std::chrono::year{y},
                             std::chrono::month{static_cast<unsigned>(month)}};
  if (!ym.ok() || day < 1 || day > 7) return std::nullopt;
  weekday which{static_cast<unsigned>(day % 7)};
  if (nth == 9) return year_month_day{sys_days{ym / which[std::chrono::last]}};
  auto date = ym / which[static_cast<unsigned>(nth)];
  if (!date.ok()) return std::nullopt;
  return year_month_day{sys_days{date}};
}

// A calendar of ICU's, made once for each thread and reset by its users.
icu::Calendar* calendar(const char* name) {
  struct Made {
    const char* name;
    std::unique_ptr<icu::Calendar> calendar;
  };
  thread_local std::array<Made, 4> made{Made{"persian", nullptr}, Made{"islamic-umalqura", nullptr},
                                        Made{"chinese", nullptr}, Made{"hebrew", nullptr}};
  for (auto& one : made) {
    if (std::string_view(one.name) != name) continue;
    if (!one.calendar) {
      UErrorCode failure = U_ZERO_ERROR;
      icu::Locale locale("en");
      locale.setKeywordValue("calendar", name, failure);
      one.calendar.reset(
          icu::Calendar::createInstance(icu::TimeZone::getGMT()->clone(), locale, failure));
      if (U_FAILURE(failure) != 0) one.calendar.reset();
    }
    return one.calendar.get();
  }
  return nullptr;
}

std::optional<year_month_day> day_of(icu::Calendar& calendar) {
  UErrorCode failure = U_ZERO_ERROR;
  double millis = calendar.getTime(failure);
  if (U_FAILURE(failure) != 0) return std::nullopt;
  return year_month_day{sys_days{days{static_cast<std::int64_t>(std::floor(millis / kDayMillis))}}};
}

double millis_of(year_month_day date) {
  return static_cast<double>(sys_days{date}.time_since_epoch().count()) * kDayMillis;
}

// The first day from 1 January on that has this month and day on that calendar.
std::optional<year_month_day> lunar_day(const char* name, int y, int month, int day) {
  icu::Calendar* moon = calendar(name);
  if (moon == nullptr || month < 1) return std::nullopt;
  for (int back = 0; back <= 1; ++back) {
    UErrorCode failure = U_ZERO_ERROR;
    moon->setTime(millis_of(std::chrono::year{y} / 1 / 1), failure);
    moon->set(UCAL_YEAR, moon->get(UCAL_YEAR, failure) + back);
    moon->set(UCAL_MONTH, month - 1);
    moon->set(UCAL_DAY_OF_MONTH, day);
    if (std::string_view(name) == "chinese") moon->set(UCAL_IS_LEAP_MONTH, 0);
    auto date = day_of(*moon);
    if (date && static_cast<int>(date->year()) == y) return date;
  }
  return std::nullopt;
}

const char* name_of(int month) { return month > kIslamic ? "islamic-umalqura" : "persian"; }

}  // namespace

std::optional<year_month_day> from_calendar(int year, int month, int day) {
  icu::Calendar* other = calendar(name_of(month));
  if (other == nullptr || year < 1 || year > 3000) return std::nullopt;
  other->clear();
  other->set(UCAL_YEAR, year);
  other->set(UCAL_MONTH, month % 100 - 1);
  other->set(UCAL_DAY_OF_MONTH, day);
  auto date = day_of(*other);
  UErrorCode failure = U_ZERO_ERROR;
  bool rolled = other->get(UCAL_DAY_OF_MONTH, failure) != day;
  return rolled ? std::nullopt : date;
}

int calendar_year(int month, year_month_day day) {
  icu::Calendar* other = calendar(name_of(month));
  if (other == nullptr) return 0;
  UErrorCode failure = U_ZERO_ERROR;
  other->setTime(millis_of(day), failure);
  return other->get(UCAL_YEAR, failure);
}

std::optional<year_month_day> holiday_in(int code, int year) {
  if (year < 1600 || year > 2600) return std::nullopt;
  int month = code / 100 % 100;
  int day = code % 100;
  switch (code / 10000) {
    case 0: {
      auto date = std::chrono::year{year} / month / day;
      return date.ok() ? std::optional(date) : std::nullopt;
    }
    case 2: {
      bool orthodox = code >= 21000;
      auto sunday = orthodox ? orthodox_easter(year) : easter(year);
      return year_month_day{sys_days{sunday} + days{code - (orthodox ? 21100 : 20100)}};
    }
    case 3:
      return nth_weekday(year, month, code / 10 % 10, code % 10);
    case 4:
      return lunar_day("chinese", year, month, day);
    case 5:
      return lunar_day("islamic-umalqura", year, month, day);
    case 6:
      return lunar_day("hebrew", year, month, day);
    default:
      return std::nullopt;
  }
}

}  // namespace correlate::extraction
