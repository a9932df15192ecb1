#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace correlate::extraction {

// Months of other calendars than the Gregorian are numbered from here on: kPersian + 1 is
// Farvardin.
constexpr std::int32_t kPersian = 100;
constexpr std::int32_t kIslamic = 200;
// Years of the Thai solar calendar are this many ahead of the Gregorian.
constexpr int kBuddhistYears = 543;

// The first day of a date of Iran's solar or Saudi Arabia's lunar calendar (Umm al-Qura), by ICU.
// `month` is one of those above plus 1 … 12. None where the calendar has no such day.
std::optional<std::chrono::year_month_day> from_calendar(int year, int month, int day);

// The year of that calendar in which a Gregorian day lies.
int calendar_year(int month, std::chrono::year_month_day day);

// Days that move from year to year, as a number in the tables of words (see lexicon_words.cc):
//   MMDD        a fixed day of the Gregorian calendar
//   2xxxx       days from Easter Sunday, 20100 being that Sunday; 21100 the Orthodox one
//   3MMNW       the N-th weekday W (1 Monday) of a month; N = 9: the last one
//   4MMDD       a day of the Chinese lunisolar calendar
//   5MMDD       … of the Islamic one
//   6MMDD       … of the Hebrew one, months as ICU numbers them, plus 1
// The day that it is on in a Gregorian year; the first one where there are two.
std::optional<std::chrono::year_month_day> holiday_in(int code, int year);

}  // namespace correlate::extraction
