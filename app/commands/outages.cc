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
  std::string mapping;
};

// What is in a file beside outages, in a sentence; empty: nothing.
std::string others_in(const feeds::outages::Parsed& parsed) {
  std::string out;
  auto add = [&out](std::size_t count, std::string_view one, std::string_view more) {
    if (count == 0) return;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, count == 1 ? one : more);
  };
  add(parsed.signals.size(), "series of a signal", "series of signals");
  add(parsed.routes.size(), "change of routes", "changes of routes");
  add(parsed.entities.size(), "entity of IODA's", "entities of IODA's");
  add(parsed.resources.size(), "country's resources", "countries' resources");
  return out;
}

int run(const Options& options, const Context& context) {
  const feeds::outages::Mapping* mapping = nullptr;
  if (!options.mapping.empty()) {
    auto found = context.mapping(options.mapping);
    if (!found) return bad_usage(found.error().message);
    mapping = *found;
  }
  if (!options.kind.empty() && !feeds::kind_named(options.kind)) {
    return bad_usage(fmt::format("--kind: no kind “{}”; there are {}", options.kind,
                                 feeds::kinds_in_words(true)));
  }
  int code = kDone;
  for (const auto& path : options.files) {
    auto parsed = read_outages(path, options.kind, mapping);
    if (!parsed) {
      code = fail(parsed.error());
      continue;
    }
    for (const auto& outage : parsed->outages) {
      fmt::print("{}\n", feeds::outages::to_json_line(outage));
    }
    auto others = others_in(*parsed);
    if (parsed->outages.empty() && !others.empty()) {
      fmt::print(stderr, "{}: no outage, but {}\n", path, others);
    }
  }
  return code;
}

}  // namespace

std::function<int()> outages(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options.add_option("files", given->files, "Measurement files; - is stdin")->required();
  options.add_option("--kind", given->kind, feeds::kinds_in_words(true));
  options.add_option("--mapping", given->mapping,
                     "Read tables and lists as [mapping.NAME] of the configuration says");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
