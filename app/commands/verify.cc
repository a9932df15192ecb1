#include "correlate/verify.h"

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
  std::string weights;
  bool all = false;
};

// Whether a measured interval decides on claims of a kind by itself. The others need a depth, or
// are not measurable.
bool is_timed(model::ClaimKind kind) { return kind <= model::ClaimKind::kDuration; }

boost::json::value text_or_null(std::string_view text) {
  if (text.empty()) return nullptr;
  return boost::json::string(text.data(), text.size());
}

void print(const model::Claim& claim, const model::Verdict& verdict) {
  boost::json::object stated{{"kind", text_or_null(to_string(claim.kind))},
                             {"span", claim.span.text},
                             {"value", claim.value},
                             {"mod", text_or_null(claim.mod)}};
  boost::json::object out{{"item", verdict.entry_id},
                          {"claim", std::move(stated)},
                          {"outage", text_or_null(verdict.outage_id)},
                          {"verdict", text_or_null(to_string(verdict.verdict))},
                          {"measured", text_or_null(verdict.measured)}};
  if (!verdict.note.empty()) out["note"] = verdict.note;
  if (!verdict.source.empty()) out["source"] = verdict.source;
  fmt::print("{}\n", boost::json::serialize(out));
}

int run(const Options& options) {
  auto joined = join_files(options.items, options.outages, options.weights);
  if (!joined) return fail(joined.error());
  correlate::SignalList signals;
  for (const auto& signal : joined->signals) signals.push_back(&signal);
  for (const auto& item : joined->items) {
    auto verdicts =
        correlate::verify(item.article, item.extraction, item.links, joined->outages, signals);
    // In the order of the claims.
    auto verdict = verdicts.begin();
    for (const auto& claim : item.extraction.claims) {
      if (verdict == verdicts.end() || verdict->claim_id != claim.id) continue;
      if (options.all || is_timed(claim.kind)) print(claim, *verdict);
      ++verdict;
    }
  }
  return kDone;
}

}  // namespace

std::function<int()> verify(CLI::App& options, const Context& /*context*/) {
  auto given = std::make_shared<Options>();
  options
      .add_option("--items", given->items,
                  "JSONL of {\"id\",\"published\",\"title\",\"text\",\"lang\"?}; - is stdin")
      ->required();
  options.add_option("--outages", given->outages, "Any measurement file")->required();
  options.add_option("--weights", given->weights, "Those of this file instead of the shipped ones");
  options.add_flag("--all", given->all,
                   "Also claims of scope, depth and cause, and what is said and not measurable");
  return [given] { return run(*given); };
}

}  // namespace app
