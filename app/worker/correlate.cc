#include "correlate/correlate.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/worker/jobs.h"
#include "app/worker/shop.h"
#include "correlate/prepare.h"
#include "store/model/memory.h"

// One process at a time, that which holds the lease, does what depends on all entries; it shares
// the costly part out first.
namespace app::worker {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using model::Result;
using model::Status;

// Changes in one job.
constexpr std::int64_t kRange = 64;
// As in runner.cc: what is new waits for more, ten times as long as the last run took.
constexpr std::chrono::milliseconds kLeastPatience = 2s, kMostPatience = 120s;
// A run that takes longer is taken for one that hangs, and another worker may begin one.
constexpr std::chrono::hours kLongestRun(1);
// When nothing moves in the queue for so many leases, it is all done here.
constexpr int kStuckLeases = 2;

class Foreman {
 public:
  explicit Foreman(const Shop& shop) : shop_(shop), correlator_(shop.store) {}

  // Does what there is to do; false: nothing.
  Result<bool> step() {
    auto ours = shop_.leases.take("correlate", kLongestRun);
    if (!ours) return ours.error();
    if (*ours != leads_) {
      spdlog::info(*ours ? "correlate: this worker has the lease"
                         : "correlate: another worker has the lease");
      leads_ = *ours;
      shared_ = 0;
    }
    if (!leads_) return false;
    auto progress = ::correlate::progress(shop_.store);
    if (!progress) return progress.error();
    auto newest = shop_.store.newest_change();
    if (!newest) return newest.error();
    if (progress->same_version && progress->seq >= *newest) return false;
    if (!progress->same_version && !made_ready_) {
      if (auto done = ::correlate::make_ready(shop_.store); !done) return done.error();
      made_ready_ = true;  // what other code made is replaced by a run, all at once
      return true;
    }
    if (!news_since_) news_since_ = Clock::now();
    bool patient = Clock::now() - *news_since_ < patience_;
    if (progress->same_version) {
      if (auto done = share(progress->seq, *newest); !done) return done.error();
    }
    if (patient) return false;
    auto ready = progress->same_version ? is_ready() : Result<bool>(true);
    if (!ready) return ready.error();
    return *ready ? run() : Result<bool>(false);
  }

 private:
  // Gives out what changed behind the last run, as far as that was not done yet.
  Status share(std::int64_t correlated, std::int64_t newest) {
    shared_ = std::max(shared_, correlated);
    auto state = shop_.nats.state(kPrepareStream);
    if (!state) return state.error();
    if (!state->has_workers) return {};
    while (shared_ < newest) {
      PrepareJob job{shared_, std::min(newest, shared_ + kRange)};
      auto sent = shop_.nats.publish(subject_of(job), to_text(job), message_id(job));
      if (!sent) return sent.error();
      if (*sent == Sent::kFull) return {};  // goes on when some are done
      shared_ = job.to;
    }
    return {};
  }

  // Whether all that was given out is done, or nobody does it.
  Result<bool> is_ready() {
    auto state = shop_.nats.state(kPrepareStream);
    if (!state) return state.error();
    if (state->messages != waiting_) moved_at_ = Clock::now();
    waiting_ = state->messages;
    if (waiting_ == 0 || !state->has_workers) return true;
    return Clock::now() - moved_at_ > kStuckLeases * std::chrono::seconds(shop_.options.lease_s);
  }

  Result<bool> run() {
    auto begun = Clock::now();
    ::correlate::Options wanted;
    wanted.give_up = [this] { return shop_.ended.load(); };
    auto report = correlator_.run(wanted);
    if (!report) return report.error();
    if (report->given_up) return false;  // whoever has the lease next does it
    model::give_back_freed_memory();
    auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
    // What the first run of a process reads, no later one does.
    if (!report->anew) patience_ = std::clamp(took * 10, kLeastPatience, kMostPatience);
    news_since_.reset();
    spdlog::info("correlated: {} entries read, {} ms", report->entries, took.count());
    return true;
  }

  const Shop& shop_;
  ::correlate::Correlator correlator_;
  bool leads_ = false, made_ready_ = false;
  std::int64_t shared_ = 0;  // changes that were given out
  std::int64_t waiting_ = 0;
  Clock::time_point moved_at_ = Clock::now();
  std::optional<Clock::time_point> news_since_;
  std::chrono::milliseconds patience_ = kLeastPatience;
};

}  // namespace

Status correlate(const Shop& shop) {
  Trouble trouble("correlate", shop);
  Foreman foreman(shop);
  while (!shop.ended) {
    auto did = foreman.step();
    if (!did) {
      trouble.wait(did.error());
      (void)declare_all(shop.nats);
      continue;
    }
    trouble.over();
    if (!*did) pause(shop, 300ms);
  }
  return {};
}

}  // namespace app::worker
