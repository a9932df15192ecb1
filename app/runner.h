#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/context.h"
#include "app/http_server.h"
#include "app/mailer.h"
#include "app/meter.h"
#include "app/polling.h"
#include "app/reread.h"
#include "app/serving.h"
#include "app/stop.h"
#include "correlate/correlate.h"
#include "ingest/poller.h"
#include "ingest/pushes.h"
#include "ingest/streams.h"
#include "ingest/subscriptions.h"

namespace app {

struct RunOptions {
  bool once = false;       // what is due now, then end
  bool correlate = true;   // when something new came
  ServingOptions serving;  // where pages and API are served; `listen` empty: nowhere
  PollingOptions polling;
};

// `faultline run`: polls what is due, correlates what is new, serves pages and API, makes and sends
// digests and alerts, until it is told to stop. One thread polls and correlates; the fetcher, the
// server and the mailer have their own.
class Runner {
 public:
  Runner(const RunOptions& options, const Context& context);

  int run();  // the exit code

 private:
  // Builds everything in order; what is made last goes first.
  model::Status set_up();
  model::Status serve();
  model::Status loop();
  // Some work, or up to a second of waiting for some; false when `once` has done all there was.
  model::Result<bool> step();
  // `failed` is what a fetch of it failed by; empty: it did not.
  model::Status show(const model::Result<std::optional<ingest::PollReport>>& report,
                     const std::string& failed = {});
  void show_text(const ingest::PollReport& report);
  model::Status correlate_news(bool at_once);
  model::Result<correlate::Report> correlate_now();
  model::Status mail_at_end();
  model::Status hear_streams(bool all);
  model::Status hear_hubs(std::chrono::milliseconds patience);
  model::Instant clock() const;

  // Takes over what has changed in the configuration. What is on its way is begun anew.
  model::Status reload();
  // Fetcher, poller, streams and mailer, as options and configuration say now.
  model::Status set_up_polling();
  model::Status set_up_mailer();

  model::Status take(ingest::Fetched fetched);

  Meter meter_;
  RunOptions options_;
  const Context* context_;  // `read_`'s, or who made us
  std::unique_ptr<Reread> read_;
  Reloads reloads_;
  std::atomic<bool> wants_reload_ = false;
  ingest::Subscriptions hubs_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<ingest::Pushes> pushes_;
  std::unique_ptr<correlate::Correlator> correlator_;
  std::mutex correlating_;  // held while it runs: editors' decisions are followed up too
  std::unique_ptr<StopSignal> stop_;
  std::unique_ptr<ingest::Fetcher> fetcher_;
  std::unique_ptr<ingest::Poller> poller_;
  ingest::FetcherOptions network_;
  std::unique_ptr<ingest::Streams> streams_;  // null with `once`: what is heard has no end
  std::unique_ptr<Mailer> mailer_;            // null with `once`: that mails at its end
  std::optional<Serving> serving_;
  std::optional<model::Instant> fixed_now_;   // --now
  std::optional<model::Instant> news_since_;  // of what is not correlated yet
  model::Seconds patience_{2};                // … and how long it waits for more
  int polled_ = 0, with_news_ = 0, failed_ = 0;
};

}  // namespace app
