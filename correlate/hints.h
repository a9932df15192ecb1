#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/model/join.h"
#include "store/model/outage.h"

// What the shape of an outage hints about its cause. Inferred, and kept apart from the measurement:
// data do not speak of motives. Base rates: "Destination Unreachable", SIGCOMM 2023 (IODA's curated
// outages 2018–2021 against Access Now's reports; figures of its published notebook): shutdowns
// that somebody ordered against spontaneous outages.
namespace correlate {

// What is known beside the outage itself.
struct HintContext {
  // IANA names of the place's clocks; empty: nothing is said of clock times.
  std::vector<std::string> zones;
  // Starts of the other outages of the same place, and from when to when they would have been seen.
  std::vector<model::Instant> others;
  std::optional<model::Interval> watched;
};

struct CauseHints {
  // How probable it is that an outage of this shape was ordered. Of all outages that were looked
  // at, `kOrderedShare` were.
  double ordered = 0;
  // The evidence, in bits for an order (below 0: against), with the figures in plain words. Empty
  // when nothing could be said; then `ordered` is the base rate.
  std::vector<model::Reason> reasons;
  std::string caveat;  // one sentence to show with them
};

// Ordered for government reasons or exams among the 1,704 outages that IODA curated in 2018–2022:
// 166.
inline constexpr double kOrderedShare = 166.0 / 1704;

CauseHints hints(const model::Outage& outage, const HintContext& context);

}  // namespace correlate
