#pragma once

#include <vector>

#include "correlate/cluster.h"
#include "correlate/link.h"
#include "store/model/join.h"

namespace correlate {

// The pass `thread`: stories and outages that belong together over days or weeks become incidents.
// Stories linked to the same outage belong together; else a story joins the incident whose summed
// terms are most like its own and which was last heard of within three weeks. A lone story that
// nothing measured stands behind makes an incident of its own. Pure.
std::vector<model::Incident> thread(const std::vector<Item>& items,
                                    const std::vector<Cluster>& clusters,
                                    const OutageIndex& outages);

}  // namespace correlate
