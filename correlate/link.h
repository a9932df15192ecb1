#pragma once

#include <cstddef>
#include <vector>

#include "correlate/article.h"
#include "correlate/evidence/pair.h"
#include "correlate/evidence/weights.h"
#include "correlate/outage_index.h"
#include "store/model/claim.h"
#include "store/model/join.h"

namespace correlate {

// At and above this probability a link is said; below it is kept with its reasons, not shown.
inline constexpr double kSaidFrom = 0.5;
// Links below this are not kept.
inline constexpr double kWorthKeeping = 0.02;

// When the outages that an article can speak of may have begun: the days before it was written,
// and around every date that it names. Disjoint, ascending.
std::vector<model::Interval> windows_of(const evidence::Reading& reading);

// One outage that an article may speak of, and what speaks for and against it.
struct Candidate {
  std::size_t outage = 0;  // place in OutageIndex::all()
  evidence::Bins bins;
  evidence::TimeFit time;
};
Candidate candidate_of(const evidence::Reading& reading, std::size_t outage,
                       const OutageIndex& outages);
// The same without its times and how rare it is: what move() does not change.
Candidate unmoved(const evidence::Reading& reading, std::size_t outage, const OutageIndex& outages,
                  double rate);
double rate_of(const evidence::Reading& reading, std::size_t outage, const OutageIndex& outages);
// As if the outage had begun and ended `moved` later than it did.
void move(Candidate& candidate, const evidence::Reading& reading, const OutageIndex& outages,
          model::Seconds moved);
// All that it may speak of, as if every outage had begun and ended `moved` later.
std::vector<Candidate> candidates_of(const evidence::Reading& reading, const OutageIndex& outages,
                                     model::Seconds moved = model::Seconds{0});

// The pass `link`: every outage that the article may speak of, with its probability, the reasons
// for and against in bits (Fellegi and Sunter 1969), what competes with it, and how often timelines
// moved in time score as high; most probable first. The outages of one place compete,
//   p(i) = 2^bits(i) / (1 + Σ 2^bits(j)),
// unless the article names both by times of their own. See correlate/evidence/README.md. Pure; the
// work for one article is bounded whatever the number of outages.
std::vector<model::Link> link(const Article& article, const model::Extraction& extraction,
                              const OutageIndex& outages,
                              const evidence::Weights& weights = evidence::shipped_weights());

}  // namespace correlate
