#include "feeds/outages/outages.h"

#include <memory>
#include <vector>

#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/items.h"
#include "feeds/parse.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string kind;
};

int run(const Options& options) {
  if (!options.kind.empty() && !feeds::kind_named(options.kind)) {
    return bad_usage(
        fmt::format("--kind: no kind “{}”; there are outages-csv, outages-jsonl, ioda "
                    "and radar",
                    options.kind));
  }
  int code = kDone;
  for (const auto& path : options.files) {
    auto parsed = read_outages(path, options.kind);
    if (!parsed) {
      code = fail(parsed.error());
      continue;
    }
    for (const auto& outage : parsed->outages) {
      fmt::print("{}\n", feeds::outages::to_json_line(outage));
    }
  }
  return code;
}

}  // namespace

std::function<int()> outages(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options.add_option("files", given->files, "Measurement files; - is stdin")->required();
  options.add_option("--kind", given->kind, "outages-csv, outages-jsonl, ioda or radar");
  return [given] { return run(*given); };
}

}  // namespace app
