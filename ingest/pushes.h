#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/poller.h"
#include "ingest/schedule.h"
#include "ingest/subscriptions.h"
#include "store/store.h"

namespace ingest {

struct PushOptions {
  // One of many processes: others may poll a source, or keep what its hub pushed, between a
  // document's coming here and its being kept. See Pushes.
  bool one_of_many = false;
  model::Seconds floor = kFloor;  // no source is polled more often
};

// Keeps what hubs said and pushed (WebSub), in the order in which it came. One thread.
//
// The fence, with one_of_many: a document is kept whole only where its source is as it was when the
// document came, but for what this object kept itself meanwhile and for the lease. Else it may be
// older than what is there: then only entries that the store does not have at all are kept, and the
// source is polled soon, which brings the rest.
class Pushes {
 public:
  // Both outlive it.
  Pushes(store::Store& store, Subscriptions& hubs, PushOptions options = {});

  // Whether there is something to take(); waits for it up to `patience`.
  bool wait(std::chrono::milliseconds patience);
  bool empty() const { return queue_.empty(); }
  // Keeps the next of it, of which there is some. Nothing for a source that was removed. Errors are
  // the store's; after kIo the same is tried again the next time, after others it is dropped.
  model::Result<std::optional<PollReport>> take(model::Instant now);

 private:
  model::Result<std::optional<PollReport>> keep(Subscriptions::Heard& heard, model::Instant now);
  model::Status keep_lease(const Subscriptions::Heard& heard, PollReport& report);
  model::Status read(Subscriptions::Heard& heard, PollReport& report, model::Instant now);
  // The source as it is, into the report. kNotFound: it was removed.
  model::Status look(const std::string& url, PollReport& report);
  // Whether others have changed the source between these two states of it.
  bool is_late(const model::Poll& then, const model::Poll& now) const;
  void note_ours(const PollReport& report);

  store::Store& store_;
  Subscriptions& hubs_;
  PushOptions options_;
  std::deque<Subscriptions::Heard> queue_;
  // By url: how sources were, one behind the other, while nobody but us changed them. Forgotten
  // when nothing comes.
  std::map<std::string, std::vector<model::Poll>> ours_;
};

}  // namespace ingest
