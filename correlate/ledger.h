#pragma once

#include <string>
#include <vector>

#include "correlate/link.h"
#include "store/model/join.h"

namespace correlate {

// What speaks for and against one candidate, a line for each feature that weighs anything, the
// prior ("base-rate") first.
std::vector<model::Reason> reasons_of(const evidence::Reading& reading, const Candidate& candidate,
                                      const OutageIndex& outages, const evidence::Weights& weights);
// That others of the same place fit too, or better.
model::Reason rival_reason(const std::vector<model::Hypothesis>& hypotheses,
                           const std::string& outage_id, double bits);

}  // namespace correlate
