#include <charconv>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "store/model/text.h"

namespace app {
namespace {

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

int append(const Given& given, EditKind kind, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  for (const auto& target : given.targets) {
    auto there =
        kind == EditKind::kUndo ? check_edit(**store, target) : check_entry(**store, target);
    if (!there) return fail(there.error());
  }
  auto writer = (*store)->begin();
  if (!writer) return fail(writer.error());
  for (const auto& target : given.targets) {
    auto seq = (*writer)->append({0, *now, given.who, kind, target, given.reason});
    if (!seq) return fail(seq.error());
    fmt::print("edit {}: {} {}\n", *seq, name_of(kind), target);
  }
  auto done = (*writer)->commit();
  return done ? kDone : fail(done.error());
}

int list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto edits = (*store)->edits(0);
  if (!edits) return fail(edits.error());
  for (const auto& edit : *edits) {
    auto name = name_of(edit.kind);
    if (context.json) {
      boost::json::object out{
          {"seq", edit.seq},       {"at", model::to_iso(edit.at)},
          {"who", edit.who},       {"kind", boost::json::string(name.data(), name.size())},
          {"target", edit.target}, {"value", edit.value}};
      fmt::print("{}\n", boost::json::serialize(out));
    } else {
      auto value = edit.value.empty() ? "" : ": " + model::squeeze(edit.value);
      fmt::print("{:>5}  {}  {}  {} {}{}\n", edit.seq, model::to_iso(edit.at), edit.who, name,
                 edit.target, value);
    }
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
