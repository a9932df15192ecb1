#include "correlate/competition.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace correlate {
namespace {

using evidence::Duration;
using evidence::Feature;
using evidence::Fit;
using evidence::Lag;
using evidence::Network;
using evidence::Weights;
using model::Outage;

// Of one place at most so many compete; those with the most bits.
constexpr std::size_t kMostRivals = 48;
// Without a time no link is said.
constexpr double kMostCompatible = 0.49;

// Whether something that an article tells fits one outage and not the other.
bool has_own(const Candidate& one, const Candidate& other) {
  return (one.time.claims & ~other.time.claims) != 0 ||
         (one.bins.lengths & ~other.bins.lengths) != 0;
}

// Whether an article can speak of both: each has a time or a length of its own, or another network;
// or it says "again", and the one follows the other.
bool stand_together(const Candidate& a, const Candidate& b, const evidence::Reading& reading,
                    const OutageIndex& outages) {
  if (has_own(a, b) && has_own(b, a)) return true;
  auto again = [](const Candidate& one) {
    auto bin = static_cast<evidence::Again>(one.bins.of(Feature::kAgain));
    return bin == evidence::Again::kEarlierAgain || bin == evidence::Again::kLatestAgain;
  };
  if (again(a) && again(b)) return true;
  const auto& one = outages.all()[a.outage].scope;
  const auto& other = outages.all()[b.outage].scope;
  auto named = [&](const model::Scope& scope) {
    return scope.asn && reading.networks().contains(*scope.asn);
  };
  return one.asn != other.asn && named(one) && named(other);
}

std::string place_of(const Outage& outage) {
  if (!outage.scope.country.empty()) return outage.scope.country;
  return outage.scope.asn ? std::to_string(*outage.scope.asn) : outage.id;
}

// The share of each of one place's candidates.
void share_out(const std::vector<std::size_t>& group, const std::vector<Candidate>& candidates,
               const evidence::Reading& reading, const OutageIndex& outages,
               std::vector<Share>& out) {
  double total = 0;
  for (auto i : group) total += std::exp2(std::min(out[i].bits, 60.0));
  for (auto i : group) {
    double rivals = 0;
    for (auto j : group) {
      if (j == i || stand_together(candidates[i], candidates[j], reading, outages)) continue;
      rivals += std::exp2(std::min(out[j].bits, 60.0));
      out[i].rivals.push_back(j);
    }
    out[i].log_odds = out[i].bits - std::log2(1 + rivals);
    out[i].any = total / (1 + total);
  }
}

}  // namespace

std::vector<Share> compete(const evidence::Reading& reading,
                           const std::vector<Candidate>& candidates, const OutageIndex& outages,
                           const Weights& weights) {
  std::vector<Share> out(candidates.size());
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    out[i].bits = weights.sum(candidates[i].bins);
    out[i].log_odds = out[i].bits;
    groups[place_of(outages.all()[candidates[i].outage])].push_back(i);
  }
  std::size_t number = 0;
  for (auto& [place, group] : groups) {
    for (auto i : group) out[i].group = number;
    ++number;
    std::stable_sort(group.begin(), group.end(),
                     [&](std::size_t a, std::size_t b) { return out[a].bits > out[b].bits; });
    if (group.size() > kMostRivals) group.resize(kMostRivals);
    share_out(group, candidates, reading, outages, out);
  }
  return out;
}

bool has_time(const Candidate& one) {
  auto fit = one.time.fit;
  bool told =
      fit != Fit::kNone && fit != Fit::kConflict && fit != Fit::kMentioned && fit != Fit::kCoarse;
  bool fresh = one.time.lag == Lag::kDuring || one.time.lag == Lag::kHalfDay ||
               one.time.lag == Lag::kDayAndHalf || one.time.lag == Lag::kThreeDays ||
               one.time.lag == Lag::kJustBefore;
  auto network = static_cast<evidence::Network>(one.bins.of(Feature::kNetwork));
  bool named = network == Network::kAsNamed || network == Network::kAsOperator ||
               network == Network::kOwnNamed || network == Network::kOperatorsNamed;
  bool lasted = one.bins.of(Feature::kDuration) == static_cast<std::size_t>(Duration::kFits);
  // A place that is not named, or in passing, or as where another was, while others are spoken of:
  // neither that the article was written then nor the days that it names say anything of it.
  auto place = one.bins.of(Feature::kPlace);
  bool in_passing = place == place_bin(evidence::Named::kText, evidence::Others::kBetter) ||
                    place == evidence::kBeside || place == evidence::kNoPlace ||
                    place == evidence::kOtherPlace;
  bool exact = fit == Fit::kBoth || fit == Fit::kMinute || fit == Fit::kHour;
  if (in_passing) return exact || named;
  return told || fresh || named || lasted || fit == Fit::kMentioned || fit == Fit::kCoarse;
}

double probability_of(const Candidate& candidate, const Share& share, const Weights& weights) {
  double probability = std::round(weights.calibrated(share.log_odds) * 1e4) / 1e4;
  return has_time(candidate) ? probability : std::min(probability, kMostCompatible);
}

}  // namespace correlate
