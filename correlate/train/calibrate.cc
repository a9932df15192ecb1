#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "correlate/train/learn.h"
#include "correlate/train/solve.h"

namespace correlate::train {
namespace {

using evidence::Weights;

constexpr double kLn2 = 0.69314718055994531;

// One step of Newton's method for slope and offset; its size in all.
double improve(const std::vector<Scored>& pairs, double high, double low,
               std::array<double, 2>& figures) {
  Square<2> hessian{};
  std::array<double, 2> gradient{};
  for (const auto& one : pairs) {
    double x = std::clamp(one.log_odds, -60.0, 60.0);
    double p = 1 / (1 + std::exp2(-(figures[0] * x + figures[1])));
    std::array<double, 2> slope{kLn2 * x, kLn2};
    for (std::size_t k = 0; k < 2; ++k) {
      gradient[k] += one.weight * ((one.truth ? high : low) - p) * slope[k];
      for (std::size_t l = 0; l < 2; ++l) {
        hessian[k][l] += one.weight * p * (1 - p) * slope[k] * slope[l];
      }
    }
  }
  hessian[0][0] += 1e-6;
  hessian[1][1] += 1e-6;
  auto step = solve(hessian, gradient);
  for (std::size_t k = 0; k < 2; ++k) figures[k] += std::clamp(step[k], -0.5, 0.5);
  return std::abs(step[0]) + std::abs(step[1]);
}

// Platt 1999: logistic regression on the log-odds, with targets drawn a little inwards.
void platt(const std::vector<Scored>& pairs, Weights& weights) {
  double truths = 0;
  double others = 0;
  for (const auto& one : pairs) (one.truth ? truths : others) += one.weight;
  double high = (truths + 1) / (truths + 2);
  double low = 1 / (others + 2);
  std::array<double, 2> figures{1, 0};  // slope, offset
  for (int round = 0; round < 50; ++round) {
    if (improve(pairs, high, low, figures) < 1e-6) break;
  }
  weights.slope = std::max(0.05, figures[0]);
  weights.offset = figures[1];
}

struct Block {
  double weight = 0;
  double truths = 0;
  double bits = 0;  // weighted sum

  double share() const { return truths / weight; }
  void add(const Block& other) {
    weight += other.weight;
    truths += other.truths;
    bits += other.bits;
  }
};

// Pool adjacent violators, over blocks of at least `kLeast` pairs, then add-one shares.
void isotonic(std::vector<Scored> pairs, Weights& weights) {
  constexpr double kLeast = 15;
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Scored& a, const Scored& b) { return a.log_odds < b.log_odds; });
  std::vector<Block> blocks;
  for (const auto& one : pairs) {
    Block block{one.weight, one.truth ? one.weight : 0, one.weight * one.log_odds};
    if (!blocks.empty() && blocks.back().weight < kLeast) {
      blocks.back().add(block);
    } else {
      blocks.push_back(block);
    }
    while (blocks.size() > 1 && blocks[blocks.size() - 2].share() >= blocks.back().share()) {
      blocks[blocks.size() - 2].add(blocks.back());
      blocks.pop_back();
    }
  }
  weights.steps.clear();
  for (const auto& block : blocks) {
    double bits = block.bits / block.weight;
    double probability = (block.truths + 0.5) / (block.weight + 1);
    bool rises = weights.steps.empty() || (weights.steps.back().bits < bits &&
                                           weights.steps.back().probability <= probability);
    if (rises) weights.steps.push_back({bits, probability});
  }
}

}  // namespace

void calibrate(const std::vector<Scored>& held_out, const Parameters& parameters,
               Weights& weights) {
  platt(held_out, weights);
  weights.steps.clear();
  auto labelled = static_cast<std::size_t>(std::count_if(
      held_out.begin(), held_out.end(), [](const Scored& one) { return one.weight == 1; }));
  if (labelled > parameters.isotonic_from) isotonic(held_out, weights);
}

}  // namespace correlate::train
