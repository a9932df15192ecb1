#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "correlate/train/learn.h"

namespace correlate::train {

// Of what was said with probabilities from one tenth to the next.
struct Tenth {
  std::size_t pairs = 0;
  double said = 0;  // mean probability
  double true_share = 0;
};

// How good links are; as scored over the pairs that `link` prints (from 0.02).
struct Figures {
  std::size_t items = 0;
  std::size_t truths = 0;
  std::size_t said = 0;  // pairs from 0.5
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  double top1 = 0;  // items whose best said outage is right, or which rightly have none
  double brier = 0;
  double ece = 0;  // expected calibration error over tenths
  std::size_t negatives = 0;
  std::size_t negatives_linked = 0;
  std::array<Tenth, 10> tenths;
};
Figures measure(const Data& data, const std::vector<Scored>& pairs);

// Share of all items that are linked with anything when every outage is moved by so many days.
double linked_when_moved(const Data& data, const evidence::Weights& weights, int days);

// Expected share of chance among the links that are said: moved timelines say so many an item.
double false_share(const Data& data, const evidence::Weights& weights,
                   const Parameters& parameters);

// The reliability of probabilities as a picture: said against true, a point a tenth, its area after
// the number of pairs. SVG 1.1, no scripts, readable in dark and in light.
std::string reliability_svg(const Figures& figures, const std::string& title);

}  // namespace correlate::train
