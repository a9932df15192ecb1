#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "store/model/result.h"
#include "store/model/timeline.h"
#include "store/store.h"

namespace correlate {

struct TimelineRequest {
  std::string query;
  std::optional<model::Instant> from;   // lines that happened before are left out
  std::optional<model::Instant> to;     // … and those from this moment on
  std::optional<model::Instant> as_of;  // what was known then; later knowledge is kept out
  // With as_of: what we had read by then, not what was out by then. Who was told something before
  // was told of that alone.
  bool by_our_clock = false;
  std::size_t most_days = 0;  // only the days that matter most, so many; 0: all
  std::string zone = "UTC";   // for display; must be a zone model::utc_offset knows
  model::Instant now{};
};

// The pass `timeline`: the incidents that answer a query, best first, each as lines in order of
// happening. Reads what the other passes left. With `as_of`, only revisions that were out by then
// count, an outage that had not ended is open, and links and verdicts are worked out again from
// just that. Errors: kInvalid for the query, whatever the store says.
model::Result<model::Timeline> timeline(store::Store& store, const TimelineRequest& request);

// One incident by its id, as a timeline of its own: without incidents where there is none, or
// nothing of it was known or is left. `request.query` does not count.
model::Result<model::Timeline> incident_timeline(store::Store& store,
                                                 const TimelineRequest& request,
                                                 const std::string& id);

// Single incidents under one request, one after another: what they share is read once, so what
// changes in the store meanwhile may be seen or not.
class Timelines {
 public:
  Timelines(store::Store& store, TimelineRequest request);  // the store must live as long
  ~Timelines();
  Timelines(const Timelines&) = delete;
  Timelines& operator=(const Timelines&) = delete;

  // As incident_timeline().
  model::Result<model::Timeline> of(const std::string& id);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Every incident, one after another by id, each as a timeline of its own; `request.query` does not
// count. Only one of them is in memory. Ends early with the first error that `each` returns.
model::Status each_timeline(store::Store& store, const TimelineRequest& request,
                            const std::function<model::Status(const model::Timeline&)>& each);

}  // namespace correlate
