#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/commands/edit_targets.h"
#include "correlate/decisions.h"
#include "correlate/deleted.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Edit;
using model::EditKind;
using model::Result;
using model::Status;

struct Given {
  std::vector<std::string> words;
  std::string reason;
  std::string who;
};

// Makes the edits that a command's words mean.
using Maker = std::function<Result<std::vector<Edit>>(store::Store&, const Given&)>;

// Who decides, where nobody says: the user of this machine.
std::string user() {
  const char* name = std::getenv("USER");
  return name != nullptr && *name != '\0' ? name : "someone";
}

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

std::string line_of(const Edit& edit) {
  std::string out = fmt::format("{} {}", to_string(edit.kind), edit.target);
  if (!edit.field.empty()) out += " " + edit.field;
  if (edit.kind == EditKind::kSplit) {
    for (std::size_t i = 1; i < edit.entries.size(); ++i) out += " " + edit.entries[i];
  }
  if (!edit.value.empty()) out += " " + printable(edit.value);
  return out;
}

Status append_all(const Given& given, const Maker& maker, model::Instant now, store::Store& store) {
  auto fresh = maker(store, given);
  if (!fresh) return fresh.error();
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto edits = store.edits(0);
  if (!edits) return edits.error();
  std::vector<std::string> said;
  for (auto& edit : *fresh) {
    if (auto before = done_by(*edits, edit)) {
      said.push_back(fmt::format("edit {}: {}, as before", *before, line_of(edit)));
      continue;
    }
    edit.at = now;
    edit.who = given.who;
    edit.reason = given.reason;
    auto seq = (*writer)->append(edit);
    if (!seq) return seq.error();
    edit.seq = *seq;
    said.push_back(fmt::format("edit {}: {}", *seq, line_of(edit)));
    for (auto& line : overridden(*edits, edit)) said.push_back("  " + std::move(line));
    edits->push_back(std::move(edit));
  }
  if (auto done = (*writer)->commit(); !done) return done;
  for (const auto& line : said) fmt::print("{}\n", line);
  return {};
}

int append(const Given& given, const Maker& maker, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto done = append_all(given, maker, *now, **store);
  if (done) return kDone;
  return done.error().code == model::Errc::kInvalid ? bad_usage(done.error().message)
                                                    : fail(done.error());
}

void print(const Edit& edit, std::optional<std::int64_t> undone_by, bool json) {
  if (json) {
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
    fmt::print("{}\n", boost::json::serialize(out));
    return;
  }
  fmt::print("{:>5}  {}  {}  {}{}{}\n", edit.seq, model::to_iso(edit.at), printable(edit.who),
             line_of(edit), edit.reason.empty() ? "" : ": " + printable(edit.reason),
             undone_by ? fmt::format(" (undone by edit {})", *undone_by) : "");
}

int list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto edits = (*store)->edits(0);
  if (!edits) return fail(edits.error());
  auto undone = correlate::undone_edits(*edits);
  for (const auto& edit : *edits) {
    auto by = undone.find(edit.seq);
    print(edit, by == undone.end() ? std::nullopt : std::optional(by->second), context.json);
  }
  if (edits->empty() && !context.json) fmt::print("Nothing was decided yet.\n");
  return kDone;
}

// One edit of all the words.
template <typename Make>
Maker one(Make make) {
  return [make](store::Store& store, const Given& given) -> Result<std::vector<Edit>> {
    auto edit = make(store, given.words);
    if (!edit) return edit.error();
    return std::vector<Edit>{*std::move(edit)};
  };
}

// One edit a word.
template <typename Make>
Maker each(Make make) {
  return [make](store::Store& store, const Given& given) -> Result<std::vector<Edit>> {
    std::vector<Edit> out;
    for (const auto& word : given.words) {
      auto edit = make(store, word);
      if (!edit) return edit.error();
      out.push_back(*std::move(edit));
    }
    return out;
  };
}

struct Subcommand {
  const char* name;
  const char* does;
  const char* words;
  Maker maker;
};

std::vector<Subcommand> subcommands() {
  auto judge = [](EditKind kind) {
    return one([kind](store::Store& store, const std::vector<std::string>& ids) {
      return judgement_of(store, kind, ids);
    });
  };
  return {{"merge", "Two are one, now and in every later run",
           "Two stories (sty-…), two incidents (inc-…), or two entries whose stories are meant",
           one(merge_of)},
          {"split", "These are no part of that",
           "A story and entries of it, or an incident and stories", one(split_of)},
          {"pin", "A link or a verdict is right",
           "A link (lnk-…), a verdict (vrd-…), or ENTRY OUTAGE", judge(EditKind::kPin)},
          {"reject", "A link or a verdict is wrong",
           "A link (lnk-…), a verdict (vrd-…), or ENTRY OUTAGE", judge(EditKind::kReject)},
          {"note", "Put a note beside it", "What it is on, and the text in quotes", one(note_of)},
          {"correct", "Say what is right; what was worked out stays beside it",
           "A story and title, type or happened, or an incident and title; then what is right",
           one(correction_of)},
          {"delete", "Show these entries no more, nor if they come again; they stay in the store",
           "Entries (ent-…)", each(deletion_of)},
          {"undo", "Take these edits back", "Numbers, as faultline log shows them", each(undo_of)}};
}

}  // namespace

std::function<int()> edit(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  given->who = user();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  for (auto& command : subcommands()) {
    auto* sub = options.add_subcommand(command.name, command.does);
    sub->fallthrough();
    sub->add_option("words", given->words, command.words)->required();
    sub->add_option("--reason", given->reason, "Why, for those who read the log later");
    sub->add_option("--who", given->who, "Who decides")->capture_default_str();
    sub->callback([=, &context, maker = std::move(command.maker)] {
      *chosen = [=, &context] { return append(*given, maker, context); };
    });
  }
  auto* sub = options.add_subcommand("list", "What was decided, as faultline log shows it");
  sub->fallthrough();
  sub->callback([=, &context] { *chosen = [&context] { return list(context); }; });
  return [chosen] { return (*chosen)(); };
}

std::function<int()> log(CLI::App&, const Context& context) {
  return [&context] { return list(context); };
}

}  // namespace app
