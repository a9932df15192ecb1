#include <algorithm>
#include <list>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/hubs.h"
#include "app/worker/jobs.h"
#include "app/worker/shop.h"
#include "ingest/poller.h"
#include "ingest/streams.h"

// Asks sources that are due, host by host. Whoever holds the lease says which are due.
namespace app::worker {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using model::Result;
using model::Status;

// Who comes through no round for so long has lost its hosts to others.
constexpr std::chrono::minutes kHung(2);
// Sources that are looked at when it is said what is due.
constexpr std::size_t kMostDue = 2000;

ingest::PollerOptions polling(const Shop& shop) {
  auto out = poller_options(shop.options.polling, shop.context);
  out.by_offer = true;
  // Whoever of `publish` is called back finds the subscription in the store.
  out.callback = callback_of(shop.options.serving.public_url);
  return out;
}

class Fetching {
 public:
  Fetching(const Shop& shop, ingest::FetcherOptions network)
      : shop_(shop),
        network_(network),
        fetcher_(std::move(network)),
        poller_(shop.store, fetcher_, hubs_, polling(shop)) {}

  Status step() {
    for (auto& open : open_) open.delivery->touch();
    if (auto done = say_what_is_due(); !done) return done;
    if (auto done = take_jobs(); !done) return done;
    if (auto done = poller_.start_due(shop_.clock()); !done) return done;
    if (auto done = read_answers(); !done) return done;
    end_jobs();
    return hear(false);
  }

  // What was heard so far is not lost when a worker is told to end.
  Status end() { return streams_ == nullptr ? Status() : hear(true); }

 private:
  struct Open {
    std::unique_ptr<Delivery> delivery;
    std::vector<std::string> urls;
    bool failed = false;  // what came from one of them could not be kept
  };

  Status say_what_is_due() {
    if (Clock::now() - said_at_ < 1s) return {};
    said_at_ = Clock::now();
    auto ours = shop_.leases.take("due");
    if (!ours) return ours.error();
    if (!*ours) return {};
    auto due = shop_.store.due_polls(shop_.clock(), kMostDue);
    if (!due) return due.error();
    for (const auto& job : jobs_for(*due)) {
      // Without an id: one that was taken for done and was not must be given out again at once.
      auto sent = shop_.nats.publish(subject_of(job), to_text(job), "");
      // kFull: the host is being asked, or there is more than enough to do.
      if (!sent) return sent.error();
    }
    return {};
  }

  // Sources that are heard all the time, by whoever has the lease.
  Status hear(bool all) {
    if (!all && Clock::now() - heard_at_ < 1s) return {};
    heard_at_ = Clock::now();
    auto ours = shop_.leases.take("live");
    if (!ours) return ours.error();
    if (!*ours) {
      streams_.reset();
      return {};
    }
    if (streams_ == nullptr) {
      streams_ = std::make_unique<ingest::Streams>(shop_.store, network_, [] {});
    }
    auto reports = streams_->take(shop_.clock(), all);
    if (!reports) return reports.error();
    for (const auto& report : *reports) tell(report);
    return {};
  }

  Status take_jobs() {
    bool idle = open_.empty();
    if (!idle && Clock::now() - taken_at_ < 200ms) return {};
    taken_at_ = Clock::now();
    constexpr std::size_t kMostJobs = 256;
    if (open_.size() >= kMostJobs) return {};
    constexpr int kAtOnce = 32;
    auto jobs = shop_.nats.take(kPollStream, kAtOnce, idle ? 500ms : 20ms, kHung);
    if (!jobs) return jobs.error();
    for (auto& delivery : *jobs) {
      if (auto done = begin(std::move(delivery)); !done) return done;
    }
    return {};
  }

  // After an error the job comes again when its lease has ended.
  Status begin(std::unique_ptr<Delivery> delivery) {
    auto job = read_job(delivery->text());
    const auto* polls = job ? std::get_if<PollJob>(&*job) : nullptr;
    if (polls == nullptr) {
      bury(shop_, *delivery, job ? "This is no job for the role fetch." : job.error().message);
      return {};
    }
    if (delivery->deliveries() > kMostDeliveries) {
      bury(shop_, *delivery,
           fmt::format("It was given out {} times, and no worker came to its end.",
                       kMostDeliveries));
      return {};
    }
    auto now = shop_.clock();
    for (const auto& url : polls->urls) {
      auto poll = shop_.store.poll(url);
      if (!poll) {
        delivery->put_off(5s);
        return poll.error();
      }
      // Removed meanwhile, or polled by another worker.
      if (*poll && (*poll)->next_poll && *(*poll)->next_poll <= now)
        poller_.offer(**std::move(poll));
    }
    open_.push_back({std::move(delivery), polls->urls});
    return {};
  }

  Status read_answers() {
    auto until = Clock::now() + 200ms;
    if (auto page = poller_.next_page()) until = std::min(until, *page);
    while (fetcher_.pending() > 0) {
      auto fetched = fetcher_.next(until);
      if (!fetched) break;
      auto url = fetched->tag;
      auto report = poller_.take(std::move(*fetched), shop_.clock());
      if (!report) {
        // What it brought is not kept: the source is still due, and its job is not done.
        note_failure(url);
        return report.error();
      }
      bool of_hub = ingest::Poller::is_of_hub(url);  // with nothing to tell
      if (!*report && !of_hub) spdlog::info("{}: polled by another worker, or removed", url);
      if (*report) tell(**report);
    }
    return {};
  }

  // In all that name it: the same message may have been given to us twice.
  void note_failure(const std::string& url) {
    for (auto& open : open_) {
      open.failed = open.failed || std::count(open.urls.begin(), open.urls.end(), url) > 0;
    }
  }

  void end_jobs() {
    open_.remove_if([&](Open& open) {
      bool busy = std::any_of(open.urls.begin(), open.urls.end(),
                              [&](const auto& url) { return poller_.is_busy_with(url); });
      if (busy) return false;
      if (open.failed) {
        open.delivery->put_off(2s);
      } else {
        open.delivery->done();
      }
      return true;
    });
  }

  const Shop& shop_;
  ingest::FetcherOptions network_;
  ingest::Subscriptions hubs_;
  ingest::Fetcher fetcher_;
  ingest::Poller poller_;
  std::list<Open> open_;
  std::unique_ptr<ingest::Streams> streams_;  // null: another worker hears them
  Clock::time_point said_at_, taken_at_, heard_at_;
};

}  // namespace

Status fetch(const Shop& shop) {
  auto network = shop.context.network();
  if (!network) return network.error();
  Trouble trouble("fetch", shop);
  Fetching fetching(shop, *std::move(network));
  while (!shop.ended) {
    if (auto done = fetching.step(); !done) {
      trouble.wait(done.error());
      (void)declare_all(shop.nats);
      continue;
    }
    trouble.over();
  }
  if (auto done = fetching.end(); !done) spdlog::warn("fetch: {}", done.error().message);
  return {};
}

}  // namespace app::worker
