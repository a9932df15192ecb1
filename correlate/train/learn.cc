#include "correlate/train/learn.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "correlate/competition.h"
#include "correlate/train/solve.h"

namespace correlate::train {
namespace {

using evidence::Bins;
using evidence::Duration;
using evidence::Feature;
using evidence::kFeatures;
using evidence::Weights;
using model::Seconds;

constexpr Seconds kWeek{7 * 86400};
constexpr double kLn2 = 0.69314718055994531;

// How often each bin of a feature is seen.
struct Counts {
  std::array<std::vector<double>, kFeatures> in_true;
  std::array<std::vector<double>, kFeatures> in_chance;
  double lengths = 0;      // true pairs with a length to hold
  double lengths_fit = 0;  // … that fits
};

// What is the same whichever outage an article is held against.
bool is_of_article(Feature feature) {
  return feature == Feature::kWords || feature == Feature::kHappening ||
         feature == Feature::kClaims || feature == Feature::kPlans;
}

// What moving a timeline changes. The rest is the same in every moved timeline, whose pairs would
// only tell how often articles on outages name places.
bool is_of_time(Feature feature) {
  return feature == Feature::kTime || feature == Feature::kDuration || feature == Feature::kPhase;
}

// Of articles, those that speak of an outage against those that speak of none; of pairs, the true
// against all others.
Counts count(const Data& data, const std::vector<Scene>& scenes, const std::vector<bool>& used) {
  Counts out;
  for (std::size_t f = 0; f < kFeatures; ++f) {
    auto size = bins_of(static_cast<Feature>(f)).size();
    out.in_true[f].resize(size);
    out.in_chance[f].resize(size);
  }
  for (const auto& scene : scenes) {
    if (!used[scene.example]) continue;
    for (std::size_t i = 0; i < scene.candidates.size(); ++i) {
      const auto& bins = scene.candidates[i].bins;
      auto& into = scene.truth[i] ? out.in_true : out.in_chance;
      for (std::size_t f = 0; f < kFeatures; ++f) {
        auto feature = static_cast<Feature>(f);
        if (is_of_article(feature) || (scene.moved != Seconds{0} && !is_of_time(feature))) continue;
        into[f][bins.bin[f]] += scene.weight;
      }
      auto length = static_cast<Duration>(bins.of(Feature::kDuration));
      if (!scene.truth[i] || length == Duration::kNone) continue;
      out.lengths += 1;
      if (length == Duration::kFits) out.lengths_fit += 1;
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    auto bins = evidence::article_bins(data.reading(i));
    auto& into = data.examples()[i].outages.empty() ? out.in_chance : out.in_true;
    for (std::size_t f = 0; f < kFeatures; ++f) {
      if (is_of_article(static_cast<Feature>(f))) into[f][bins.bin[f]] += 1;
    }
  }
  return out;
}

double sum(const std::vector<double>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

// Shares with one added to every bin.
std::vector<double> add_one(const std::vector<double>& counts) {
  double total = sum(counts) + static_cast<double>(counts.size());
  std::vector<double> out;
  for (double count : counts) out.push_back((count + 1) / total);
  return out;
}

// Shares of the joint table of time: each cell drawn towards the product of its three margins.
std::vector<double> of_time(const std::vector<double>& counts, double backing) {
  std::vector<double> lag(evidence::kLags);
  std::vector<double> fit(evidence::kTimeFits);
  std::vector<double> scope(2);
  auto cell = [](std::size_t bin) {
    return std::array{bin / 2 / evidence::kTimeFits, bin / 2 % evidence::kTimeFits, bin % 2};
  };
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    auto [l, f, s] = cell(bin);
    lag[l] += counts[bin];
    fit[f] += counts[bin];
    scope[s] += counts[bin];
  }
  lag = add_one(lag);
  fit = add_one(fit);
  scope = add_one(scope);
  double total = sum(counts) + backing;
  std::vector<double> out;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    auto [l, f, s] = cell(bin);
    out.push_back((counts[bin] + backing * lag[l] * fit[f] * scope[s]) / total);
  }
  return out;
}

Weights tables(const Counts& counts, const Parameters& parameters) {
  Weights out;
  for (std::size_t f = 0; f < kFeatures; ++f) {
    bool time = static_cast<Feature>(f) == Feature::kTime;
    auto m = time ? of_time(counts.in_true[f], parameters.backing) : add_one(counts.in_true[f]);
    auto u = time ? of_time(counts.in_chance[f], parameters.backing) : add_one(counts.in_chance[f]);
    for (std::size_t bin = 0; bin < m.size(); ++bin) {
      out.bins[f][bin] = {std::log2(m[bin] / u[bin]), counts.in_true[f][bin],
                          counts.in_chance[f][bin]};
    }
  }
  out.length_match = (counts.lengths_fit + 1) / (counts.lengths + 2);
  out.length_scale = 1;
  out.rarity_scale = 1;
  double truths = sum(counts.in_true[0]);
  out.prior = std::log2((truths + 1) / (sum(counts.in_chance[0]) + 1));
  return out;
}

// One factor a feature, and the prior.
constexpr std::size_t kFactors = kFeatures + 1;
using Vector = std::array<double, kFactors>;

// Applies factors to what each feature weighs.
Weights scaled(Weights weights, const Vector& factors) {
  for (std::size_t f = 0; f < kFeatures; ++f) {
    for (auto& bin : weights.bins[f]) bin.bits *= factors[f];
  }
  weights.length_scale = factors[static_cast<std::size_t>(Feature::kDuration)];
  weights.rarity_scale = factors[static_cast<std::size_t>(Feature::kRarity)];
  weights.prior = factors[kFeatures];
  return weights;
}

// Maximum likelihood of the factors, given the tables. For a pair with bits s(i) = Σ factor · bits
// and rivals j, log-odds are s(i) - log2(1 + Σ 2^s(j)); its slope along a factor is the pair's own
// bits less those of its rivals, each by its share.
class Fitter {
 public:
  // `tables`: for each example those that were counted without it.
  Fitter(const Data& data, const std::vector<Scene>& scenes, const std::vector<bool>& used,
         std::vector<const Weights*> tables, const Parameters& parameters)
      : data_(data),
        scenes_(scenes),
        used_(used),
        tables_(std::move(tables)),
        parameters_(parameters) {}

