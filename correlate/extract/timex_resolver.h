#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "correlate/extract/timex_value.h"

// Inside of timex_value.h: one expression on the calendar. Dates are reckoned in std::chrono's
// civil calendar, clock times in minutes from 1970 on the local clock.

namespace correlate::extraction {

using Day = std::chrono::year_month_day;

// A stretch of a local calendar, in minutes from 1970 on that calendar.
struct Local {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

constexpr std::int64_t kDayMinutes = 1440;

Day ymd(int y, int m, int d);
// The last day of the month where the day does not exist.
Day clamped(Day date);
std::int64_t minutes_of(Day date);
Day plus_days(Day date, std::int64_t count);
std::string iso(Day date);  // "2014-12-22"
int iso_weekday(Day date);  // 1 Monday … 7 Sunday

// ISO 8601 week of a date: its year, number and Monday.
struct Week {
  int year;
  int number;
  Day monday;
};
Week week_of(Day date);

// The expression with its year and its date on the Gregorian calendar; Kind::kNone for a day that
// its calendar does not have.
Expr settled(Expr expr, const Reading& reading);

// The hours of a part of the day, in minutes from midnight; a night ends on the day after.
Local part_hours(Part part);

// The year of a month, or of a day of a month (0: none), that is written without one.
int year_of_month(int m, int d, const Reading& reading, Day today);

class Resolver {
 public:
  Resolver(const Expr& expr, const Reading& reading);

  Value date();

 private:
  Value open_date() const;
  Value counted();
  Value counted_on_clock() const;
  Value unit_date();
  Value weekend(Day from, int shift) const;
  Value season_date();
  Value month_date();
  Value year_date() const;
  std::optional<Day> day_of();
  std::optional<Day> holiday_day() const;
  Day weekday_day() const;
  Day month_day() const;
  Value clock_on(Day date);
  Value part_on(Day date) const;
  std::optional<Day> clock_day() const;
  Value make(std::string text, Local local, model::TimexType type = model::TimexType::kDate) const;
  Value whole_day(Day date) const;
  Value whole_month(int y, int m) const;
  Local phased(Local local) const;
  Day base() const { return e_.from_reference && r_.reference ? *r_.reference : today_; }
  bool that() const {
    return e_.deixis == Deixis::kThat || e_.deixis == Deixis::kPrevious ||
           e_.deixis == Deixis::kFollowing;
  }

  const Expr e_;
  const Reading& r_;
  std::string zone_;
  std::chrono::year_month_day today_{};
  std::int64_t now_ = 0;
  int seconds_ = 0;
};

}  // namespace correlate::extraction
