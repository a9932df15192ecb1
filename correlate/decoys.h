#pragma once

#include <vector>

#include "correlate/link.h"

namespace correlate {

// The best score of an article against the timeline of a place, moved by whole weeks to and fro, at
// least three (so that hour and weekday stay, and no true outage of these days can come near).
struct Decoys {
  std::vector<double> best;  // bits, one for each moved timeline; -infinity: no outage came near

  int tried() const { return static_cast<int>(best.size()); }
  int as_high(double bits) const;
};

// 400 moved timelines; fewer, but at least 10, for a place with so many outages that the work would
// pass a bound (kMostEvaluations in decoys.cc).
Decoys decoys_of(const evidence::Reading& reading, const std::vector<model::Interval>& windows,
                 const model::Outage& outage, const OutageIndex& outages,
                 const evidence::Weights& weights);

}  // namespace correlate
