#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/serve/hits.h"
#include "feeds/render/records.h"
#include "feeds/render/shared.h"
#include "store/model/text.h"

namespace app {
namespace {

namespace json = boost::json;
using feeds::render::printable;

struct Options {
  std::vector<std::string> words;
  std::string order = "relevance";
  std::size_t limit = 20;
  std::string after;
  bool facets = false;
};

constexpr std::size_t kMostListed = 1000;

json::string text(std::string_view from) { return json::string(from.data(), from.size()); }

void print_json(const store::Hit& hit, const serve::HitWords& words) {
  json::object out{{"kind", text(store::query::to_string(hit.kind))},
                   {"id", hit.id},
                   {"at", model::to_iso(hit.at)},
                   {"score", hit.score},
                   {"title", words.title}};
  feeds::render::set(out, "by", words.by);
  feeds::render::set(out, "entry", words.entry);
  feeds::render::set(out, "incident", words.incident);
  fmt::print("{}\n", json::serialize(out));
}

void print_text(const store::Hit& hit, const serve::HitWords& words) {
  auto by = words.by.empty() ? "" : printable(words.by) + ", ";
  auto in = words.incident.empty() ? "" : " in " + words.incident;
  fmt::print("{} {:<6}  {}\n{:20}{}{}{}\n", model::to_iso(hit.at, model::Precision::kMinute),
             store::query::to_string(hit.kind), model::truncate(printable(words.title), 100), "",
             by, hit.id, in);
}

int list(store::Store& store, const store::query::Query& query, const Options& options,
         const Context& context) {
  store::FindOptions wanted{*serve::order_named(options.order), options.after, options.limit};
  auto found = store.find(query, wanted);
  if (!found) {
    bool usage = found.error().code == model::Errc::kInvalid;
    return usage ? bad_usage("--" + found.error().message) : fail(found.error());
  }
  for (const auto& hit : found->hits) {
    auto words = serve::words_of(store, "UTC", hit);
    if (!words) return fail(words.error());
    context.json ? print_json(hit, *words) : print_text(hit, *words);
  }
  if (found->hits.empty()) fmt::print(stderr, "Nothing answers this query.\n");
  if (!found->next.empty()) fmt::print(stderr, "There is more: --after {}\n", found->next);
  return kDone;
}

int count(store::Store& store, const store::query::Query& query, const Options& options,
          const Context& context) {
  auto facets = store.facets(query, options.limit);
  if (!facets) return fail(facets.error());
  for (const auto& facet : *facets) {
    for (const auto& [value, hits] : facet.values) {
      if (context.json) {
        json::object out{{"field", facet.field}, {"value", value}, {"count", hits}};
        fmt::print("{}\n", json::serialize(out));
      } else {
        fmt::print("{:<8} {:>7}  {}\n", facet.field, hits, printable(value));
      }
    }
  }
  return kDone;
}

int run(const Options& options, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  // A query that cannot be is bad usage, and is told before any database is touched.
  auto query = store::query::parse(fmt::format("{}", fmt::join(options.words, " ")), *now);
  if (!query) return bad_usage(query.error().message);
  auto store = context.open(true);
  if (!store) return fail(store.error());
  return options.facets ? count(**store, *query, options, context)
                        : list(**store, *query, options, context);
}

}  // namespace

std::function<int()> search(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Options>();
  options
      .add_option("query", given->words,
                  "Words, \"phrases\", -without, OR, (…), field:value; see docs/query.md")
      ->required();
  options.add_option("--order", given->order, "What comes first")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}))
      ->capture_default_str();
  options.add_option("--limit", given->limit, "At most so many hits, or values of a facet")
      ->check(CLI::Range(std::size_t{1}, kMostListed))
      ->capture_default_str();
  options.add_option("--after", given->after, "Go on where a page ended, as it says at its end");
  options.add_flag("--facets", given->facets, "Count the hits by kind, country, source, …");
  return [given, &context] { return run(*given, context); };
}

}  // namespace app
