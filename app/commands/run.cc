#include <memory>

#include "app/cli.h"
#include "app/commands.h"
#include "app/durations.h"
#include "app/runner.h"

namespace app {
namespace {

// What of the options cannot be, in one sentence; empty: all can.
std::string objection(const RunOptions& given, const Context& context) {
  if (given.floor_s < 1 || given.ceiling_s < given.floor_s) {
    return "--poll-floor must be a second or more, and --poll-ceiling not less than it";
  }
  if (!given.once && !context.now_text.empty()) {
    return "--now stands still: run would wait for ever; use it with --once";
  }
  if (given.serving.listen.empty() && !given.serving.public_url.empty()) {
    return "--public-url needs --listen: where it is served";
  }
  return objection(given.serving);
}

int run_it(const RunOptions& given, const Context& context) {
  if (auto why = objection(given, context); !why.empty()) return bad_usage(why);
  return Runner(given, context).run();
}

}  // namespace

std::function<int()> run(CLI::App& options, const Context& context) {
  auto given = std::make_shared<RunOptions>();
  options.add_flag("--once", given->once, "Poll what is due now, correlate, and end");
  options.add_flag("!--no-correlate", given->correlate, "Only poll");
  add_duration(options, "--poll-floor", given->floor_s, "Poll a source no more often (15min)");
  add_duration(options, "--poll-ceiling", given->ceiling_s,
               "Poll a source at least so often (24h)");
  options
      .add_option("--at-once", given->at_once, "Fetches under way at a time, two of a host at most")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  given->serving.listen.clear();
  add_serving_options(options, given->serving);
  return [given, &context] { return run_it(*given, context); };
}

}  // namespace app
