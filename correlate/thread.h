#pragma once

#include <vector>

#include "correlate/cluster.h"
#include "correlate/constraints.h"
#include "correlate/link.h"
#include "store/model/join.h"

namespace correlate {

// The pass `thread`: stories and outages that belong together over days or weeks become incidents.
// Stories are taken in the order of their first entries. Those that speak of one outage belong
// together; else a story joins the incident that most evidence ties it to (ties.h): that it points
// back at it, names the same actors, is told in like words; the sooner after, the more. It is
// always held against the whole incident, never against its nearest story. An incident that has
// grown is held against others again. Every tie keeps its reason. A lone story makes an incident of
// its own. The summary's lines are titles; whoever has the texts can put better words there.
// Pure. `items` and `clusters` as cluster() leaves them. Ordered by id.
std::vector<model::Incident> thread(const std::vector<Item>& items,
                                    const std::vector<Cluster>& clusters,
                                    const OutageIndex& outages,
                                    const Constraints& constraints = {});

}  // namespace correlate
