#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "ingest/fetcher.h"
#include "ingest/measure/pager.h"
#include "ingest/schedule.h"
#include "ingest/subscriptions.h"
#include "store/model/poll.h"
#include "store/model/result.h"
#include "store/store.h"

namespace ingest {

struct PollerOptions {
  PollBounds bounds;
  Limits limits;
  std::size_t at_once = 1000;  // fetches under way
  int per_host = 2;            // of them of one host, so that a slow one holds up only itself
  // Where hubs reach us, ending in "/": "https://news.example/websub/"; empty: no WebSub.
  std::string callback;
  // Measurement APIs: the keys of their providers ("radar"), the mappings of the configuration, and
  // how long the next page of an answer is waited with (Radar allows four requests a second).
  std::map<std::string, std::string> keys;
  std::map<std::string, feeds::outages::Mapping> mappings;
  std::chrono::milliseconds page_gap{1000};
  // One of many processes: polls what offer() brings and nothing else, and keeps what came of it
  // only where the poll is still as it was when it was begun.
  bool by_offer = false;
};

// One poll that ended, or one document that a hub pushed.
struct PollReport {
  model::Poll before, now;
  std::optional<Outcome> outcome;  // of a document that was read
  std::string note;                // what else happened, in words: of the hub
};

// Polls what the store says is due: fetches, reads, and keeps when each source comes next. The
// schedule is in the store and nowhere else: what another program adds or removes counts within a
// second, and a restart polls nothing anew. One thread; a round costs O(due · log sources).
class Poller {
 public:
  // All outlive it. The subscriptions that the store holds are made known to `hubs` by begin().
  Poller(store::Store& store, Fetcher& fetcher, Subscriptions& hubs, PollerOptions options);

  model::Status begin();

  // When the next page of an answer that was begun is due; nothing: none is waited for.
  std::optional<std::chrono::steady_clock::time_point> next_page() const;

  // Puts a poll into its host's line, unless it is on its way.
  void offer(model::Poll poll);
  // Whether it waits, is on its way, or more of its answer is still to be asked for.
  bool is_busy_with(const std::string& url) const;
  // Starts fetching what is due (or was offered), the longest due first, as far as limits allow.
  model::Status start_due(model::Instant now);
  // Reads what a fetch brought and keeps the source's new state. Nothing for a source that was
  // removed meanwhile, or that another process has polled, and for a hub that answered as it
  // should. Errors are the store's; after one the source counts as not polled.
  model::Result<std::optional<PollReport>> take(Fetched fetched, model::Instant now);
  // Whether this is the tag of what a hub was asked, and not of a source.
  static bool is_of_hub(std::string_view tag);

 private:
  struct Host {
    std::deque<model::Poll> waiting;
    int under_way = 0;
    bool queued = false;  // stands in hosts_ready_
  };
  // An answer while it is read.
  struct Taken {
    Fetched& fetched;
    Polled answer;
    PollReport report;
    model::Instant now;
    bool kept = false;       // with its document
    bool more = false;       // it has a next page
    bool subscribe = false;  // its hub is to be asked
    bool leaves = false;     // the hub of before is to be told that it is not needed any more
  };

  model::Status refill(model::Instant now);
  void start(const model::Poll& poll, model::Instant now);
  Request measured(const model::Poll& poll, const measure::Adapter& adapter, model::Instant now);
  // Whether the poll is as it was when it was begun; else kNotFound. Under the writer's lock this
  // is the fence against a process that was stopped and comes back late.
  model::Status admit(const model::Poll& begun) const;
  // What take() does of a fetch that was begun from `begun`. kNotFound: another process was faster.
  model::Result<std::optional<PollReport>> take_answer(Fetched& fetched, const model::Poll& begun,
                                                       model::Instant now);
  // Reads the document, and keeps with it how the source is now, in one transaction.
  model::Status read_answer(Taken& taken);
  // What the answer makes of the source.
  void settle(Taken& taken);
  // Why the bytes cannot be read as what this poll is of; else fills `input`.
  std::string prepare(const model::Poll& poll, Input& input) const;
  // What a measurement API's answer changes beyond what any poll does; true: it has a next page.
  bool note_answer(PollReport& report, const Polled& answer, model::Instant now);
  model::Status start_pages(model::Instant now);
  // The host's next source may start, or the host is forgotten.
  void line_up(const std::string& name);
  // Whether a hub is to be asked now; makes the secret that this needs.
  bool may_subscribe(model::Push& push, model::Instant now) const;
  void ask_hub(const std::string& url, const model::Push& push, std::string_view mode);
  model::Status keep(const PollReport& report);

  store::Store& store_;
  Fetcher& fetcher_;
  Subscriptions& hubs_;
  PollerOptions options_;
  std::map<std::string, Host> hosts_;
  std::deque<std::string> hosts_ready_;           // one more of each may start
  std::size_t waiting_ = 0;                       // sources in all hosts' lines
  std::map<std::string, std::string> under_way_;  // url → host
  std::map<std::string, model::Poll> begun_;      // … as each was begun, where it is by offer
  std::set<std::string> lined_up_;                // urls that wait
  std::optional<model::Instant> refilled_at_;
  std::map<std::string, measure::Cursor> cursors_;  // url → of the request under way
  // What is asked for its next page, by when; nothing else starts these.
  std::multimap<std::chrono::steady_clock::time_point, std::string> pages_;
  std::set<std::string> paging_;
};

}  // namespace ingest
