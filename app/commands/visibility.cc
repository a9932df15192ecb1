#include "ingest/visibility/visibility.h"

#include <memory>

#include <fmt/format.h>

#include "app/bgp.h"
#include "app/cli.h"
#include "app/commands.h"

namespace app {
namespace {

struct Options {
  std::vector<std::string> files;
  BgpOptions bgp;
};

int run(const Options& options) {
  auto signals = visibility_of(options.files, options.bgp);
  if (!signals) {
    bool usage = signals.error().code == model::Errc::kInvalid;
    return usage ? bad_usage(signals.error().message) : fail(signals.error());
  }
  for (const auto& signal : *signals) fmt::print("{}\n", to_json_line(signal));
  return kDone;
}

}  // namespace

std::function<int()> visibility(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options
      .add_option("files", given->files,
                  "MRT files in the order of their time: tables, then updates; - is stdin. Or what "
                  "RIS Live or RIPEstat's bgp-updates sent")
      ->required();
  add_bgp_options(options, given->bgp);
  return [given] { return run(*given); };
}

}  // namespace app
