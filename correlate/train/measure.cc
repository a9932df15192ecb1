#include "correlate/train/measure.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace correlate::train {
namespace {

using model::Seconds;

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(1, whole));
}

// The best said pair of each item.
std::map<std::size_t, const Scored*> best_of(const std::vector<Scored>& pairs) {
  std::map<std::size_t, const Scored*> out;
  for (const auto& one : pairs) {
    if (one.probability < kSaidFrom) continue;
    auto [at, fresh] = out.try_emplace(one.example, &one);
    if (!fresh && one.probability > at->second->probability) at->second = &one;
  }
  return out;
}

void measure_probabilities(const std::vector<Scored>& pairs, Figures& out) {
  std::size_t printed = 0;
  for (const auto& one : pairs) {
    if (one.probability < kWorthKeeping) continue;
    ++printed;
    double truth = one.truth ? 1 : 0;
    out.brier += (one.probability - truth) * (one.probability - truth);
    auto& tenth = out.tenths[std::min<std::size_t>(
        9, static_cast<std::size_t>(std::floor(one.probability * 10)))];
    ++tenth.pairs;
    tenth.said += one.probability;
    tenth.true_share += truth;
  }
  out.brier /= static_cast<double>(std::max<std::size_t>(1, printed));
  for (auto& tenth : out.tenths) {
    if (tenth.pairs == 0) continue;
    out.ece += std::abs(tenth.said - tenth.true_share);
    tenth.said /= static_cast<double>(tenth.pairs);
    tenth.true_share /= static_cast<double>(tenth.pairs);
  }
  out.ece /= static_cast<double>(std::max<std::size_t>(1, printed));
}

// Moved scenes have no truth; only the true timeline is measured.
bool is_moved(const Scored& one) { return one.weight < 1; }

}  // namespace

Figures measure(const Data& data, const std::vector<Scored>& all) {
  std::vector<Scored> pairs;
  std::copy_if(all.begin(), all.end(), std::back_inserter(pairs),
               [](const Scored& one) { return !is_moved(one); });
  Figures out;
  out.items = data.examples().size();
  for (const auto& example : data.examples()) out.truths += example.outages.size();
  std::size_t right = 0;
  for (const auto& one : pairs) {
    if (one.probability < kSaidFrom) continue;
    ++out.said;
    if (one.truth) ++right;
  }
  out.precision = share(right, out.said);
  out.recall = share(right, out.truths);
  double both = out.precision + out.recall;
  out.f1 = both > 0 ? 2 * out.precision * out.recall / both : 0;
  auto best = best_of(pairs);
  std::size_t first = 0;
  for (std::size_t i = 0; i < data.examples().size(); ++i) {
    bool none = data.examples()[i].outages.empty();
    auto found = best.find(i);
    if (found != best.end() ? found->second->truth : none) ++first;
    if (!none) continue;
    ++out.negatives;
    if (found != best.end()) ++out.negatives_linked;
  }
  out.top1 = share(first, out.items);
  measure_probabilities(pairs, out);
  return out;
}

double linked_when_moved(const Data& data, const evidence::Weights& weights, int days) {
  auto pairs = score(data, data.scenes(Seconds{days * 86400}, 1),
                     std::vector<bool>(data.examples().size(), true), weights);
  return share(best_of(pairs).size(), data.examples().size());
}

double false_share(const Data& data, const evidence::Weights& weights,
                   const Parameters& parameters) {
  std::vector<bool> all(data.examples().size(), true);
  auto said = [](const std::vector<Scored>& pairs) {
    return std::count_if(pairs.begin(), pairs.end(),
                         [](const Scored& one) { return one.probability >= kSaidFrom; });
  };
  double by_chance = 0;
  for (auto weeks : parameters.moves) {
    by_chance += static_cast<double>(
        said(score(data, data.scenes(Seconds{weeks * 7 * 86400}, 1), all, weights)));
  }
  by_chance /= static_cast<double>(parameters.moves.size());
  auto targets = static_cast<double>(said(score(data, data.scenes(Seconds{0}, 1), all, weights)));
  return by_chance / std::max(1.0, targets);
}

}  // namespace correlate::train
