#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "correlate/detect/judged.h"
#include "correlate/detect/level.h"
#include "correlate/detect/sliding.h"

namespace correlate::detect {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// A drop of so much of the forecast is an alarm even where the series is calmer than that: days
// that differ (holidays, matches, storms) move traffic by a third.
constexpr double kAlarm = 0.35;
// A sample's word is bounded: for down, so that of those that are shorter than the shortest outage
// (10 minutes) none decides alone; for up, so that it takes two to end an outage.
constexpr double kMostEvidence = 10;
constexpr double kMostOfAShortSample = 5;
constexpr double kLeastEvidence = -5;
constexpr model::Seconds kShortest{600};
constexpr double kPrice = 8;
// Noise of traffic is correlated: neighbours say in part the same. A sample counts for the share
// (1 − ρ) / (1 + ρ) of one that stands alone (ρ: correlation of neighbours), within these bounds.
constexpr double kMostWorth = 0.5;
constexpr double kLeastWorth = 0.2;
constexpr double kLeastNoise = 0.05;  // relative; below it the model's own error counts
constexpr double kMostNoise = 3;
// Less than this of the usual level is not divided by.
constexpr double kLeastShape = 0.02;
constexpr std::size_t kFewestResiduals = 30;
constexpr std::size_t kHours = 24;
constexpr int kMostRounds = 3;

std::int64_t time_of(const Detection& d, std::size_t i) {
  return (d.from + static_cast<std::int64_t>(i) * d.step).time_since_epoch().count();
}

// Level × shape. Values that are masked are NaN.
std::vector<double> forecast(const std::vector<double>& values, const Detection& d) {
  std::vector<double> relative(values.size(), kNone);
  auto days = blocks_of(values, d, kDaySeconds);
  smooth(days, kDaysAround);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double level = days.at(time_of(d, i));
    if (level > 0) relative[i] = values[i] / level;
  }
  Shape shape(relative, d);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double usual = shape.at(i);
    relative[i] = usual > kLeastShape ? values[i] / usual : kNone;
  }
  auto hours = blocks_of(relative, d, 3600);
  smooth(hours, kDaysAround * static_cast<std::size_t>(kDaySeconds / hours.length) | 1U);
  std::vector<double> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) out[i] = hours.at(time_of(d, i)) * shape.at(i);
  return out;
}

// Robust relative noise by hour of the day, of the weeks around: 1.4826 × MAD of the residuals.
class Noise {
 public:
  Noise(const std::vector<double>& values, const std::vector<double>& expected,
        const Detection& d) {
    first_week_ = time_of(d, 0) / kWeekSeconds;
    auto weeks = time_of(d, values.size() - 1) / kWeekSeconds - first_week_ + 1;
    Buckets buckets(static_cast<std::size_t>(weeks));
    for (std::size_t i = 0; i < values.size(); ++i) {
      double residual = std::abs(values[i] - expected[i]) / expected[i];
      if (!std::isfinite(residual)) continue;
      auto& week = buckets[static_cast<std::size_t>(time_of(d, i) / kWeekSeconds - first_week_)];
      week[hour_of(time_of(d, i))].push_back(static_cast<float>(residual));
    }
    for (std::int64_t week = 0; week < weeks; ++week) learn(buckets, week);
  }

  double at(std::int64_t time) const {
    auto week = static_cast<std::size_t>(time / kWeekSeconds - first_week_);
    return weeks_[week][hour_of(time)];
  }

 private:
  using Buckets = std::vector<std::array<std::vector<float>, kHours>>;

  static std::size_t hour_of(std::int64_t time) {
    return static_cast<std::size_t>(time / 3600 % 24);
  }

  void learn(const Buckets& buckets, std::int64_t week) {
    auto begin = std::max<std::int64_t>(week - kWeeksAround, 0);
    auto end =
        std::min<std::int64_t>(week + kWeeksAround + 1, static_cast<std::int64_t>(buckets.size()));
    std::array<double, kHours> noise{};
    std::vector<double> all;
    std::vector<double> found;
    for (std::size_t hour = 0; hour < kHours; ++hour) {
      found.clear();
      for (auto k = begin; k < end; ++k) {
        const auto& more = buckets[static_cast<std::size_t>(k)][hour];
        found.insert(found.end(), more.begin(), more.end());
      }
      noise[hour] = found.size() < kFewestResiduals ? kNone : kMadToSigma * median_of(found);
    }
    for (double n : noise) {
      if (!std::isnan(n)) all.push_back(n);
    }
    double usual = all.empty() ? kAlarm / 2 : median_of(all);
    for (double& n : noise) n = std::clamp(std::isnan(n) ? usual : n, kLeastNoise, kMostNoise);
    weeks_.push_back(noise);
  }

