#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "store/store.h"

namespace support {

// What is derived of one entry.
inline std::string dump_derived(store::Store& store, const std::string& id) {
  std::string out;
  auto revisions = *store.revisions(id);
  out += fmt::format("entry {} ×{}\n", id, revisions.size());
  if (auto found = *store.extraction(id, revisions.back().number)) {
    out += fmt::format("  {} {} {:.4f}\n", to_string(found->happening),
                       model::to_iso(found->happened.at), found->outage_score);
    for (const auto& claim : found->claims) {
      out += fmt::format("  claim {} {} {}\n", claim.id, claim.value, claim.mod);
    }
  }
  for (const auto& link : *store.links_of_entry(id)) {
    out += fmt::format("  link {} {} {:.4f}", link.id, link.outage_id, link.probability);
    for (const auto& reason : link.reasons) {
      out += fmt::format(" | {} {:.2f} {}", reason.feature, reason.bits, reason.text);
    }
    out += "\n";
  }
  for (const auto& one : *store.verdicts_of_entry(id)) {
    out += fmt::format("  verdict {} {} {} {} {}\n", one.id, one.outage_id, to_string(one.verdict),
                       one.measured, one.note);
  }
  return out;
}

// Everything derived that a store holds, as text: two stores with the same text are equal.
inline std::string dump_derived(store::Store& store) {
  std::string out;
  std::string after;
  do {
    auto page = store.entries(after, 100);
    for (const auto& id : page->ids) out += dump_derived(store, id);
    after = page->next;
  } while (!after.empty());
  for (const auto& [what, outages] :
       {std::pair{"detected", *store.detections("")}, std::pair{"fused", *store.fused({})}}) {
    for (const auto& outage : outages) {
      out += fmt::format("{} {} {} {} {}\n", what, outage.id, to_string(outage.scope),
                         model::to_iso(outage.start), model::outage_hash(outage));
    }
  }
  for (const auto& story : *store.stories()) {
    out += fmt::format("story {} {} ({}): {}\n", story.id, story.title, story.origins,
                       fmt::join(story.entry_ids, " "));
  }
  for (const auto& one : *store.incidents()) {
    out += fmt::format("incident {} {} {}–{}: {} | {}\n", one.id, one.title,
                       model::to_iso(one.span.from), model::to_iso(one.span.to),
                       fmt::join(one.story_ids, " "), fmt::join(one.outage_ids, " "));
    for (const auto& strand : one.strands) {
      out += fmt::format("  strand {} {}: {} | {}\n", strand.kind, strand.title,
                         fmt::join(strand.story_ids, " "), fmt::join(strand.outage_ids, " "));
    }
    for (const auto& tie : one.ties) {
      out +=
          fmt::format("  tie {} {} {} {:.4f} {}\n", tie.from, tie.to, tie.kind, tie.bits, tie.text);
    }
    for (const auto& line : one.summary) {
      out += fmt::format("  “{}” {}\n", line.text, line.entry_id);
    }
  }
  return out;
}

}  // namespace support
