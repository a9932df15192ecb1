#include <memory>
#include <optional>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/serve/sessions.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

struct Given {
  std::string name;
  std::string role = "reader";
  std::string until;
  std::string id;
};

int add(const Given& given, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto role = model::role_named(given.role);
  if (!role || *role == model::Role::kOutsider) {
    return bad_usage("--role: there are reader, editor and admin");
  }
  if (given.name.empty() || given.name.size() > 200) {
    return bad_usage("name: whose it is, in 200 bytes at most");
  }
  std::optional<model::Instant> until;
  if (!given.until.empty()) {
    auto at = parse_moment("--until", given.until);
    if (!at) return bad_usage(at.error().message);
    until = *at;
  }
  auto secret = serve::new_secret();
  auto token = serve::token_for(given.name, *role, secret, *now, until);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto writer = (*store)->begin();
  if (!writer) return fail(writer.error());
  auto done = (*writer)->put(token);
  if (done) done = (*writer)->commit();
  if (!done) return fail(done.error());
  if (context.json) {
    fmt::print(
        "{}\n",
        boost::json::serialize(boost::json::object{
            {"id", token.id}, {"name", token.name}, {"role", given.role}, {"secret", secret}}));
  } else {
    fmt::print(stderr, "{} for {}: this is its secret, shown this once.\n", token.id,
               feeds::render::printable(token.name));
    fmt::print("{}\n", secret);
  }
  return kDone;
}

int list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto tokens = (*store)->tokens();
  if (!tokens) return fail(tokens.error());
  for (const auto& token : *tokens) {
    auto until = token.expires_at ? model::to_iso(*token.expires_at) : std::string();
    if (context.json) {
      boost::json::object out{{"id", token.id},
                              {"name", token.name},
                              {"role", to_string(token.role)},
                              {"created_at", model::to_iso(token.created_at)}};
      if (!until.empty()) out["expires_at"] = until;
      fmt::print("{}\n", boost::json::serialize(out));
    } else {
      fmt::print("{}  {:<6}  {}{}\n", token.id, to_string(token.role),
                 feeds::render::printable(token.name), until.empty() ? "" : ", until " + until);
    }
  }
  if (tokens->empty() && !context.json) fmt::print("There is no token.\n");
  return kDone;
}

int remove(const Given& given, const Context& context) {
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto writer = (*store)->begin();
  if (!writer) return fail(writer.error());
  auto there = (*writer)->remove_token(given.id);
  if (!there) return fail(there.error());
  if (auto done = (*writer)->commit(); !done) return fail(done.error());
  if (!*there) {
    return fail({model::Errc::kNotFound,
                 fmt::format("no token “{}”; faultline tokens list shows them", given.id)});
  }
  return kDone;
}

}  // namespace

std::function<int()> tokens(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  auto* sub = options.add_subcommand("add", "Make one; its secret is printed once");
  sub->fallthrough();
  sub->add_option("name", given->name, "Whose it is: the author of what is decided with it")
      ->required();
  sub->add_option("--role", given->role, "reader, editor or admin")->capture_default_str();
  sub->add_option("--until", given->until, "It holds until then (ISO 8601)");
  sub->callback([=, &context] { *chosen = [=, &context] { return add(*given, context); }; });
  sub = options.add_subcommand("list", "All of them, without their secrets");
  sub->fallthrough();
  sub->callback([=, &context] { *chosen = [&context] { return list(context); }; });
  sub = options.add_subcommand("remove", "It holds no more");
  sub->fallthrough();
  sub->add_option("id", given->id, "tok-…")->required();
  sub->callback([=, &context] { *chosen = [=, &context] { return remove(*given, context); }; });
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
