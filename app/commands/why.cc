#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/commands/why_entry.h"
#include "app/commands/why_incident.h"
#include "app/commands/why_outage.h"
#include "correlate/link.h"
#include "correlate/origins.h"
#include "feeds/render/ledger.h"
#include "feeds/render/shared.h"
#include "store/model/text.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Errc;
using model::Error;
using model::Result;

// What both kinds of answer begin with: the entry's revision and the outage, each to be cited.
struct Ends {
  model::Revision revision;
  std::optional<model::Outage> outage;
};

Result<Ends> ends_of(store::Store& store, const std::string& entry, int revision,
                     const std::string& outage) {
  auto revisions = store.revisions(entry);
  if (!revisions) return revisions.error();
  Ends out;
  for (auto& one : *revisions) {
    if (one.number == revision) out.revision = std::move(one);
  }
  if (outage.empty()) return out;
  auto measured = store.fused_outage(outage);
  if (!measured) return measured.error();
  out.outage = *std::move(measured);
  return out;
}

void print_ends(const Ends& ends) {
  const auto& revision = ends.revision;
  fmt::print("entry   {} revision {}, {}\n        “{}”\n        {} of document {:.12}\n",
             revision.entry_id, revision.number, printable(revision.publisher),
             printable(revision.title), revision.place, revision.document_id);
  if (!ends.outage) return;
  const auto& outage = *ends.outage;
  fmt::print("outage  {} revision {}, {}\n        {} to {}\n", outage.id, outage.number,
             to_string(outage.scope), model::to_iso(outage.start),
             outage.end ? model::to_iso(*outage.end) : "open or not measured");
  for (const auto& one : outage.measurements) {
    fmt::print("        measured by {}: {}\n", printable(one.source), printable(one.value));
  }
}

int print_link(const model::Link& link, const Ends& ends, bool json) {
  if (json) {
    boost::json::object out{{"id", link.id},
                            {"entry", link.entry_id},
                            {"revision", link.revision},
                            {"outage", link.outage_id},
                            {"probability", link.probability}};
    for (auto& [name, value] : feeds::render::ledger_json(link)) out[name] = std::move(value);
    fmt::print("{}\n", boost::json::serialize(out));
    return kDone;
  }
  fmt::print("link    {}, inferred\n", link.id);
  print_ends(ends);
  fmt::print("\n{}", feeds::render::ledger_text(link));
  if (link.dependent) fmt::print("note    it cites a measurer: it confirms nothing by itself\n");
  return kDone;
}

Result<model::Claim> claim_of(store::Store& store, const model::Verdict& verdict) {
  auto extraction = store.extraction(verdict.entry_id, verdict.revision);
  if (!extraction) return extraction.error();
  if (*extraction) {
    for (const auto& claim : (*extraction)->claims) {
      if (claim.id == verdict.claim_id) return claim;
    }
  }
  return Error{Errc::kCorrupt, fmt::format("verdict {}: its claim is gone; run faultline correlate "
                                           "--rebuild",
                                           verdict.id)};
}

// What stands behind a claimed value: the entries linked to the same outage whose claims of the
// same kind have the same value, by their origins. At most `kMost` links are looked at.
Result<std::vector<correlate::Origin>> origins_behind(store::Store& store,
                                                      const model::Verdict& verdict,
                                                      const model::Claim& claim) {
  constexpr std::size_t kMost = 500;
  if (verdict.outage_id.empty()) return std::vector<correlate::Origin>();
  auto links = store.links_of_outage(verdict.outage_id);
  if (!links) return links.error();
  std::erase_if(*links, [](const auto& one) { return one.probability < correlate::kSaidFrom; });
  if (links->size() > kMost) links->resize(kMost);
  std::vector<correlate::Told> told;
  for (const auto& link : *links) {
    auto verdicts = store.verdicts_of_entry(link.entry_id);
    if (!verdicts) return verdicts.error();
    for (const auto& other : *verdicts) {
      if (other.outage_id != verdict.outage_id) continue;
      auto said = claim_of(store, other);
      if (!said) return said.error();
      if (said->kind != claim.kind || said->value != claim.value) continue;
      auto revisions = store.revisions(other.entry_id);
      if (!revisions) return revisions.error();
      const auto& text = revisions->back();
      told.push_back({other.entry_id, other.source,
                      correlate::sketch_of(text.title, text.body, text.canonical_url)});
      break;
    }
  }
  return correlate::origins_of(told);
}

