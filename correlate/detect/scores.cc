#include <algorithm>
#include <cmath>
#include <limits>

#include "correlate/detect/judged.h"

namespace correlate::detect {
namespace {

// Evidence of a deviation score s: s − 0.6, within bounds. A sample counts for down from 0.6 on,
// which lies between Chocolatine's alarm (1) and its all-clear (1/4).
constexpr double kEven = 0.6;
constexpr double kLeastEvidence = -0.6;
constexpr double kMostEvidence = 1.5;
constexpr double kPrice = 6;
// Scores of counts shrink with the counts: by night an outage can hardly be told from none. A
// recovery of up to a tenth of what it parts, or of half an hour, is taken for that.
constexpr double kBridgedShare = 0.1;
constexpr model::Seconds kBridgedLeast{1800};

}  // namespace

Judged judge_scores(const Detection& d, const Params& params) {
  Judged out;
  out.scores = d.values;
  out.evidence = d.values;
  for (double& e : out.evidence) {
    if (!std::isnan(e)) e = std::clamp(e - kEven, kLeastEvidence, kMostEvidence);
  }
  out.cutting.price = kPrice;
  out.cutting.bridged_share = kBridgedShare;
  out.cutting.bridged_least = static_cast<std::size_t>(kBridgedLeast / d.step);
  out.cutting.longest_hole = static_cast<std::size_t>(model::Seconds{86400} / d.step) + 1;
  out.least_drop = params.least_drop.value_or(0);
  out.horizon = model::Seconds{86400};
  out.how = "deviation score of 1 and more";
  return out;
}

}  // namespace correlate::detect