  std::int64_t first_week_ = 0;
  std::vector<std::array<double, kHours>> weeks_;
};

// The log likelihood ratio of "the drop is twice the alarm" against "there is none" for normal
// noise: above 0 where the drop is over the alarm. Few counts say little, whatever they are.
double evidence_of(double drop, double noise, double alarm) {
  return 2 * alarm / (noise * noise) * (drop - alarm);
}

// What one of many correlated samples is worth; from residuals in units of their noise, bounded so
// that outages and bursts do not count for more than others.
double worth_of(const std::vector<double>& residuals) {
  double products = 0;
  double squares = 0;
  for (std::size_t i = 1; i < residuals.size(); ++i) {
    if (std::isnan(residuals[i]) || std::isnan(residuals[i - 1])) continue;
    products += residuals[i] * residuals[i - 1];
    squares += residuals[i] * residuals[i];
  }
  double rho = squares > 0 ? std::clamp(products / squares, 0.0, 1.0) : 0;
  return std::clamp((1 - rho) / (1 + rho), kLeastWorth, kMostWorth);
}

void judge(const std::vector<double>& learned, const Detection& d, double alarm, Judged& out) {
  out.expected = forecast(learned, d);
  Noise noise(learned, out.expected, d);
  std::vector<double> residuals(learned.size(), kNone);
  for (std::size_t i = 0; i < learned.size(); ++i) {
    double relative = (learned[i] - out.expected[i]) / out.expected[i];
    if (std::isfinite(relative)) {
      residuals[i] = std::clamp(relative / noise.at(time_of(d, i)), -2.0, 2.0);
    }
  }
  double worth = worth_of(residuals);
  double most = d.step < kShortest ? kMostOfAShortSample : kMostEvidence;
  out.scores.assign(d.values.size(), kNone);
  out.evidence = out.scores;
  out.onset = out.scores;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    double expected = out.expected[i];
    if (std::isnan(d.values[i]) || !(expected > 0)) continue;
    double drop = (expected - d.values[i]) / expected;
    double sigma = noise.at(time_of(d, i));
    out.scores[i] = drop / std::max(3 * sigma, alarm);
    double alone = kMostWorth * evidence_of(drop, sigma, alarm);
    out.evidence[i] = std::clamp(alone * worth / kMostWorth, kLeastEvidence, most);
    out.onset[i] = std::max(std::clamp(alone, kLeastEvidence, most) - out.evidence[i], 0.0);
  }
}

// What was down for long teaches nothing about what is usual. Whether there was more of it than is
// masked already.
bool mask(std::vector<double>& learned, const Detection& d, const Judged& judged) {
  bool more = false;
  for (const auto& s : cut(judged.evidence, judged.onset, judged.cutting)) {
    if (static_cast<std::int64_t>(s.length()) * d.step.count() < kDaySeconds / 2) continue;
    for (std::size_t i = s.begin; i < s.end; ++i) {
      if (std::isnan(learned[i])) continue;
      learned[i] = kNone;
      more = true;
    }
  }
  return more;
}

}  // namespace

Judged judge_by_season(const Detection& d, const Params& params) {
  Judged out;
  double alarm = params.least_drop.value_or(kAlarm);
  out.cutting.price = kPrice;
  out.cutting.longest_hole = static_cast<std::size_t>(model::Seconds{kDaySeconds} / d.step) + 1;
  out.least_drop = alarm;
  out.is_seasonal = true;
  // What is usual is learned from both sides, and from what is down anywhere: nothing is settled.
  out.horizon = static_cast<std::int64_t>(d.values.size()) * d.step;
  out.how = "below a forecast by level, hour and day of the week";
  std::vector<double> learned = without_lost_days(d.values, d);
  judge(learned, d, alarm, out);
  for (int round = 1; round < kMostRounds && mask(learned, d, out); ++round) {
    judge(learned, d, alarm, out);
  }
  return out;
}

}  // namespace correlate::detect
