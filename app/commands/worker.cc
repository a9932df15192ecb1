#include <memory>

#include "app/cli.h"
#include "app/commands.h"
#include "app/durations.h"
#include "app/polling.h"
#include "app/worker/shop.h"

namespace app {
namespace {

using worker::WorkerOptions;

// What of the options cannot be, in one sentence; empty: all can.
std::string objection(const WorkerOptions& given, const Context& context) {
  if (given.nats.empty()) return "worker: --nats is missing; write it as nats://HOST:4222";
  if (given.roles.empty()) {
    return "worker: --role is missing; it is fetch, extract, correlate or publish, or several";
  }
  if (!context.db.starts_with("postgres://") && !context.db.starts_with("postgresql://")) {
    return "worker: many processes share a PostgreSQL database; give --db postgres://HOST/NAME";
  }
  if (given.lease_s < 2) return "--lease must be two seconds or more";
  if (auto why = app::objection(given.polling); !why.empty()) return why;
  return app::objection(given.serving);
}

int start(const WorkerOptions& given, const Context& context) {
  if (auto why = objection(given, context); !why.empty()) return bad_usage(why);
  return worker::work(given, context);
}

}  // namespace

std::function<int()> worker_command(CLI::App& options, const Context& context) {
  auto given = std::make_shared<WorkerOptions>();
  auto chosen =
      std::make_shared<std::function<int()>>([given, &context] { return start(*given, context); });
  options.add_option("--role", given->roles, "What it does: fetch, extract, correlate, publish")
      ->delimiter(',')
      ->check(CLI::IsMember({"fetch", "extract", "correlate", "publish"}));
  options.add_option("--nats", given->nats, "The NATS server with JetStream, as nats://HOST:4222")
      ->envname("FAULTLINE_NATS");
  add_duration(options, "--lease", given->lease_s,
               "A worker that is not heard of for so long has lost what it was doing (30s)");
  add_polling_options(options, given->polling);
  add_serving_options(options, given->serving);
  auto* sub = options.add_subcommand("dead", "List the jobs that no worker could do, and why");
  sub->fallthrough();
  sub->callback(
      [=, &context] { *chosen = [=, &context] { return worker::list_dead(*given, context); }; });
  sub = options.add_subcommand("replay", "Give a dead letter, or --all, to the workers again");
  sub->fallthrough();
  auto id = std::make_shared<std::string>();
  auto all = std::make_shared<bool>(false);
  sub->add_option("id", *id, "Its number in worker dead");
  sub->add_flag("--all", *all, "All of them");
  sub->callback([=, &context] {
    *chosen = [=, &context] {
      if (id->empty() != *all) return bad_usage("worker replay: give a number, or --all");
      return worker::replay_dead(*given, context, *id);
    };
  });
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
