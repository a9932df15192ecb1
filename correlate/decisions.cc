#include "correlate/decisions.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;

Constraints& of_level(Decisions& decisions, const Edit& edit) {
  return edit.target.starts_with("inc-") ? decisions.incidents : decisions.stories;
}

void add_merge(Decisions& decisions, const Edit& edit) {
  for (std::size_t i = 1; i < edit.entries.size(); ++i) {
    of_level(decisions, edit).must.push_back({edit.entries[0], edit.entries[i], edit.seq});
  }
}

// Those that go stay together, and each is kept from the one that stays.
void add_split(Decisions& decisions, const Edit& edit) {
  auto& constraints = of_level(decisions, edit);
  for (std::size_t i = 1; i < edit.entries.size(); ++i) {
    constraints.cannot.push_back({edit.entries[0], edit.entries[i], edit.seq});
    if (i > 1) constraints.must.push_back({edit.entries[1], edit.entries[i], edit.seq});
  }
}

void add_judgement(Decisions& decisions, const Edit& edit) {
  bool of_link = edit.target.starts_with("lnk-") || edit.target.starts_with("ent-");
  if (!of_link) {
    decisions.verdicts[edit.target] = edit;
  } else if (!edit.entries.empty()) {
    decisions.links[edit.entries.front()][edit.value] = edit;
  }
}

// Under what an edit on `target` is found again: its id, and the entry that stands for it, with a
// mark of what it stands for.
std::string by_entry(std::string_view id, std::string_view entry) {
  return fmt::format("{}:{}", id.substr(0, 4), entry);
}

std::vector<std::string> keys_of(const Edit& edit) {
  std::vector<std::string> out{edit.target};
  bool stands_for = edit.target.starts_with("sty-") || edit.target.starts_with("inc-");
  if (stands_for && !edit.entries.empty()) {
    out.push_back(by_entry(edit.target, edit.entries.front()));
  }
  return out;
}

void add(Decisions& decisions, const Edit& edit) {
  switch (edit.kind) {
    case EditKind::kMerge:
      return add_merge(decisions, edit);
    case EditKind::kSplit:
      return add_split(decisions, edit);
    case EditKind::kPin:
    case EditKind::kReject:
      return add_judgement(decisions, edit);
    case EditKind::kNote:
      for (const auto& key : keys_of(edit)) decisions.notes[key].push_back(edit);
      return;
    case EditKind::kCorrect:
      for (const auto& key : keys_of(edit)) decisions.corrections[key][edit.field] = edit;
      return;
    case EditKind::kUndo:
    case EditKind::kDelete:
      return;
  }
}

void decide(const Edit& edit, model::Link& link) {
  link.probability = edit.kind == EditKind::kPin ? 1 : 0;
  link.reasons.push_back({"editor", 0, told(edit)});
}

}  // namespace

Decisions decisions(const std::vector<Edit>& edits, std::optional<model::Instant> as_of) {
  std::vector<Edit> made;
  for (const auto& edit : edits) {
    if (!as_of || edit.at <= *as_of) made.push_back(edit);
  }
  auto undone = undone_edits(made);
  Decisions out;
  for (const auto& edit : made) {
    if (!undone.contains(edit.seq)) add(out, edit);
  }
  return out;
}

std::vector<Edit> Decisions::notes_on(const std::vector<std::string>& ids) const {
  std::map<std::int64_t, const Edit*> found;
  for (const auto& id : ids) {
    auto here = notes.find(id);
    if (here == notes.end()) continue;
    for (const auto& edit : here->second) found[edit.seq] = &edit;
  }
  std::vector<Edit> out;
  for (const auto& [seq, edit] : found) out.push_back(*edit);
  return out;
}

const Edit* Decisions::correction(const std::vector<std::string>& ids,
                                  std::string_view field) const {
  const Edit* out = nullptr;
  for (const auto& id : ids) {
    auto here = corrections.find(id);
    if (here == corrections.end()) continue;
    for (const auto& [name, edit] : here->second) {
      if (name == field && (out == nullptr || edit.seq > out->seq)) out = &edit;
    }
  }
  return out;
}

std::vector<std::string> ids_to_look_under(std::string_view id,
                                           const std::vector<std::string>& entries) {
  std::vector<std::string> out{std::string(id)};
  for (const auto& entry : entries) out.push_back(by_entry(id, entry));
  return out;
}

void decide_links(const Decisions& decisions, const std::string& entry_id, int revision,
                  const std::function<bool(std::string_view)>& is_outage,
                  std::vector<model::Link>& links) {
  auto of_entry = decisions.links.find(entry_id);
  if (of_entry == decisions.links.end()) return;
  for (const auto& [outage, edit] : of_entry->second) {
    auto link = std::find_if(links.begin(), links.end(),
                             [&, &id = outage](const auto& one) { return one.outage_id == id; });
    if (link != links.end()) {
      decide(edit, *link);
    } else if (is_outage(outage)) {
      model::Link fresh;
      fresh.id = model::make_id("lnk", fmt::format("{}\n{}", entry_id, outage));
      fresh.entry_id = entry_id;
      fresh.revision = revision;
      fresh.outage_id = outage;
      decide(edit, fresh);
      links.push_back(std::move(fresh));
    }
  }
  order_links(links);
}

void order_links(std::vector<model::Link>& links) {
  std::stable_sort(links.begin(), links.end(), [](const auto& a, const auto& b) {
    return a.probability != b.probability ? a.probability > b.probability
                                          : a.outage_id < b.outage_id;
  });
}

void decide_verdicts(const Decisions& decisions, std::vector<model::Verdict>& verdicts) {
  std::erase_if(verdicts, [&](const model::Verdict& verdict) {
    auto found = decisions.verdicts.find(verdict.id);
    return found != decisions.verdicts.end() && found->second.kind == EditKind::kReject;
  });
}

std::map<std::string, std::string> digest(const Decisions& decisions) {
  std::map<std::string, std::string> out;
  for (const auto& [entry, outages] : decisions.links) {
    for (const auto& [outage, edit] : outages) out[entry] += fmt::format(" {}", edit.seq);
  }
  for (const auto& [id, edit] : decisions.verdicts) {
    for (const auto& entry : edit.entries) out[entry] += fmt::format(" {}", edit.seq);
  }
  return out;
}

std::string told(const Edit& edit) {
  std::string_view does = edit.kind == EditKind::kPin      ? "confirmed"
                          : edit.kind == EditKind::kReject ? "rejected"
                          : edit.kind == EditKind::kDelete ? "deleted"
                          : edit.kind == EditKind::kNote   ? "noted"
                          : edit.kind == EditKind::kMerge  ? "merged"
                          : edit.kind == EditKind::kSplit  ? "split"
                          : edit.kind == EditKind::kUndo   ? "undone"
                                                           : "corrected";
  return fmt::format("{} by {} at {} (edit {}){}{}", does, edit.who, model::to_iso(edit.at),
                     edit.seq, edit.reason.empty() ? "" : ": ", edit.reason);
}

}  // namespace correlate
