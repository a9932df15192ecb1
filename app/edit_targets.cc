#include "app/edit_targets.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "correlate/decisions.h"
#include "correlate/timeline_edits.h"
#include "store/model/text.h"

namespace app {
namespace {

using model::Edit;
using model::EditKind;
using model::Errc;
using model::Error;
using model::Result;

constexpr std::string_view kWhereIds = "faultline timeline --format json shows their ids";

Error not_found(std::string_view what, const std::string& id) {
  return Error{Errc::kNotFound, fmt::format("no {} “{}”; {}", what, id, kWhereIds)};
}

// What an id is of: "entry", "story", …; empty for none of ours.
std::string_view kind_of(const std::string& id) {
  constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"ent-", "entry"}, {"sty-", "story"},   {"inc-", "incident"},
      {"lnk-", "link"},  {"vrd-", "verdict"}, {"out-", "outage"}};
  for (auto [prefix, name] : kKinds) {
    if (id.starts_with(prefix)) return name;
  }
  return {};
}

Result<model::Story> story(store::Store& store, const std::string& id) {
  auto all = store.stories();
  if (!all) return all.error();
  for (auto& one : *all) {
    if (one.id == id && !one.entry_ids.empty()) return std::move(one);
  }
  return not_found("story", id);
}

// The entries of each story of an incident, in the incident's order.
Result<std::vector<model::Story>> stories_of(store::Store& store, const std::string& incident) {
  auto all = store.incidents();
  if (!all) return all.error();
  auto found = std::find_if(all->begin(), all->end(),
                            [&](const model::Incident& one) { return one.id == incident; });
  if (found == all->end()) return not_found("incident", incident);
  auto stories = store.stories();
  if (!stories) return stories.error();
  std::vector<model::Story> out;
  for (const auto& id : found->story_ids) {
    for (auto& one : *stories) {
      if (one.id == id && !one.entry_ids.empty()) out.push_back(std::move(one));
    }
  }
  if (out.empty()) return Error{Errc::kInvalid, fmt::format("{} has no entries", incident)};
  return out;
}

Result<std::string> entry(store::Store& store, const std::string& id) {
  auto found = store.entry(id);
  if (!found) return found.error();
  if (!*found) return not_found("entry", id);
  return id;
}

// The entry that stands for a story, an incident or itself.
Result<std::string> stands_for(store::Store& store, const std::string& id) {
  if (id.starts_with("sty-")) {
    auto found = story(store, id);
    if (!found) return found.error();
    return found->entry_ids.front();
  }
  if (id.starts_with("inc-")) {
    auto found = stories_of(store, id);
    if (!found) return found.error();
    return found->front().entry_ids.front();
  }
  return entry(store, id);
}

Edit made(EditKind kind, std::string target, std::vector<std::string> entries) {
  Edit out;
  out.kind = kind;
  out.target = std::move(target);
  out.entries = std::move(entries);
  return out;
}

// The groups of entries that a split can part, one a story or one an entry.
Result<std::vector<std::vector<std::string>>> parts_of(store::Store& store, const std::string& id) {
  std::vector<std::vector<std::string>> out;
  if (id.starts_with("inc-")) {
    auto stories = stories_of(store, id);
    if (!stories) return stories.error();
    for (auto& one : *stories) out.push_back(std::move(one.entry_ids));
    return out;
  }
  if (!id.starts_with("sty-")) {
    return Error{Errc::kInvalid,
                 fmt::format("“{}” is neither a story (sty-…) nor an incident (inc-…)", id)};
  }
  auto found = story(store, id);
  if (!found) return found.error();
  for (auto& one : found->entry_ids) out.push_back({std::move(one)});
  return out;
}

}  // namespace

Result<Edit> merge_of(store::Store& store, const std::vector<std::string>& ids) {
  if (ids.size() != 2 || ids[0] == ids[1]) {
    return Error{Errc::kInvalid, "two ids are merged: two stories, two incidents or two entries"};
  }
  bool incidents = ids[0].starts_with("inc-");
  if (incidents != ids[1].starts_with("inc-")) {
    return Error{Errc::kInvalid, "an incident can be merged with an incident only"};
  }
  auto first = stands_for(store, ids[0]);
  if (!first) return first.error();
  auto second = stands_for(store, ids[1]);
  if (!second) return second.error();
  auto out = made(EditKind::kMerge, ids[0], {*std::move(first), *std::move(second)});
  out.value = ids[1];
  return out;
}

Result<Edit> split_of(store::Store& store, const std::vector<std::string>& ids) {
  if (ids.size() < 2) {
    return Error{Errc::kInvalid, "say what is split, then what is to leave it"};
  }
  auto parts = parts_of(store, ids[0]);
  if (!parts) return parts.error();
  std::vector<std::string> leaving;
  std::vector<bool> leaves(parts->size());
  for (std::size_t i = 1; i < ids.size(); ++i) {
    auto representative = stands_for(store, ids[i]);
    if (!representative) return representative.error();
    bool found = false;
    for (std::size_t p = 0; p < parts->size(); ++p) {
      const auto& part = (*parts)[p];
      if (std::find(part.begin(), part.end(), *representative) == part.end()) continue;
      found = leaves[p] = true;
    }
    if (!found) {
      return Error{Errc::kInvalid, fmt::format("{} is no part of {}", ids[i], ids[0])};
    }
    leaving.push_back(*std::move(representative));
  }
  auto stays = std::find(leaves.begin(), leaves.end(), false);
  if (stays == leaves.end()) {
    return Error{Errc::kInvalid, fmt::format("nothing would stay in {}", ids[0])};
  }
  auto out = made(EditKind::kSplit, ids[0],
                  {(*parts)[static_cast<std::size_t>(stays - leaves.begin())].front()});
  out.entries.insert(out.entries.end(), leaving.begin(), leaving.end());
  return out;
}

