#include "correlate/link.h"

#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/items.h"

namespace app {
namespace {

struct Options {
  std::string items;
  std::string outages;
};

int run(const Options& options) {
  auto joined = join_files(options.items, options.outages);
  if (!joined) return fail(joined.error());
  for (const auto& item : joined->items) {
    for (const auto& link : item.links) {
      boost::json::array reasons;
      for (const auto& reason : link.reasons) {
        reasons.push_back(boost::json::object{
            {"feature", reason.feature}, {"bits", reason.bits}, {"text", reason.text}});
      }
      fmt::print("{}\n",
                 boost::json::serialize(boost::json::object{{"item", item.article.id},
                                                            {"outage", link.outage_id},
                                                            {"probability", link.probability},
                                                            {"reasons", std::move(reasons)}}));
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
  return [given] { return run(*given); };
}

}  // namespace app
