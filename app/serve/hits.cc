#include "app/serve/hits.h"

#include <fmt/format.h>

#include "app/decide.h"
#include "feeds/render/shared.h"

namespace app::serve {
namespace {

using model::Result;

// The newest revision's title and publisher, and the incident of the entry's story.
Result<HitWords> entry_words(store::Store& store, const std::string& id) {
  HitWords out;
  out.entry = id;
  out.page = "/entries/" + id;
  auto revisions = store.revisions(id);
  if (!revisions) return revisions.error();
  if (!revisions->empty()) {
    out.title = revisions->back().title;
    out.by = revisions->back().publisher;
  }
  auto story = store.story_of(id);
  if (!story) return story.error();
  if (story->empty()) return out;
  auto incident = store.incident_of(*story);
  if (!incident) return incident.error();
  out.incident = *std::move(incident);
  return out;
}

// A claim's hit is its id; its entry and words stand in the extraction.
Result<HitWords> claim_words(store::Store& store, const std::string& id) {
  auto claim = store.claim(id);
  if (!claim) return claim.error();
  if (!*claim) return HitWords{};
  auto out = entry_words(store, (*claim)->entry_id);
  if (!out) return out;
  out->by = (*claim)->claim.speaker.empty() ? out->by : (*claim)->claim.speaker;
  out->title = fmt::format("{} “{}”", to_string((*claim)->claim.kind), (*claim)->claim.span.text);
  out->page = fmt::format("/entries/{}?revision={}#{}", out->entry, (*claim)->revision, id);
  return out;
}

Result<HitWords> outage_words(store::Store& store, std::string_view zone, const std::string& id) {
  HitWords out;
  out.page = "/outages/" + id;
  auto outage = store.fused_outage(id);
  if (!outage) return outage.error();
  if (*outage) {
    out.title = fmt::format("{}, {}", to_string((*outage)->scope),
                            feeds::render::interval_of(**outage, zone));
    if (!(*outage)->measurements.empty()) out.by = (*outage)->measurements.front().source;
  }
  auto incident = store.incident_of(id);
  if (!incident) return incident.error();
  out.incident = *std::move(incident);
  return out;
}

Result<HitWords> edit_words(store::Store& store, const std::string& id) {
  HitWords out;
  out.page = "/corrections#edit-" + id;
  out.title = "edit " + id;
  auto edits = store.edits(std::stoll(id) - 1);
  if (!edits) return edits.error();
  if (!edits->empty()) {
    out.title = line_of(edits->front());
    out.by = edits->front().who;
  }
  return out;
}

}  // namespace

Result<HitWords> words_of(store::Store& store, std::string_view zone, const store::Hit& hit) {
  switch (hit.kind) {
    case store::query::Kind::kEntry:
      return entry_words(store, hit.id);
    case store::query::Kind::kClaim:
      return claim_words(store, hit.id);
    case store::query::Kind::kOutage:
      return outage_words(store, zone, hit.id);
    case store::query::Kind::kEdit:
      return edit_words(store, hit.id);
  }
  return HitWords{};
}

std::optional<store::FindOptions::Order> order_named(std::string_view name) {
  using Order = store::FindOptions::Order;
  if (name.empty() || name == "relevance") return Order::kRelevance;
  if (name == "newest") return Order::kNewest;
  if (name == "oldest") return Order::kOldest;
  return std::nullopt;
}

}  // namespace app::serve
