#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "correlate/deleted.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Edit;
using model::EditKind;
using model::Errc;
using model::Error;
using model::Status;

struct Given {
  std::vector<std::string> targets;
  std::string reason;
  std::string who;
};

std::string_view name_of(EditKind kind) {
  constexpr std::string_view kNames[] = {"merge", "split",   "pin",  "reject",
                                         "note",  "correct", "undo", "delete"};
  return kNames[static_cast<std::size_t>(kind)];
}

// Who decides, where nobody says: the user of this machine.
std::string user() {
  const char* name = std::getenv("USER");
  return name != nullptr && *name != '\0' ? name : "someone";
}

// Whether the edit can be made: what it is about must be there.
Status check_entry(store::Store& store, const std::string& id) {
  auto entry = store.entry(id);
  if (!entry) return entry.error();
  if (*entry) return {};
  return Error{Errc::kNotFound, fmt::format("no entry “{}”; faultline timeline --format json shows "
                                            "their ids (ent-…)",
                                            id)};
}

Status check_edit(store::Store& store, const std::string& seq) {
  std::int64_t number = 0;
  auto [stop, failure] = std::from_chars(seq.data(), seq.data() + seq.size(), number);
  bool whole = failure == std::errc() && stop == seq.data() + seq.size() && number > 0;
  if (whole) {
    auto edits = store.edits(number - 1);
    if (!edits) return edits.error();
    if (!edits->empty() && edits->front().seq == number) return {};
  }
  return Error{Errc::kNotFound, fmt::format("no edit {}; faultline edit list shows them", seq)};
}

// The edit that has done this already; none: it is still to be done.
std::optional<std::int64_t> done_by(const std::vector<Edit>& edits, EditKind kind,
                                    const std::string& target) {
  if (kind == EditKind::kDelete) {
    auto deletions = correlate::deletions(edits);
    auto found = deletions.find(target);
    return found == deletions.end() ? std::nullopt : std::optional(found->second.seq);
  }
  auto undone = correlate::undone_edits(edits);
  auto found = undone.find(std::stoll(target));
  return found == undone.end() ? std::nullopt : std::optional(found->second);
}

Status append_all(const Given& given, EditKind kind, model::Instant now, store::Store& store) {
  for (const auto& target : given.targets) {
    auto there = kind == EditKind::kUndo ? check_edit(store, target) : check_entry(store, target);
    if (!there) return there;
  }
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto edits = store.edits(0);
  if (!edits) return edits.error();
  std::vector<std::string> said;
  for (const auto& target : given.targets) {
    if (auto before = done_by(*edits, kind, target)) {
      said.push_back(fmt::format("edit {}: {} {}, as before", *before, name_of(kind), target));
      continue;
    }
    Edit edit{0, now, given.who, kind, target, given.reason};
    auto seq = (*writer)->append(edit);
    if (!seq) return seq.error();
    edit.seq = *seq;
    edits->push_back(std::move(edit));
    said.push_back(fmt::format("edit {}: {} {}", *seq, name_of(kind), target));
  }
  if (auto done = (*writer)->commit(); !done) return done;
  for (const auto& line : said) fmt::print("{}\n", line);
  return {};
}

int append(const Given& given, EditKind kind, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto done = append_all(given, kind, *now, **store);
  return done ? kDone : fail(done.error());
}

void print(const Edit& edit, std::optional<std::int64_t> undone_by, bool json) {
  auto name = name_of(edit.kind);
  if (json) {
    boost::json::object out{{"seq", edit.seq},       {"at", model::to_iso(edit.at)},
                            {"who", edit.who},       {"kind", name},
                            {"target", edit.target}, {"value", edit.value}};
    if (undone_by) out["undone_by"] = *undone_by;
    fmt::print("{}\n", boost::json::serialize(out));
    return;
  }
  fmt::print("{:>5}  {}  {}  {} {}{}{}\n", edit.seq, model::to_iso(edit.at), printable(edit.who),
             name, edit.target, edit.value.empty() ? "" : ": " + printable(edit.value),
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

}  // namespace

std::function<int()> edit(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  given->who = user();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  auto add = [&](const char* name, const char* does, const char* what, EditKind kind) {
    auto* sub = options.add_subcommand(name, does);
    sub->fallthrough();
    sub->add_option("targets", given->targets, what)->required();
    sub->add_option("--reason", given->reason, "Why, for those who read the list later");
    sub->add_option("--who", given->who, "Who decides")->capture_default_str();
    sub->callback(
        [=, &context] { *chosen = [=, &context] { return append(*given, kind, context); }; });
  };
  add("delete", "Show these entries no more, nor if they come again; they stay in the store",
      "Entries (ent-…)", EditKind::kDelete);
  add("undo", "Take these edits back", "Numbers, as faultline edit list shows them",
      EditKind::kUndo);
  auto* sub = options.add_subcommand("list", "What was decided, when and by whom");
  sub->fallthrough();
  sub->callback([=, &context] { *chosen = [&context] { return list(context); }; });
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
