#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/polling.h"
#include "app/serving.h"
#include "app/worker/nats.h"
#include "ingest/poller.h"
#include "store/model/result.h"
#include "store/postgres/leases.h"
#include "store/store.h"

namespace app::worker {

struct WorkerOptions {
  std::vector<std::string> roles;  // fetch, extract, correlate, publish
  std::string nats;
  std::int64_t lease_s = 30;  // who is not heard of for so long has lost what it was doing
  ServingOptions serving;     // of publish
  PollingOptions polling;     // of fetch
};

// What the roles of one process share. All of it is for several threads.
struct Shop {
  const WorkerOptions& options;
  const Context& context;
  std::string name;  // of this process among the others
  store::Store& store;
  Nats& nats;
  store::postgres::Leases& leases;
  std::function<model::Instant()> clock;
  const std::atomic<bool>& ended;
};

// What a role does when the database or NATS is gone: says so once, in one sentence, waits, and
// says once that it goes on.
class Trouble {
 public:
  Trouble(std::string role, const Shop& shop) : role_(std::move(role)), shop_(shop) {}

  // Waits a while, longer the longer it lasts, five seconds at most.
  void wait(const model::Error& error);
  void over();

 private:
  std::string role_;
  const Shop& shop_;
  int times_ = 0;
};

// Says in the log what came of a poll, or of what a hub pushed.
void tell(const ingest::PollReport& report);

// Waits that end soon after the worker is told to stop.
void pause(const Shop& shop, std::chrono::milliseconds time);

// Declares all streams.
model::Status declare_all(Nats& nats);

// Puts a message among the dead letters, with the reason, and takes it out of its queue. Where that
// fails it stays in its queue, and is given out again.
void bury(const Shop& shop, Delivery& delivery, const std::string& reason);
// So often is a job given out before it counts as dead: its worker may have been killed.
inline constexpr std::int64_t kMostDeliveries = 10;

// The roles, each until it is told to stop, in a thread of its own. Errors: what cannot be mended
// by waiting (the server cannot listen, the configuration).
model::Status fetch(const Shop& shop);
model::Status extract(const Shop& shop);
model::Status correlate(const Shop& shop);
model::Status publish(const Shop& shop);

// Runs the roles until SIGTERM or SIGINT; the exit code.
int work(const WorkerOptions& options, const Context& context);

// The dead letters: lists them; gives one, or all with an empty id, to the workers again.
int list_dead(const WorkerOptions& options, const Context& context);
int replay_dead(const WorkerOptions& options, const Context& context, const std::string& id);

}  // namespace app::worker
