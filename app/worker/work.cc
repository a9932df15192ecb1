#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/cli.h"
#include "app/http_server.h"
#include "app/log.h"
#include "app/stop.h"
#include "app/worker/shop.h"

namespace app::worker {
namespace {

using namespace std::chrono_literals;
using model::Result;
using model::Status;

struct Role {
  std::string_view name;
  Status (*run)(const Shop&);
};
constexpr Role kRoles[] = {
    {"fetch", fetch}, {"extract", extract}, {"correlate", correlate}, {"publish", publish}};

// Of this process: the machine, the process, and a number, since both come again.
std::string new_name() {
  char host[32] = "";
  gethostname(host, sizeof host - 1);
  return fmt::format("{:.20}-{}-{:08x}", host, getpid(), std::random_device()());
}

// Beats until the end.
void beat(const Shop& shop) {
  Trouble trouble("leases", shop);
  while (!shop.ended) {
    auto ended = shop.leases.beat();
    if (!ended) {
      trouble.wait(ended.error());
      continue;
    }
    trouble.over();
    if (*ended > 0) {
      spdlog::warn("a worker that was not heard of for {} s has lost what it was doing",
                   shop.options.lease_s);
    }
    pause(shop, std::chrono::milliseconds(shop.options.lease_s * 1000 / 5));
  }
}

class Outcome {
 public:
  void note(const Status& status) {
    std::lock_guard lock(mutex_);
    if (!status && !error_) error_ = status.error();
  }
  std::optional<model::Error> error() {
    std::lock_guard lock(mutex_);
    return error_;
  }

 private:
  std::mutex mutex_;
  std::optional<model::Error> error_;
};

Result<std::function<model::Instant()>> clock_of(const Context& context) {
  if (context.now_text.empty()) {
    return std::function<model::Instant()>(
        [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); });
  }
  auto now = context.now();
  if (!now) return now.error();
  return std::function<model::Instant()>([at = *now] { return at; });
}

// All roles, each in its thread, until one cannot go on or the worker is told to stop.
int run_roles(const Shop& shop, std::atomic<bool>& ended) {
  Outcome outcome;
  std::vector<std::thread> threads;
  for (const auto& role : kRoles) {
    const auto& wanted = shop.options.roles;
    if (std::find(wanted.begin(), wanted.end(), role.name) == wanted.end()) continue;
    threads.emplace_back([&shop, &outcome, &ended, run = role.run] {
      auto status = run(shop);
      outcome.note(status);
      if (!status) ended = true;
    });
  }
  beat(shop);
  for (auto& thread : threads) thread.join();
  auto error = outcome.error();
  return error ? fail(*error) : kDone;
}

}  // namespace

int work(const WorkerOptions& options, const Context& context) {
  std::atomic<bool> ended = false;
  StopSignal stop([&] { ended = true; });
  set_up_log();
  allow_many_sockets();
  auto clock = clock_of(context);
  if (!clock) return fail(clock.error());
  auto name = new_name();
  Context ours = context;
  ours.db = store::postgres::worker_url(context.db, name);
  auto nats = Nats::connect(options.nats, "faultline worker " + name,
                            std::chrono::seconds(options.lease_s));
  if (!nats) return fail(nats.error());
  if (auto done = declare_all(**nats); !done) return fail(done.error());
  auto store = ours.open(false);
  if (!store) return fail(store.error());
  auto leases = store::postgres::Leases::open(ours.db, std::chrono::seconds(options.lease_s));
  if (!leases) return fail(leases.error());
  Shop shop{options, ours, name, **store, **nats, **leases, *std::move(clock), ended};
  spdlog::info("worker {}: {}", name, fmt::format("{}", fmt::join(options.roles, ", ")));
  return run_roles(shop, ended);
}

}  // namespace app::worker
