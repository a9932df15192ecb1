#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace correlate::verdict {

// The clocks that a time without a zone may have been read from.
struct Clocks {
  std::string publisher;           // empty: unknown
  std::vector<std::string> place;  // empty: unknown, or too many to mean anything
};

struct PointVerdict {
  model::VerdictKind verdict = model::VerdictKind::kUndecided;
  std::string note;
};

// A claimed start or end held against the measured instant ± `uncertainty`: verdicts.md, "Points".
PointVerdict hold_point(const model::Claim& claim, model::Instant measured,
                        model::Seconds uncertainty, const Clocks& clocks);

}  // namespace correlate::verdict
