#include <map>
#include <memory>

#include "app/cli.h"
#include "app/commands.h"
#include "app/runner.h"
#include "ingest/target.h"

namespace app {
namespace {

// A length of time on the command line: "90", "90s", "15min", "6h", "1d"; kept in seconds.
void add_duration(CLI::App& options, const std::string& name, std::int64_t& seconds,
                  const std::string& does) {
  const std::map<std::string, std::int64_t> units{
      {"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}};
  options.add_option(name, seconds, does)
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::CASE_SENSITIVE))
      ->type_name("TIME");
}

// What of the options cannot be, in one sentence; empty: all can.
std::string objection(const RunOptions& given, const Context& context) {
  if (given.floor_s < 1 || given.ceiling_s < given.floor_s) {
    return "--poll-floor must be a second or more, and --poll-ceiling not less than it";
  }
  if (!given.once && !context.now_text.empty()) {
    return "--now stands still: run would wait for ever; use it with --once";
  }
  if (given.listen.empty() != given.public_url.empty()) {
    return "--listen and --public-url belong together: where hubs are heard, and how they reach it";
  }
  bool base = given.public_url.empty() ||
              (ingest::target_of(given.public_url) && given.public_url.ends_with('/'));
  return base ? "" : "--public-url: write it as https://news.example/ with a slash at its end";
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
  options.add_option("--listen", given->listen,
                     "Address and port at which hubs (WebSub) are heard, as 127.0.0.1:8080");
  options.add_option("--public-url", given->public_url,
                     "How hubs reach that address from outside, as https://news.example/");
  return [given, &context] { return run_it(*given, context); };
}

}  // namespace app