  Vector fit() {
    Vector factors;
    factors.fill(parameters_.factor);
    factors[static_cast<std::size_t>(Feature::kRarity)] = 0;
    factors[kFeatures] = -1;
    for (int round = 0; round < parameters_.rounds; ++round) {
      auto step = newton(factors);
      double most = 0;
      for (std::size_t k = 0; k < kFactors; ++k) {
        // Small steps: the shares of rivals move too.
        double by = std::clamp(step[k], -0.5, 0.5);
        factors[k] += by;
        // Evidence never counts against what it was counted for.
        if (k < kFeatures) factors[k] = std::max(0.0, factors[k]);
        most = std::max(most, std::abs(by));
      }
      if (most < 1e-4) break;
    }
    return factors;
  }

 private:
  Vector newton(const Vector& factors) {
    Square<kFactors> hessian{};
    Vector gradient{};
    for (std::size_t k = 0; k < kFeatures; ++k) {
      bool rarity = static_cast<Feature>(k) == Feature::kRarity;
      double centre = rarity ? 0 : parameters_.factor;
      gradient[k] = -parameters_.penalty * (factors[k] - centre);
      hessian[k][k] = parameters_.penalty;
    }
    hessian[kFeatures][kFeatures] = 1e-3;
    std::map<const Weights*, Weights> applied;
    for (const auto& scene : scenes_) {
      if (!used_[scene.example]) continue;
      const auto* tables = tables_[scene.example];
      auto [at, fresh] = applied.try_emplace(tables);
      if (fresh) at->second = scaled(*tables, factors);
      add(scene, *tables, at->second, gradient, hessian);
    }
    return solve(hessian, gradient);
  }

  static Vector slopes_of(const Weights& tables, const Bins& bins) {
    Vector out;
    for (std::size_t f = 0; f < kFeatures; ++f) {
      out[f] = tables.bits(static_cast<Feature>(f), bins);
    }
    out[kFeatures] = 1;
    return out;
  }

  void add(const Scene& scene, const Weights& tables, const Weights& weights, Vector& gradient,
           Square<kFactors>& hessian) const {
    auto shares = compete(data_.reading(scene.example), scene.candidates, data_.outages(), weights);
    std::vector<Vector> slopes;
    for (const auto& one : scene.candidates) slopes.push_back(slopes_of(tables, one.bins));
    for (std::size_t i = 0; i < shares.size(); ++i) {
      Vector slope = slopes[i];
      for (std::size_t j : shares[i].rivals) {
        double share = std::exp2(shares[j].bits + shares[i].log_odds - shares[i].bits);
        for (std::size_t k = 0; k < kFactors; ++k) slope[k] -= share * slopes[j][k];
      }
      double p = 1 / (1 + std::exp2(-std::clamp(shares[i].log_odds, -60.0, 60.0)));
      double off = (scene.truth[i] ? 1 : 0) - p;
      for (std::size_t k = 0; k < kFactors; ++k) {
        gradient[k] += scene.weight * kLn2 * off * slope[k];
        for (std::size_t l = 0; l < kFactors; ++l) {
          hessian[k][l] += scene.weight * kLn2 * kLn2 * p * (1 - p) * slope[k] * slope[l];
        }
      }
    }
  }

