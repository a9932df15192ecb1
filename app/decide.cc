#include "app/decide.h"

#include <functional>

#include <fmt/format.h>

#include "app/edit_targets.h"
#include "correlate/decisions.h"
#include "correlate/deleted.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using model::Edit;
using model::EditKind;
using model::Errc;
using model::Error;
using model::Result;
using Words = std::vector<std::string>;

// Makes the edits that a decision's words mean.
using Maker = std::function<Result<std::vector<Edit>>(store::Store&, const Words&)>;

// The edit that has done this already; none: it is still to be done.
std::optional<std::int64_t> done_by(const std::vector<Edit>& edits, const Edit& edit) {
  auto undone = correlate::undone_edits(edits);
  if (edit.kind == EditKind::kUndo) {
    auto found = undone.find(std::stoll(edit.target));
    return found == undone.end() ? std::nullopt : std::optional(found->second);
  }
  if (edit.kind == EditKind::kDelete) {
    auto deletions = correlate::deletions(edits);
    auto found = deletions.find(edit.target);
    return found == deletions.end() ? std::nullopt : std::optional(found->second.seq);
  }
  if (edit.kind == EditKind::kNote) return std::nullopt;
  // The last that was decided about the same is the same: nothing new.
  for (auto other = edits.rbegin(); other != edits.rend(); ++other) {
    bool about = other->target == edit.target && other->field == edit.field;
    bool judges = other->kind == EditKind::kPin || other->kind == EditKind::kReject;
    bool same_kind = other->kind == edit.kind ||
                     (judges && (edit.kind == EditKind::kPin || edit.kind == EditKind::kReject));
    if (!about || !same_kind || undone.contains(other->seq)) continue;
    bool same =
        other->kind == edit.kind && other->value == edit.value && other->entries == edit.entries;
    return same ? std::optional(other->seq) : std::nullopt;
  }
  return std::nullopt;
}

// One edit of all the words.
template <typename Make>
Maker one(Make make) {
  return [make](store::Store& store, const Words& words) -> Result<std::vector<Edit>> {
    auto edit = make(store, words);
    if (!edit) return edit.error();
    return std::vector<Edit>{*std::move(edit)};
  };
}

// One edit a word.
template <typename Make>
Maker each(Make make) {
  return [make](store::Store& store, const Words& words) -> Result<std::vector<Edit>> {
    std::vector<Edit> out;
    for (const auto& word : words) {
      auto edit = make(store, word);
      if (!edit) return edit.error();
      out.push_back(*std::move(edit));
    }
    return out;
  };
}

Maker judge(EditKind kind) {
  return one(
      [kind](store::Store& store, const Words& ids) { return judgement_of(store, kind, ids); });
}

struct Row {
  DecisionKind kind;
  Maker maker;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {{"merge", "Two are one, now and in every later run",
        "Two stories (sty-…), two incidents (inc-…), or two entries whose stories are meant"},
       one(merge_of)},
      {{"split", "These are no part of that",
        "A story and entries of it, or an incident and stories"},
       one(split_of)},
      {{"pin", "A link or a verdict is right",
        "A link (lnk-…), a verdict (vrd-…), or ENTRY OUTAGE"},
       judge(EditKind::kPin)},
      {{"reject", "A link or a verdict is wrong",
        "A link (lnk-…), a verdict (vrd-…), or ENTRY OUTAGE"},
       judge(EditKind::kReject)},
      {{"note", "Put a note beside it", "What it is on, and the text in quotes"}, one(note_of)},
      {{"correct", "Say what is right; what was worked out stays beside it",
        "A story and title, type or happened, or an incident and title; then what is right"},
       one(correction_of)},
      {{"delete", "Show these entries no more, nor if they come again; they stay in the store",
        "Entries (ent-…)"},
       each(deletion_of)},
      {{"undo", "Take these edits back", "Numbers, as faultline log shows them"}, each(undo_of)},
  };
  return kRows;
}

const Maker* maker_named(std::string_view name) {
  for (const auto& row : rows()) {
    if (row.kind.name == name) return &row.maker;
  }
  return nullptr;
}

constexpr std::size_t kMostWords = 1000;
constexpr std::size_t kMostBytes = 10'000;  // of a note, a reason, a title that is right

// What of it cannot be, whatever the store holds; empty: all can.
std::string objection(const Decision& decision) {
  if (decision.words.empty()) return "it names nothing; say what it is about, by its id";
  if (decision.words.size() > kMostWords) return "more than 1,000 words; decide in several edits";
  for (const auto& word : decision.words) {
    if (word.size() > kMostBytes) return "a text longer than 10,000 bytes";
  }
  if (decision.reason.size() > kMostBytes) return "the reason is longer than 10,000 bytes";
  if (decision.who.empty() || decision.who.size() > 200) return "who decides, in 200 bytes at most";
  return {};
}

}  // namespace

const std::vector<DecisionKind>& decision_kinds() {
  static const std::vector<DecisionKind> kKinds = [] {
    std::vector<DecisionKind> out;
    for (const auto& row : rows()) out.push_back(row.kind);
    return out;
  }();
  return kKinds;
}

Result<std::vector<Decided>> decide(store::Store& store, const Decision& decision,
                                    model::Instant now) {
  const auto* maker = maker_named(decision.kind);
  if (maker == nullptr) {
    return Error{Errc::kInvalid, fmt::format("no kind of edit “{}”", decision.kind)};
  }
  if (auto why = objection(decision); !why.empty()) {
    return Error{Errc::kInvalid, fmt::format("{}: {}", decision.kind, why)};
  }
  auto made = (*maker)(store, decision.words);
  if (!made) return made.error();
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto edits = store.edits(0);
  if (!edits) return edits.error();
  std::vector<Decided> out;
  for (auto& edit : *made) {
    if (auto before = done_by(*edits, edit)) {
      edit.seq = *before;
      out.push_back({std::move(edit), false, {}});
      continue;
    }
    edit.at = now;
    edit.who = decision.who;
    edit.reason = decision.reason;
    auto seq = (*writer)->append(edit);
    if (!seq) return seq.error();
    edit.seq = *seq;
    out.push_back({edit, true, overridden(*edits, edit)});
    edits->push_back(std::move(edit));
  }
  if (auto done = (*writer)->commit(); !done) return done.error();
  return out;
}

std::string line_of(const Edit& edit) {
  std::string out = fmt::format("{} {}", to_string(edit.kind), edit.target);
  if (!edit.field.empty()) out += " " + edit.field;
  if (edit.kind == EditKind::kSplit) {
    for (std::size_t i = 1; i < edit.entries.size(); ++i) out += " " + edit.entries[i];
  }
  if (!edit.value.empty()) out += " " + feeds::render::printable(edit.value);
  return out;
}

boost::json::object edit_json(const Edit& edit, std::optional<std::int64_t> undone_by) {
  boost::json::object out{{"seq", edit.seq},
                          {"at", model::to_iso(edit.at)},
                          {"who", edit.who},
                          {"kind", to_string(edit.kind)},
                          {"target", edit.target}};
  for (const auto& [name, text] : {std::pair{"field", edit.field}, std::pair{"value", edit.value},
                                   std::pair{"reason", edit.reason}}) {
    if (!text.empty()) out[name] = text;
  }
  if (!edit.entries.empty()) {
    out["entries"] = boost::json::array(edit.entries.begin(), edit.entries.end());
  }
  if (undone_by) out["undone_by"] = *undone_by;
  return out;
}

}  // namespace app
