#include "correlate/timeline.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/show.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> words;
  TimelineOptions shown;
};

int run(const Options& options, const Context& context) {
  auto query = fmt::format("{}", fmt::join(options.words, " "));
  auto request = request_of(query, options.shown, context);
  if (!request) return bad_usage(request.error().message);
  // A query that cannot be is bad usage, and is told before any database is touched.
  if (auto parsed = store::query::parse(query, request->now); !parsed) {
    return bad_usage(parsed.error().message);
  }
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto found = correlate::timeline(**store, *request);
  if (!found) return fail(found.error());
  show(*found, options.shown, context);
  return kDone;
}

}  // namespace

std::function<int()> timeline(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("query", given->words, "Words, \"phrases\", -without, country:KP, as:131279")
      ->required();
  add_timeline_options(options, given->shown);
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
