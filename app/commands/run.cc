#include <memory>

#include "app/cli.h"
#include "app/commands.h"
#include "app/polling.h"
#include "app/runner.h"

namespace app {
namespace {

// What of the options cannot be, in one sentence; empty: all can.
std::string objection(const RunOptions& given, const Context& context) {
  if (auto why = objection(given.polling); !why.empty()) return why;
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
  add_polling_options(options, given->polling);
  given->serving.listen.clear();
  add_serving_options(options, given->serving);
  return [given, &context] { return run_it(*given, context); };
}

}  // namespace app