Result<Edit> judgement_of(store::Store& store, EditKind kind, const std::vector<std::string>& ids) {
  const auto& id = ids.front();
  if (ids.size() == 1 && id.starts_with("lnk-")) {
    auto link = store.link(id);
    if (!link) return link.error();
    if (!*link) return not_found("link", id);
    auto out = made(kind, id, {(*link)->entry_id});
    out.value = (*link)->outage_id;
    return out;
  }
  if (ids.size() == 1 && id.starts_with("vrd-")) {
    auto verdict = store.verdict(id);
    if (!verdict) return verdict.error();
    if (!*verdict) return not_found("verdict", id);
    return made(kind, id, {(*verdict)->entry_id});
  }
  if (ids.size() != 2 || !id.starts_with("ent-")) {
    return Error{Errc::kInvalid,
                 "name a link (lnk-…), a verdict (vrd-…), or an entry and an outage"};
  }
  auto of = entry(store, id);
  if (!of) return of.error();
  auto outage = store.fused_outage(ids[1]);
  if (!outage) return outage.error();
  if (!*outage) return not_found("outage", ids[1]);
  auto out = made(kind, id, {id});
  out.value = ids[1];
  return out;
}

Result<Edit> note_of(store::Store& store, const std::vector<std::string>& words) {
  if (words.size() != 2 || model::trim(words[1]).empty()) {
    return Error{Errc::kInvalid, "say what the note is on, then its text in quotes"};
  }
  const auto& id = words[0];
  auto kind = kind_of(id);
  auto out = made(EditKind::kNote, id, {});
  out.value = words[1];
  if (kind == "link" || kind == "verdict") {
    auto judged = judgement_of(store, EditKind::kNote, {id});
    if (!judged) return judged.error();
    out.entries = judged->entries;
    return out;
  }
  if (kind.empty() || kind == "outage") {  // outages keep the ids of their sources
    auto outage = store.fused_outage(id);
    if (!outage) return outage.error();
    if (!*outage) return not_found("record of ours", id);
    return out;
  }
  auto found = stands_for(store, id);
  if (!found) return found.error();
  out.entries = {*std::move(found)};
  return out;
}

Result<Edit> correction_of(store::Store& store, const std::vector<std::string>& words) {
  if (words.size() != 3) {
    return Error{Errc::kInvalid, "say what is corrected, its field, and what is right in quotes"};
  }
  auto wrong = correlate::why_not(words[0], words[1], words[2]);
  if (!wrong.empty()) return Error{Errc::kInvalid, wrong};
  auto found = stands_for(store, words[0]);
  if (!found) return found.error();
  auto out = made(EditKind::kCorrect, words[0], {*std::move(found)});
  out.field = words[1];
  out.value = words[2];
  return out;
}

Result<Edit> deletion_of(store::Store& store, const std::string& id) {
  auto found = entry(store, id);
  if (!found) return found.error();
  return made(EditKind::kDelete, id, {});
}

Result<Edit> undo_of(store::Store& store, const std::string& seq) {
  std::int64_t number = 0;
  auto [stop, failure] = std::from_chars(seq.data(), seq.data() + seq.size(), number);
  bool whole = failure == std::errc() && stop == seq.data() + seq.size() && number > 0;
  if (whole) {
    auto edits = store.edits(number - 1);
    if (!edits) return edits.error();
    if (!edits->empty() && edits->front().seq == number) return made(EditKind::kUndo, seq, {});
  }
  return Error{Errc::kNotFound, fmt::format("no edit {}; faultline log shows them", seq)};
}

std::vector<std::string> overridden(const std::vector<Edit>& edits, const Edit& edit) {
  bool parts = edit.kind == EditKind::kSplit;
  if (!parts && edit.kind != EditKind::kMerge) return {};
  auto undone = correlate::undone_edits(edits);
  bool incidents = edit.target.starts_with("inc-");
  auto names = [](const Edit& one, const std::string& id) {
    return std::find(one.entries.begin(), one.entries.end(), id) != one.entries.end();
  };
  std::vector<std::string> out;
  for (const auto& other : edits) {
    bool opposite = other.kind == (parts ? EditKind::kMerge : EditKind::kSplit) &&
                    other.target.starts_with("inc-") == incidents && !undone.contains(other.seq);
    auto shared = std::count_if(edit.entries.begin(), edit.entries.end(),
                                [&](const std::string& id) { return names(other, id); });
    if (!opposite || shared < 2) continue;
    out.push_back(fmt::format("this sets aside edit {}: {} {} by {}", other.seq,
                              to_string(other.kind), other.target, other.who));
  }
  return out;
}

}  // namespace app
