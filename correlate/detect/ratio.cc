#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "correlate/detect/judged.h"
#include "correlate/detect/sliding.h"

namespace correlate::detect {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Rule {
  model::Seconds history;
  double alarm;  // share of history
  double least_drop;
};

// IODA's warning levels (reference: ioda-ui Help.js): BGP < 99 % of the median of 24 h, active
// probing < 80 % and telescopes < 25 % of that of 7 days. Dyn: a network is out when a consensus of
// its peers, here half, has withdrawn it (Underwood, NANOG 2005). A warning of 1 % is no outage
// that anybody speaks of, hence the least drop.
Rule rule_of(const Detection& d, Method method) {
  constexpr model::Seconds kDay{86400};
  if (method == Method::kConsensus) return {kDay, 0.50, 0.5};
  auto has = [&](std::string_view word) {
    return d.kind.find(word) != std::string::npos || d.source.find(word) != std::string::npos;
  };
  if (has("ping") || has("prob") || has("trinocular")) return {7 * kDay, 0.80, 0.2};
  if (has("telescope") || has("ucsd-nt") || has("merit-nt")) return {7 * kDay, 0.25, 0.75};
  return {kDay, 0.99, 0.1};
}

// Nothing is judged before an hour of samples, and six of them, have been seen.
constexpr model::Seconds kWarmUp{3600};
constexpr std::size_t kFewestSamples = 6;
// What is down for longer is the new level, unless nearly nothing is left. IODA gives up after 7
// days and so ends each longer outage there; ours of up to 14 days stay whole.
constexpr model::Seconds kGiveUp{14 * 86400};
constexpr double kNothingLeft = 0.05;
// One sample well over the alarm is an outage; two that are up again end it.
constexpr double kPrice = 4;
constexpr double kLeastEvidence = -5;
constexpr double kMostEvidence = 10;

double evidence_of(double score) {
  return std::clamp(5 * (score - 0.5), kLeastEvidence, kMostEvidence);
}

class Ratio {
 public:
  Ratio(const Detection& d, const Rule& rule)
      : rule_(rule),
        window_(std::max<std::size_t>(static_cast<std::size_t>(rule.history / d.step), 12)),
        warm_(std::min(window_,
                       std::max(kFewestSamples, static_cast<std::size_t>(kWarmUp / d.step)))),
        patience_(static_cast<std::size_t>(kGiveUp / d.step)),
        history_(window_),
        deviations_(window_) {}

  void run(const std::vector<double>& values, Judged& out) {
    out.expected.assign(values.size(), kNone);
    out.scores = out.evidence = out.expected;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(values[i])) judge(values[i], i, out);
    }
  }

 private:
  void judge(double value, std::size_t i, Judged& out) {
    double normal = history_.size() < warm_ ? 0 : history_.median();
    if (!(normal > 0)) {
      history_.add(value);
      return;
    }
    double drop = (normal - value) / normal;
    double noise = deviations_.size() < warm_ ? 0 : 3 * kMadToSigma * deviations_.median();
    double score = drop / std::max(1 - rule_.alarm, noise);
    out.expected[i] = normal;
    out.scores[i] = score;
    out.evidence[i] = evidence_of(score);
    if (score >= 1 && !alarm_since_) alarm_since_ = i;
    if (score <= 0.25) alarm_since_.reset();
    // While it is down, history goes on as if it were not (inpainting).
    history_.add(score >= 1 ? normal : value);
    if (score < 1) deviations_.add(std::abs(drop));
    bool is_level = alarm_since_ && i - *alarm_since_ > patience_ && value > kNothingLeft * normal;
    if (is_level) give_up(i, out);
  }

  // What was taken for an outage is the level from now on, and from when it began.
  void give_up(std::size_t i, Judged& out) {
    for (std::size_t k = *alarm_since_; k <= i; ++k) {
      if (!std::isnan(out.evidence[k])) out.evidence[k] = kLeastEvidence;
    }
    alarm_since_.reset();
    history_.clear();
    deviations_.clear();
  }

  Rule rule_;
  std::size_t window_;
  std::size_t warm_;
  std::size_t patience_;
  SlidingMedian history_;     // of values
  SlidingMedian deviations_;  // of |drop| from the median as it was then
  std::optional<std::size_t> alarm_since_;
};

}  // namespace

Judged judge_by_ratio(const Detection& d, Method method, const Params& params) {
  Rule rule = rule_of(d, method);
  if (params.history) rule.history = *params.history;
  if (params.alarm) rule.alarm = *params.alarm;
  Judged out;
  Ratio(d, rule).run(d.values, out);
  out.cutting.price = kPrice;
  out.cutting.longest_hole = static_cast<std::size_t>(model::Seconds{86400} / d.step) + 1;
  out.least_drop = params.least_drop.value_or(std::max(rule.least_drop, 1 - rule.alarm));
  out.is_state = true;
  out.horizon = kGiveUp;
  out.how = fmt::format("below {:g} % of the median of {}", 100 * rule.alarm,
                        model::human_duration(rule.history));
  return out;
}

}  // namespace correlate::detect