  const Data& data_;
  const std::vector<Scene>& scenes_;
  const std::vector<bool>& used_;
  std::vector<const Weights*> tables_;
  const Parameters& parameters_;
};

// All but a fold, or the fold alone.
std::vector<bool> select(const std::vector<std::size_t>& folds, std::size_t fold, bool inside) {
  std::vector<bool> out;
  for (auto one : folds) out.push_back((one == fold) == inside);
  return out;
}

std::set<std::size_t> numbers(const std::vector<std::size_t>& folds) {
  return {folds.begin(), folds.end()};
}

// Without calibration.
std::vector<Scored> held_out(const Data& data, const std::vector<Scene>& scenes,
                             const std::vector<std::size_t>& folds, const Parameters& parameters) {
  std::vector<Scored> out;
  for (auto fold : numbers(folds)) {
    auto weights = learn(data, scenes, select(folds, fold, false), parameters);
    auto some = score(data, scenes, select(folds, fold, true), weights);
    out.insert(out.end(), some.begin(), some.end());
  }
  return out;
}

}  // namespace

Weights learn(const Data& data, const std::vector<Scene>& scenes, const std::vector<bool>& used,
              const Parameters& parameters) {
  // A table that has seen a pair says too much of it: factors are learnt on pairs that were held
  // out of the tables.
  constexpr std::size_t kInner = 8;
  auto folds = folds_of(data.countries(), kInner);
  std::vector<Weights> inner;
  for (std::size_t fold = 0; fold < kInner; ++fold) {
    auto others = used;
    for (std::size_t i = 0; i < used.size(); ++i) others[i] = used[i] && folds[i] != fold;
    inner.push_back(tables(count(data, scenes, others), parameters));
  }
  std::vector<const Weights*> without;
  for (auto fold : folds) without.push_back(&inner[fold]);
  auto factors = Fitter(data, scenes, used, std::move(without), parameters).fit();
  return scaled(tables(count(data, scenes, used), parameters), factors);
}

std::vector<Scored> score(const Data& data, const std::vector<Scene>& scenes,
                          const std::vector<bool>& used, const Weights& weights) {
  std::vector<Scored> out;
  for (const auto& scene : scenes) {
    if (!used[scene.example]) continue;
    auto shares = compete(data.reading(scene.example), scene.candidates, data.outages(), weights);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      double log_odds = shares[i].log_odds;
      out.push_back({scene.example, scene.candidates[i].outage, scene.truth[i], log_odds,
                     probability_of(scene.candidates[i], shares[i], weights), scene.weight});
    }
  }
  return out;
}

std::vector<std::size_t> folds_of(const std::vector<std::string>& groups, std::size_t folds) {
  std::map<std::string, std::size_t> sizes;
  for (const auto& group : groups) ++sizes[group];
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const auto& [group, size] : sizes) order.emplace_back(size, group);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> load(std::max<std::size_t>(1, folds));
  std::map<std::string, std::size_t> fold_of;
  for (const auto& [size, group] : order) {
    auto least = std::min_element(load.begin(), load.end());
    *least += size;
    fold_of[group] = static_cast<std::size_t>(least - load.begin());
  }
  std::vector<std::size_t> out;
  for (const auto& group : groups) out.push_back(fold_of[group]);
  return out;
}

std::vector<Scored> cross_validate(const Data& data, const std::vector<Scene>& scenes,
                                   const std::vector<std::size_t>& folds,
                                   const Parameters& parameters) {
  auto all = held_out(data, scenes, folds, parameters);
  std::vector<Scored> out;
  for (auto fold : numbers(folds)) {
    std::vector<Scored> others;
    for (const auto& one : all) {
      if (folds[one.example] != fold) others.push_back(one);
    }
    auto weights = learn(data, scenes, select(folds, fold, false), parameters);
    calibrate(others, parameters, weights);
    auto some = score(data, scenes, select(folds, fold, true), weights);
    out.insert(out.end(), some.begin(), some.end());
  }
  return out;
}

std::vector<Scene> training_scenes(const Data& data, const Parameters& parameters) {
  auto out = data.scenes(Seconds{0}, 1);
  for (auto weeks : parameters.moves) {
    auto moved = data.scenes(weeks * kWeek, 1 / static_cast<double>(parameters.moves.size()));
    std::move(moved.begin(), moved.end(), std::back_inserter(out));
  }
  return out;
}

Weights train(const Data& data, const Parameters& parameters) {
  constexpr std::size_t kFolds = 10;
  auto scenes = training_scenes(data, parameters);
  auto weights = learn(data, scenes, std::vector<bool>(data.examples().size(), true), parameters);
  calibrate(held_out(data, scenes, folds_of(data.countries(), kFolds), parameters), parameters,
            weights);
  return weights;
}

}  // namespace correlate::train
