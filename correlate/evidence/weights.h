#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/evidence/features.h"
#include "store/model/result.h"

namespace correlate::evidence {

// What each piece of evidence is worth, in bits: log2 of how much likelier it is where the link is
// true (m) than where it is not (u), scaled by one factor a feature for what features have in
// common (train/). Kept in a file that a person can read and change.
struct Weights {
  struct Bin {
    double bits = 0;
    double in_true = 0;    // how many true pairs of the training set fell into it
    double in_chance = 0;  // … and of all others, moved timelines counting as one together
  };
  std::array<std::vector<Bin>, kFeatures> bins;
  double prior = -6;          // bits: one pair of an article and an outage near it in 2^6 is true
  double length_match = 0.8;  // share of true pairs with a length whose length fits
  double length_scale = 1;
  double rarity_scale = 0;
  // p = 1 / (1 + 2^-(slope · bits + offset)), where there are no steps.
  double slope = 1;
  double offset = 0;
  // Isotonic: from these bits on this probability, ascending; between two of them in a straight
  // line.
  struct Step {
    double bits;
    double probability;
  };
  std::vector<Step> steps;
  std::string about;  // comment lines at the head of the file, without "# "

  Weights();
  double bits(Feature feature, const Bins& of) const;
  double sum(const Bins& of) const;  // with the prior
  // Of log-odds in bits, after competing outages were weighed.
  double calibrated(double log_odds) const;
};

// The file: comments (#), and lines of fields with tabs between them:
//   parameter NAME VALUE
//   step BITS PROBABILITY
//   FEATURE BIN BITS TRUE CHANCE
// Every bin has to be there, once.
std::string to_text(const Weights& weights);
model::Result<Weights> parse_weights(std::string_view text);

// Those that the program is built with (weights.tsv).
const Weights& shipped_weights();

}  // namespace correlate::evidence
