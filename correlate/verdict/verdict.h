#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

// A claim held against a measurement: pure rules, no store, no clock.
namespace correlate::verdict {

// What else decides how a claim is read.
struct Writing {
  model::Interval at{};        // time of writing, as wide as it is known
  std::string publisher_zone;  // empty: unknown
  bool told_over = false;      // it says that the outage has ended
};

// The rules of a verdict without its keys: verdict, claimed, measured and note are set.
model::Verdict judge(const model::Claim& claim, const model::Outage& outage,
                     const Writing& writing);

// The verdict on a claim that no outage is linked to. `signals` are those of its places: one that
// has samples all through `when`, the time that the claim speaks of, and shows nothing down
// contradicts it. Without such a signal the answer is "not measured", which is not "did not
// happen".
model::Verdict judge_unlinked(const model::Claim& claim, const model::Interval& when,
                              const std::vector<const model::Signal*>& signals);

// The zones of a scope's clocks at a time, one for each offset that is kept there; none for a
// country of more than two, where "local time" could be made to mean anything. ICU's tz data.
std::vector<std::string> place_zones(const model::Scope& scope, model::Instant at);

}  // namespace correlate::verdict