std::string origins_text(const std::vector<correlate::Origin>& origins) {
  std::size_t entries = 0;
  std::string named;
  for (const auto& one : origins) {
    entries += one.entry_ids.size();
    if (!one.source.empty()) named += (named.empty() ? ": " : ", ") + printable(one.source);
  }
  return fmt::format("{} {} with this value rest on {} {}{}", entries,
                     entries == 1 ? "entry" : "entries", origins.size(),
                     origins.size() == 1 ? "origin" : "origins", named);
}

int print_verdict(const model::Verdict& verdict, const model::Claim& claim, const Ends& ends,
                  const std::vector<correlate::Origin>& origins, bool json) {
  auto kind = to_string(claim.kind);
  auto name = to_string(verdict.verdict);
  if (json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{
                           {"id", verdict.id},
                           {"entry", verdict.entry_id},
                           {"revision", verdict.revision},
                           {"claim", boost::json::object{{"id", claim.id},
                                                         {"kind", kind},
                                                         {"span", claim.span.text},
                                                         {"begin", claim.span.begin},
                                                         {"end", claim.span.end},
                                                         {"value", claim.value},
                                                         {"mod", claim.mod},
                                                         {"speaker", claim.speaker},
                                                         {"sentence", claim.sentence.text}}},
                           {"outage", verdict.outage_id},
                           {"verdict", name},
                           {"measured", verdict.measured},
                           {"note", verdict.note},
                           {"source", verdict.source},
                           {"origins", origins.size()}}));
    return kDone;
  }
  fmt::print("verdict {}\n", verdict.id);
  print_ends(ends);
  fmt::print("\nclaimed   {} “{}” = {}{}{}, characters {}–{}\n", kind, printable(claim.span.text),
             claim.value, claim.mod.empty() ? "" : " ", claim.mod, claim.span.begin,
             claim.span.end);
  if (!claim.speaker.empty()) fmt::print("          says {}\n", printable(claim.speaker));
  fmt::print("          in “{}”\n", printable(model::squeeze(claim.sentence.text)));
  fmt::print("measured  {}\n", verdict.measured.empty() ? "nothing" : printable(verdict.measured));
  if (!verdict.source.empty()) fmt::print("source    {}\n", printable(verdict.source));
  if (!origins.empty()) fmt::print("origins   {}\n", origins_text(origins));
  fmt::print("verdict   {}{}\n", name, verdict.note.empty() ? "" : ": " + printable(verdict.note));
  return kDone;
}

int run(const std::string& id, const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  if (id.starts_with("ent-")) return why_entry(**store, id, context);
  if (id.starts_with("inc-")) return why_incident(**store, id, context);
  if (id.starts_with("sty-")) return why_story(**store, id, context);
  auto link = (*store)->link(id);
  if (!link) return fail(link.error());
  if (*link) {
    auto ends = ends_of(**store, (*link)->entry_id, (*link)->revision, (*link)->outage_id);
    if (!ends) return fail(ends.error());
    return print_link(**link, *ends, context.json);
  }
  auto outage = outage_named(**store, id);
  if (!outage) return fail(outage.error());
  if (!outage->empty()) return why_outage(**store, *outage, context);
  auto verdict = (*store)->verdict(id);
  if (!verdict) return fail(verdict.error());
  if (!*verdict) {
    return fail({Errc::kNotFound, fmt::format("no link, verdict or outage “{}”; faultline timeline "
                                              "--format json shows their ids",
                                              id)});
  }
  auto claim = claim_of(**store, **verdict);
  if (!claim) return fail(claim.error());
  auto ends = ends_of(**store, (*verdict)->entry_id, (*verdict)->revision, (*verdict)->outage_id);
  if (!ends) return fail(ends.error());
  auto origins = origins_behind(**store, **verdict, *claim);
  if (!origins) return fail(origins.error());
  return print_verdict(**verdict, *claim, *ends, *origins, context.json);
}

}  // namespace

std::function<int()> why(CLI::App& options, const Context& context) {
  auto id = std::make_shared<std::string>();
  options
      .add_option(
          "id", *id,
          "Of a link (lnk-…), a verdict (vrd-…), an entry (ent-…), a story (sty-…), an incident "
          "(inc-…), an outage or one of its records")
      ->required();
  return [id, &context] { return run(*id, context); };
}

}  // namespace app
