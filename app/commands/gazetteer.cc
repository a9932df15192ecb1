#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/names.h"
#include "correlate/gazetteer/cities.h"
#include "correlate/gazetteer/list.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

namespace gazetteer = correlate::gazetteer;
using feeds::render::printable;
using model::Errc;
using model::Error;
using model::Result;

struct Importing {
  std::vector<std::string> files;
  std::string title, licence, kind;
};

// "1 thing by 3 names".
std::string in_words(const model::NameList& list) {
  return fmt::format("{} thing{} by {} name{}", list.records, list.records == 1 ? "" : "s",
                     list.names, list.names == 1 ? "" : "s");
}

Result<model::NameList> read_list(const std::string& file, const Importing& given,
                                  model::Instant now) {
  auto list = read_names(file, given.title, given.licence, given.kind);
  if (list) list->imported_at = now;
  return list;
}

int import(const Importing& given, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  int code = kDone;
  for (const auto& file : given.files) {
    auto list = read_list(file, given, *now);
    if (!list) {
      code = fail(list.error());
      continue;
    }
    auto writer = (*store)->begin();
    if (!writer) return fail(writer.error());
    if (auto done = (*writer)->put(*list); !done) return fail(done.error());
    if (auto done = (*writer)->commit(); !done) return fail(done.error());
    fmt::print("{}: {}, as “{}” ({})\n", printable(file), in_words(*list), printable(list->title),
               list->id);
  }
  return code;
}

int remove(const std::vector<std::string>& ids, const Context& context) {
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto writer = (*store)->begin();
  if (!writer) return fail(writer.error());
  int code = kDone;
  for (const auto& id : ids) {
    auto done = (*writer)->remove_names(id);
    if (!done) return fail(done.error());
    if (*done) {
      fmt::print("{}: removed\n", id);
    } else {
      code = fail({Errc::kNotFound, id + " is no list; faultline gazetteer shows them."});
    }
  }
  auto done = (*writer)->commit();
  return done ? code : fail(done.error());
}

boost::json::object to_json(const model::NameList& list) {
  return {
      {"id", list.id},
      {"title", list.title},
      {"licence", list.licence},
      {"source", list.source},
      {"records", list.records},
      {"names", list.names},
      {"imported", list.imported_at == model::Instant{} ? "" : model::to_iso(list.imported_at)}};
}

model::NameList cities() {
  const auto& all = gazetteer::cities();
  model::NameList out;
  out.title = all.title();
  out.licence = all.licence();
  out.source = "the program";
  out.records = static_cast<std::int64_t>(all.size());
  out.names = static_cast<std::int64_t>(all.names());
  return out;
}

int show(const Context& context) {
  auto store = context.open(true);
  // Where there is no store yet, there is what the program brings.
  if (!store && store.error().code != Errc::kNotFound) return fail(store.error());
  std::vector<model::NameList> lists{cities()};
  if (store) {
    auto added = (*store)->name_lists();
    if (!added) return fail(added.error());
    lists.insert(lists.end(), added->begin(), added->end());
  }
  for (const auto& list : lists) {
    if (context.json) {
      fmt::print("{}\n", boost::json::serialize(to_json(list)));
      continue;
    }
    auto licence = list.licence.empty() ? std::string("licence not told") : list.licence;
    fmt::print("{}\n  {}; {}; from {}{}\n", printable(list.title), in_words(list),
               printable(licence), printable(list.source),
               list.id.empty()
                   ? ""
                   : fmt::format(" on {:.10} ({})", model::to_iso(list.imported_at), list.id));
  }
  return kDone;
}

std::function<int()> set_up_import(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Importing>();
  options
      .add_option(
          "files", given->files,
          "MISP galaxy clusters, JSON lines, tables with a column “name”, AS numbers with their "
          "names; - is stdin")
      ->required();
  options.add_option("--title", given->title, "What to call the list; the same replaces it");
  options.add_option("--licence", given->licence, "Its terms, shown by faultline about");
  options.add_option("--kind", given->kind, "What all of its names are")
      ->check(CLI::IsMember(
          {"city", "actor", "malware", "organisation", "person", "work", "network", "other"}));
  return [given, &context] { return import(*given, context); };
}

std::function<int()> set_up_remove(CLI::App& options, const Context& context) {
  auto ids = std::make_shared<std::vector<std::string>>();
  options.add_option("ids", *ids, "Lists, as faultline gazetteer names them")->required();
  return [ids, &context] { return remove(*ids, context); };
}

}  // namespace

std::function<int()> gazetteer_command(CLI::App& options, const Context& context) {
  auto chosen = std::make_shared<std::function<int()>>([&context] { return show(context); });
  options.require_subcommand(0, 1);
  auto add = [&](const char* name, const char* does, auto set_up) {
    auto* sub = options.add_subcommand(name, does);
    sub->fallthrough();
    auto action = set_up(*sub, context);
    sub->callback([chosen, action] { *chosen = action; });
  };
  add("import", "Add lists of names; the entries are read again", set_up_import);
  add("remove", "Forget lists", set_up_remove);
  return [chosen] { return (*chosen)(); };
}

std::function<int()> about(CLI::App& /*options*/, const Context& context) {
  return [&context] {
    if (!context.json) {
      fmt::print("Faultline " FAULTLINE_VERSION
                 ": news held against measured Internet outages.\n\n"
                 "Names of countries, months and days: CLDR, through ICU (Unicode licence).\n"
                 "Names that are looked up:\n");
    }
    return show(context);
  };
}

}  // namespace app
