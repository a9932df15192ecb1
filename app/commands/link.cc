#include "correlate/link.h"

#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/items.h"
#include "feeds/render/ledger.h"

namespace app {
namespace {

struct Options {
  std::string items;
  std::string outages;
  std::string weights;
};

int run(const Options& options) {
  auto joined = join_files(options.items, options.outages, options.weights);
  if (!joined) return fail(joined.error());
  for (const auto& item : joined->items) {
    for (const auto& link : item.links) {
      boost::json::object out{
          {"item", item.article.id}, {"outage", link.outage_id}, {"probability", link.probability}};
      for (auto& [name, value] : feeds::render::ledger_json(link)) out[name] = std::move(value);
      fmt::print("{}\n", boost::json::serialize(out));
    }
  }
  return kDone;
}

}  // namespace

std::function<int()> link(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options
      .add_option("--items", given->items,
                  "JSONL of {\"id\",\"published\",\"title\",\"text\",\"lang\"?}; - is stdin")
      ->required();
  options.add_option("--outages", given->outages, "Any measurement file")->required();
  options.add_option("--weights", given->weights, "Those of this file instead of the shipped ones");
  return [given] { return run(*given); };
}

}  // namespace app
