#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "ingest/fetcher.h"
#include "ingest/poller.h"
#include "ingest/ris_live.h"
#include "store/store.h"

namespace ingest {

// The sources that are heard and not fetched: one connection each. What comes is kept as documents
// of about a minute, as it came. Where another process has heard a source meanwhile nothing is
// kept, and it is heard anew from there. For the thread that polls.
class Streams {
 public:
  // Both outlive it. `wake` is called from other threads.
  Streams(store::Store& store, const FetcherOptions& network, std::function<void()> wake);

  // Hears what was added, leaves what was removed; reads what came, when it is a minute old or
  // much, or all of it. Errors are the store's.
  model::Result<std::vector<PollReport>> take(model::Instant now, bool all);
  bool empty() const { return streams_.empty(); }

 private:
  struct Stream {
    std::unique_ptr<RisLive> source;
    std::chrono::steady_clock::time_point taken;
    int failures = 0;
  };

  model::Status refresh();
  bool is_due(const Stream& stream, bool all) const;
  model::Result<std::optional<PollReport>> take(const std::string& url, Stream& stream,
                                                model::Instant now);
  // Whether the poll is as it was; else kNotFound. Under the writer's lock: a fence, as Poller has.
  model::Status admit(const model::Poll& before) const;
  // How the source is, now that this was heard.
  static void settle(PollReport& report, const RisLive::Heard& heard, bool failed_again,
                     model::Instant now);
  // Keeps what was heard, and how the source is, in one transaction. kNotFound: see admit().
  model::Status keep(PollReport& report, RisLive::Heard heard, bool failed_again,
                     model::Instant now);

  store::Store& store_;
  const FetcherOptions& network_;
  std::function<void()> wake_;
  std::map<std::string, Stream> streams_;
  std::optional<std::chrono::steady_clock::time_point> refreshed_;
};

}  // namespace ingest
