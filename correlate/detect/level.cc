#include "correlate/detect/level.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "correlate/detect/sliding.h"

namespace correlate::detect {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
// A shorter series shows no week, and a still shorter one no day.
constexpr std::int64_t kWeeksForAWeek = 3;
constexpr std::int64_t kDaysForADay = 3;
constexpr std::size_t kFewestOfAPhase = 3;
// A day with less than this share of a good day is one on which nearly nothing came.
constexpr double kLost = 0.15;

std::int64_t time_of(const Detection& d, std::size_t sample) {
  return d.from.time_since_epoch().count() + static_cast<std::int64_t>(sample) * d.step.count();
}

// The value below which the share `q` lies; `values` is reordered.
double quantile_of(std::vector<double>& values, double q) {
  if (values.empty()) return kNone;
  auto at = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size()))) - 1;
  auto place = values.begin() + static_cast<std::ptrdiff_t>(at);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

double Blocks::at(std::int64_t seconds) const {
  auto block = floor_div(seconds, length) - first;
  return medians[static_cast<std::size_t>(block)];
}

Blocks blocks_of(const std::vector<double>& values, const Detection& d, std::int64_t length) {
  Blocks out;
  out.length = std::max(length, d.step.count());
  out.first = floor_div(time_of(d, 0), out.length);
  auto enough = std::max<std::size_t>(static_cast<std::size_t>(out.length / d.step.count() / 3), 1);
  std::vector<double> block;
  auto close = [&] {
    out.medians.push_back(block.size() < enough ? kNone : median_of(block));
    block.clear();
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto number = floor_div(time_of(d, i), out.length) - out.first;
    while (static_cast<std::int64_t>(out.medians.size()) < number) close();
    if (!std::isnan(values[i])) block.push_back(values[i]);
  }
  close();
  return out;
}

void smooth(Blocks& blocks, std::size_t around) {
  // Medians of the blocks that are known; those that are not take over the one before.
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < blocks.medians.size(); ++i) {
    if (!std::isnan(blocks.medians[i])) known.push_back(i);
  }
  std::vector<double> smoothed(known.size());
  SlidingMedian window(around);
  std::size_t half = around / 2;
  for (std::size_t i = 0; i < known.size(); ++i) {
    window.add(blocks.medians[known[i]]);
    if (i >= half) smoothed[i - half] = window.median();
  }
  std::size_t last_full = known.size() > half ? known.size() - half : 0;
  for (std::size_t i = last_full; i < known.size(); ++i) smoothed[i] = window.median();
  // The first full window serves all before its middle.
  std::size_t first_full = std::min(known.size(), around) - 1;
  if (known.size() > around) {
    for (std::size_t i = 0; i < half; ++i) smoothed[i] = smoothed[half];
  } else if (!known.empty()) {
    std::fill(smoothed.begin(), smoothed.begin() + static_cast<std::ptrdiff_t>(first_full) + 1,
              window.median());
  }
  std::size_t next = 0;
  double level = known.empty() ? kNone : smoothed.front();
  for (std::size_t i = 0; i < blocks.medians.size(); ++i) {
    if (next < known.size() && known[next] == i) level = smoothed[next++];
    blocks.medians[i] = level;
  }
}

std::vector<double> without_lost_days(const std::vector<double>& values, const Detection& d) {
  auto days = blocks_of(values, d, kDaySeconds);
  std::array<std::vector<double>, 7> weekdays;
  std::vector<double> all;
  for (std::size_t i = 0; i < days.medians.size(); ++i) {
    if (std::isnan(days.medians[i])) continue;
    all.push_back(days.medians[i]);
    weekdays[i % 7].push_back(days.medians[i]);
  }
  double usual = quantile_of(all, 0.9);
  std::array<double, 7> by_weekday{};
  for (std::size_t k = 0; k < 7; ++k) by_weekday[k] = quantile_of(weekdays[k], 0.75);
  std::vector<double> out = values;
  bool has_weeks = days.medians.size() >= 7 * kWeeksForAWeek;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto day = static_cast<std::size_t>(floor_div(time_of(d, i), days.length) - days.first);
    bool lost = days.medians[day] < kLost * usual && out[i] < kLost * usual;
    bool always = has_weeks && by_weekday[day % 7] < 2 * kLost * usual;
    if (lost && !always) out[i] = kNone;
  }
  return out;
}

