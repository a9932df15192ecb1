#include "app/commands/sources.h"

#include <memory>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/health.h"
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

void print(const model::Source& source, bool json) {
  auto kind = name_of(source.kind);
  if (json) {
    boost::json::object out{{"source", source.id},
                            {"polled", false},
                            {"kind", boost::json::string(kind.data(), kind.size())},
                            {"title", source.title},
                            {"url", source.url},
                            {"home", source.home},
                            {"language", source.language},
                            {"added_at", model::to_iso(source.added_at)}};
    fmt::print("{}\n", boost::json::serialize(out));
    return;
  }
  fmt::print("{:<9} {:<5} {}\n{:16}{}\n", kind, source.language,
             source.title.empty() ? source.url : model::truncate(source.title, 80), "", source.url);
}

// Polled ones with their health, then what was only read once.
int list(const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto polls = (*store)->polls();
  if (!polls) return fail(polls.error());
  auto sources = (*store)->sources();
  if (!sources) return fail(sources.error());
  std::set<std::string> polled;
  for (const auto& poll : *polls) {
    polled.insert(poll.source_id);
    if (context.json) {
      fmt::print("{}\n", boost::json::serialize(health_json(poll, *now)));
    } else {
      fmt::print("{}", health_text(poll, *now));
    }
  }
  if (!polls->empty() && !context.json) fmt::print("{}\n", health_sum(*polls, *now));
  bool heading = !polls->empty() && !context.json;
  for (const auto& source : *sources) {
    if (polled.count(source.id) > 0) continue;
    if (std::exchange(heading, false)) fmt::print("\nRead, not polled:\n");
    print(source, context.json);
  }
  if (sources->empty() && polls->empty() && !context.json) {
    fmt::print(
        "Nothing was read yet. Try: faultline ingest FILE, or faultline sources add ADDRESS\n");
  }
  return kDone;
}

}  // namespace

std::function<int()> sources(CLI::App& options, const Context& context) {
  auto chosen = std::make_shared<std::function<int()>>([&context] { return list(context); });
  options.require_subcommand(0, 1);
  auto add = [&](const char* name, const char* does, auto set_up) {
    auto* sub = options.add_subcommand(name, does);
    sub->fallthrough();
    auto action = set_up(*sub, context);
    sub->callback([chosen, action] { *chosen = action; });
  };
  add("add", "Poll these: feeds, sites that name one, lists (OPML), measurements", sources_add);
  add("remove", "Poll these no longer; what was read stays", sources_remove);
  add("export", "Print what is polled as OPML", sources_export);
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
