#include "correlate/correlate.h"

#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"

namespace app {
namespace {

struct Options {
  bool rebuild = false;
  std::vector<std::string> without;
};

int run(const Options& options, const Context& context) {
  ::correlate::Options wanted;
  wanted.rebuild = options.rebuild;
  wanted.without.insert(options.without.begin(), options.without.end());
  auto names = ::correlate::pass_names();
  for (const auto& name : wanted.without) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return bad_usage(
          fmt::format("--without: no pass “{}”; there are {}", name, fmt::join(names, ", ")));
    }
  }
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto report = ::correlate::correlate(**store, wanted);
  if (!report) return fail(report.error());
  if (context.json) {
    boost::json::object out;
    for (const auto& pass : report->passes) {
      out[pass.name] = boost::json::object{{"looked_at", pass.looked_at}, {"made", pass.made}};
    }
    fmt::print("{}\n", boost::json::serialize(out));
    return kDone;
  }
  if (report->passes.empty()) fmt::print("Nothing has changed.\n");
  for (const auto& pass : report->passes) {
    fmt::print("{:<8} {:>7} looked at, {:>7} made\n", pass.name, pass.looked_at, pass.made);
  }
  return kDone;
}

}  // namespace

std::function<int()> correlate(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_flag("--rebuild", given->rebuild, "Forget everything derived and begin anew");
  options.add_option("--without", given->without, "Leave this pass out (may be repeated)");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