Shape::Shape(const std::vector<double>& relative, const Detection& d)
    : from_(time_of(d, 0)), step_(d.step.count()) {
  auto known =
      std::count_if(relative.begin(), relative.end(), [](double v) { return !std::isnan(v); });
  std::int64_t span = static_cast<std::int64_t>(known) * step_;
  bool weekly = span >= kWeeksForAWeek * kWeekSeconds && kWeekSeconds % step_ == 0;
  bool daily = span >= kDaysForADay * kDaySeconds && kDaySeconds % step_ == 0;
  if (!weekly && !daily) return;
  period_ = weekly ? kWeekSeconds : kDaySeconds;
  phases_ = static_cast<std::size_t>(period_ / step_);
  if (phases_ < 2) {
    phases_ = 0;
    return;
  }
  first_period_ = floor_div(from_, period_);
  learn(relative, d, weekly ? kWeeksAround : span / kDaySeconds + 1);
}

// Of each phase the median; of one that has too few values, that of its time of day on all days.
void Shape::learn(const std::vector<double>& relative, const Detection& d, std::int64_t weeks) {
  auto periods = floor_div(time_of(d, relative.size() - 1), period_) - first_period_ + 1;
  // Sample of a phase in a period; may lie before the first or behind the last.
  auto offset = floor_div(from_ - first_period_ * period_, step_);
  bool one_for_all = period_ == kDaySeconds;
  auto a_day = static_cast<std::size_t>(std::max<std::int64_t>(kDaySeconds / step_, 1));
  std::vector<double> found;
  for (std::int64_t at = 0; at < (one_for_all ? 1 : periods); ++at) {
    std::vector<double> shape(phases_, 1.0);
    auto begin = one_for_all ? 0 : std::clamp<std::int64_t>(at - weeks, 0, periods);
    auto end = one_for_all ? periods : std::min(at + weeks + 1, periods);
    auto gather = [&](std::size_t phase) {
      for (auto k = begin; k < end; ++k) {
        auto i = k * static_cast<std::int64_t>(phases_) + static_cast<std::int64_t>(phase) - offset;
        if (i < 0 || i >= static_cast<std::int64_t>(relative.size())) continue;
        double value = relative[static_cast<std::size_t>(i)];
        if (!std::isnan(value)) found.push_back(value);
      }
    };
    for (std::size_t phase = 0; phase < phases_; ++phase) {
      found.clear();
      gather(phase);
      if (found.size() < kFewestOfAPhase) {
        found.clear();
        for (auto same = phase % a_day; same < phases_; same += a_day) gather(same);
      }
      if (!found.empty()) shape[phase] = median_of(found);
    }
    even_out(shape);
    shapes_.push_back(std::move(shape));
  }
}

void Shape::even_out(std::vector<double>& shape) const {
  auto half = static_cast<std::size_t>(900 / step_);
  if (half == 0 || phases_ <= 2 * half) return;
  std::vector<double> rough = shape;
  double sum = 0;
  for (std::size_t i = 0; i < 2 * half + 1; ++i) sum += rough[(i + phases_ - half) % phases_];
  for (std::size_t i = 0; i < phases_; ++i) {
    shape[i] = std::max(sum, 0.0) / static_cast<double>(2 * half + 1);
    sum += rough[(i + half + 1) % phases_] - rough[(i + phases_ - half) % phases_];
  }
}

double Shape::at(std::size_t sample) const {
  if (phases_ == 0) return 1;
  auto steps =
      floor_div(from_ - first_period_ * period_, step_) + static_cast<std::int64_t>(sample);
  auto period = static_cast<std::size_t>(steps) / phases_;
  return shapes_[std::min(period, shapes_.size() - 1)][static_cast<std::size_t>(steps) % phases_];
}

}  // namespace correlate::detect
