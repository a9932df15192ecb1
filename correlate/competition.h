#pragma once

#include <cstddef>
#include <vector>

#include "correlate/link.h"

namespace correlate {

// How candidates share an article.
struct Share {
  double bits = 0;                  // of the candidate's own evidence, prior included
  double log_odds = 0;              // in bits, with its rivals weighed
  double any = 0;                   // that any outage of its place is meant
  std::size_t group = 0;            // of the same place: the same number
  std::vector<std::size_t> rivals;  // candidates that it competes with
};

// Shares in the order of the candidates. O(c²) within one place, of which a window holds few.
std::vector<Share> compete(const evidence::Reading& reading,
                           const std::vector<Candidate>& candidates, const OutageIndex& outages,
                           const evidence::Weights& weights);

// Whether anything but the place says that it is this outage. Without, a link is compatible.
bool has_time(const Candidate& candidate);
// Calibrated, to four places; of what is only compatible, below what is said.
double probability_of(const Candidate& candidate, const Share& share,
                      const evidence::Weights& weights);

}  // namespace correlate
