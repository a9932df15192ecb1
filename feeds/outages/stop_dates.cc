#include "feeds/outages/stop_dates.h"

#include <charconv>
#include <vector>

#include "feeds/outages/record.h"
#include "feeds/outages/row.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

constexpr unsigned kMonths = 12;

struct Parts {
  unsigned first, second;
  int third;
};

// "a/b/c" with whatever digits.
std::optional<Parts> slashed(std::string_view text) {
  std::vector<int> numbers;
  while (!text.empty()) {
    auto end = std::min(text.find('/'), text.size());
    int number = 0;
    auto [stop, failure] = std::from_chars(text.data(), text.data() + end, number);
    if (failure != std::errc{} || stop != text.data() + end || number < 0) return std::nullopt;
    numbers.push_back(number);
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  if (numbers.size() != 3) return std::nullopt;
  return Parts{static_cast<unsigned>(numbers[0]), static_cast<unsigned>(numbers[1]), numbers[2]};
}

std::optional<model::Timestamp> date(int year, unsigned month, unsigned day) {
  constexpr int kEarliest = 1980;
  constexpr int kLatest = 2100;
  if (year < kEarliest || year >= kLatest) return std::nullopt;
  auto at = model::instant_of({year, month, day, 0, 0, 0});
  if (!at) return std::nullopt;
  return model::Timestamp{*at, model::Precision::kDay, ""};
}

}  // namespace

void StopDates::learn(std::string_view text) {
  auto parts = slashed(model::trim(text));
  if (!parts || parts->first > 31 || parts->second > 31) return;
  day_first_ = day_first_ || parts->first > kMonths;
  month_first_ = month_first_ || parts->second > kMonths;
}

std::optional<model::Timestamp> StopDates::read(std::string_view text) const {
  text = model::trim(text);
  if (auto stamp = moment_of(text)) return stamp;
  if (auto day = excel_day(text)) return day;
  auto parts = slashed(text);
  if (!parts) return std::nullopt;
  constexpr unsigned kYears = 1000;
  if (parts->first >= kYears) {
    return date(static_cast<int>(parts->first), parts->second, static_cast<unsigned>(parts->third));
  }
  if (day_first_ == month_first_) return std::nullopt;  // never told, or told both ways
  return day_first_ ? date(parts->third, parts->second, parts->first)
                    : date(parts->third, parts->first, parts->second);
}

}  // namespace feeds::outages
