#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "correlate/hints.h"
#include "correlate/reported.h"
#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app {

// What `faultline why OUTAGE` shows.
struct OutageAnswer {
  model::Outage outage;
  std::map<std::string, model::Outage> records;  // newest revisions, by id
  std::vector<model::Outage> near;               // other outages of the place, by how near in time
  std::vector<std::pair<model::Outage, correlate::ReportedMatch>> reports;
  correlate::CauseHints hints;
  std::size_t entries = 0;  // that are linked to it
};

// Nothing when there is no such outage. Errors: what the store says.
model::Result<std::optional<OutageAnswer>> look_up_outage(store::Store& store,
                                                          const std::string& id);

}  // namespace app
