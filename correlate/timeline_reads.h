#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace correlate {

// What timelines are made of, read for several incidents at once. Not for several threads.
class TimelineReads {
 public:
  explicit TimelineReads(store::Store& store) : store_(store) {}

  // Stories and entries of these incidents, but for entries that were deleted, in place of what was
  // read before; with `outages` those that they have and that their entries speak of with at least
  // that probability. Linear in what they are made of. Errors: what the store says.
  model::Status read(const std::vector<model::Incident>& incidents,
                     const std::map<std::string, model::Edit>& deleted,
                     std::optional<double> outages);

  // Null where nothing of that id was read. A view may be used up: each entry is in one story, and
  // each story in one incident.
  const model::Story* story(const std::string& id) const;
  store::EntryView* view(const std::string& id);
  // An outage as it is now, read when it was not yet; null where there is none.
  model::Result<const model::Outage*> outage(const std::string& id);

 private:
  model::Status read_outages(const std::vector<model::Incident>& incidents, double from);

  store::Store& store_;
  std::map<std::string, model::Story> stories_;
  std::map<std::string, store::EntryView> views_;
  std::map<std::string, std::optional<model::Outage>> outages_;
};

}  // namespace correlate
