#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "store/model/text.h"

namespace app {
namespace {

std::string_view name_of(model::SourceKind kind) {
  switch (kind) {
    case model::SourceKind::kNews:
      return "news";
    case model::SourceKind::kComments:
      return "comments";
    case model::SourceKind::kOutages:
      return "outages";
    case model::SourceKind::kSignals:
      return "signals";
  }
  return "news";
}

int run(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto sources = (*store)->sources();
  if (!sources) return fail(sources.error());
  for (const auto& source : *sources) {
    auto kind = name_of(source.kind);
    if (context.json) {
      boost::json::object out{{"id", source.id},
                              {"kind", boost::json::string(kind.data(), kind.size())},
                              {"title", source.title},
                              {"url", source.url},
                              {"home", source.home},
                              {"language", source.language},
                              {"added_at", model::to_iso(source.added_at)}};
      fmt::print("{}\n", boost::json::serialize(out));
    } else {
      fmt::print("{:<9} {:<5} {}\n{:16}{}\n", kind, source.language,
                 source.title.empty() ? source.url : model::truncate(source.title, 80), "",
                 source.url);
    }
  }
  if (sources->empty() && !context.json) {
    fmt::print("Nothing was read yet. Try: faultline ingest FILE\n");
  }
  return kDone;
}

}  // namespace

std::function<int()> sources(CLI::App& /*options*/, const Context& context) {
  return [&context] { return run(context); };
}

}  // namespace app
