#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/decide.h"
#include "correlate/decisions.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Edit;

// Who decides, where nobody says: the user of this machine.
std::string user() {
  const char* name = std::getenv("USER");
  return name != nullptr && *name != '\0' ? name : "someone";
}

int append(const Decision& decision, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto done = decide(**store, decision, *now);
  if (!done) {
    return done.error().code == model::Errc::kInvalid ? bad_usage(done.error().message)
                                                      : fail(done.error());
  }
  for (const auto& one : *done) {
    fmt::print("edit {}: {}{}\n", one.edit.seq, line_of(one.edit), one.fresh ? "" : ", as before");
    for (const auto& line : one.sets_aside) fmt::print("  {}\n", line);
  }
  return kDone;
}

void print(const Edit& edit, std::optional<std::int64_t> undone_by, bool json) {
  if (json) {
    fmt::print("{}\n", boost::json::serialize(edit_json(edit, undone_by)));
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

}  // namespace

std::function<int()> edit(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Decision>();
  given->who = user();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  for (const auto& kind : decision_kinds()) {
    auto* sub = options.add_subcommand(std::string(kind.name), std::string(kind.does));
    sub->fallthrough();
    sub->add_option("words", given->words, std::string(kind.words))->required();
    sub->add_option("--reason", given->reason, "Why, for those who read the log later");
    sub->add_option("--who", given->who, "Who decides")->capture_default_str();
    sub->callback([=, &context] {
      given->kind = kind.name;
      *chosen = [=, &context] { return append(*given, context); };
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
