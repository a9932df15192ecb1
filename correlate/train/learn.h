#pragma once

#include <cstddef>
#include <vector>

#include "correlate/evidence/weights.h"
#include "correlate/train/data.h"

namespace correlate::train {

struct Parameters {
  std::vector<int> moves = {5, -6, 9, -11, 14, -17, 20, -23, 29, -31};  // weeks, of the decoys
  double backing = 100;  // pairs that the product of lag, fit and scope is worth in their table
  double penalty = 4;    // of a feature's factor away from `factor`, squared, in nats
  double factor = 0.6;   // what features have in common, before anything is learnt of it
  int rounds = 30;       // of Newton's method, at most
  std::size_t isotonic_from = 1000;  // labelled pairs; below, Platt's two figures
};

// The weights that explain some scenes: m from true pairs and u from all others, with add-one
// smoothing; then one factor a feature and the prior, by penalised maximum likelihood of the
// probabilities after competition. Uncalibrated. `used` says which examples may be looked at.
evidence::Weights learn(const Data& data, const std::vector<Scene>& scenes,
                        const std::vector<bool>& used, const Parameters& parameters);

// One pair with what was said of it.
struct Scored {
  std::size_t example = 0;
  std::size_t outage = 0;  // place in the index
  bool truth = false;
  double log_odds = 0;  // bits, with rivals weighed
  double probability = 0;
  double weight = 1;
};
// With the probabilities that `link` would give.
std::vector<Scored> score(const Data& data, const std::vector<Scene>& scenes,
                          const std::vector<bool>& used, const evidence::Weights& weights);

// Sets slope and offset (Platt 1999, with his smoothed targets), or steps (isotonic).
void calibrate(const std::vector<Scored>& held_out, const Parameters& parameters,
               evidence::Weights& weights);

// Which fold each example is in: whole groups, the largest first, to the fold with the fewest.
std::vector<std::size_t> folds_of(const std::vector<std::string>& groups, std::size_t folds);

// What each example gets from weights that were learnt without its fold; then a calibration that
// was learnt without it as well.
std::vector<Scored> cross_validate(const Data& data, const std::vector<Scene>& scenes,
                                   const std::vector<std::size_t>& folds,
                                   const Parameters& parameters);

// All: the weights from everything, the calibration from what was held out by country.
evidence::Weights train(const Data& data, const Parameters& parameters);
// The true timeline and the moved ones, as training looks at them.
std::vector<Scene> training_scenes(const Data& data, const Parameters& parameters);

}  // namespace correlate::train
