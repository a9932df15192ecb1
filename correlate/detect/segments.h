#pragma once

#include <cstddef>
#include <vector>

namespace correlate::detect {

// Samples [begin, end) that were down.
struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;
  double evidence = 0;  // sum over the samples

  std::size_t length() const { return end - begin; }
};

// How a series is cut into up and down.
struct Cutting {
  double price = 4;               // evidence that a segment must have more than
  double bridged_share = 0;       // a recovery shorter than this share of what it parts is none …
  std::size_t bridged_least = 0;  // … nor one of at most so many samples
  std::size_t longest_hole = 1000;  // a hole of more samples parts an outage
};

// What each sample says: above 0 for down, below for up, NaN for no sample. The cut is the one of
// all cuts in which (evidence inside of the segments − price × segments) is greatest (two states,
// Viterbi 1967): hysteresis without a clock, since to leave and to come back must be paid for.
// O(n).
// `onset`, where it is not empty: what a sample says besides when it is the first of a segment;
// the first of several that hang together says more than the others. Not below 0.
std::vector<Segment> cut(const std::vector<double>& evidence, const std::vector<double>& onset,
                         const Cutting& how);

}  // namespace correlate::detect
