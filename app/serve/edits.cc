#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/decide.h"
#include "app/serve/body.h"
#include "app/serve/incidents.h"
#include "app/serve/page.h"
#include "app/serve/routes.h"
#include "app/serve/sessions.h"
#include "correlate/decisions.h"
#include "feeds/render/records.h"
#include "feeds/render/told.h"

// What writes: decisions of editors, tokens, and signing in.
namespace app::serve {
namespace {

namespace json = boost::json;
using feeds::render::set;
using feeds::render::view;
using model::Errc;
using model::Error;
using model::Result;
using model::Status;

constexpr std::size_t kMostForm = 64U << 10U;

// {"kind","words":[…],"reason"?} as a decision of the one who asks.
Result<Decision> decision_of(const Call& call) {
  auto object = object_of(call);
  if (!object) return object.error();
  Decision out;
  auto kind = text_of(*object, "kind", true);
  if (!kind) return kind.error();
  auto reason = text_of(*object, "reason", false);
  if (!reason) return reason.error();
  const auto* words = object->if_contains("words");
  if (words == nullptr || !words->is_array()) {
    return Error{Errc::kInvalid, "“words” must be a list of texts: what it is about"};
  }
  for (const auto& word : words->get_array()) {
    if (!word.is_string()) return Error{Errc::kInvalid, "“words” must be a list of texts"};
    out.words.emplace_back(word.get_string());
  }
  out.kind = *std::move(kind);
  out.reason = *std::move(reason);
  out.who = call.caller.name;
  return out;
}

json::object decided_json(const Decided& decided) {
  auto out = app::edit_json(decided.edit, std::nullopt);
  out["fresh"] = decided.fresh;
  if (!decided.sets_aside.empty()) {
    out["sets_aside"] = json::array(decided.sets_aside.begin(), decided.sets_aside.end());
  }
  return out;
}

Result<std::vector<Decided>> decided(const Call& call, const Decision& decision) {
  std::vector<Decided> out;
  auto done = call.write([&](store::Store& store) -> Status {
    auto made = decide(store, decision, call.now);
    if (!made) return made.error();
    out = *std::move(made);
    return {};
  });
  if (!done) return done.error();
  return out;
}

Answered add_edit(Call& call) {
  auto decision = decision_of(call);
  if (!decision) return decision.error();
  auto made = decided(call, *decision);
  if (!made) return made.error();
  json::array items;
  for (const auto& one : *made) items.push_back(decided_json(one));
  auto out = json_answer(json::serialize(json::object{{"items", std::move(items)}}) + "\n", 201);
  if (!made->empty()) {
    out.fields.emplace_back("Location", fmt::format("/api/v1/edits/{}", made->front().edit.seq));
  }
  return out;
}

Answered undo_edit(Call& call) {
  auto made = decided(call, {"undo", {call.path[0]}, {}, call.caller.name});
  if (!made) return made.error();
  return json_answer(json::serialize(decided_json(made->front())) + "\n");
}

Answered edits(Call& call) {
  auto all = call.store.edits(0);
  if (!all) return all.error();
  auto undone = correlate::undone_edits(*all);
  auto after = number(call.query, "after", 0, std::size_t{1} << 62U, 0);
  auto limit = number(call.query, "limit", 1, 1000, 100);
  if (!after) return after.error();
  if (!limit) return limit.error();
  json::array items;
  std::string next;
  for (const auto& edit : *all) {
    if (edit.seq <= static_cast<std::int64_t>(*after)) continue;
    if (items.size() == *limit) {
      next = std::to_string(items.back().at("seq").as_int64());
      break;
    }
    auto by = undone.find(edit.seq);
    items.push_back(
        app::edit_json(edit, by == undone.end() ? std::nullopt : std::optional(by->second)));
  }
  json::object out{{"items", std::move(items)}};
  if (!next.empty()) out["next"] = next;
  auto answer = json_answer(json::serialize(out) + "\n");
  add_next(call, next, answer);
  return answer;
}

Answered edit(Call& call) {
  auto all = call.store.edits(0);
  if (!all) return all.error();
  auto undone = correlate::undone_edits(*all);
  for (const auto& one : *all) {
    if (std::to_string(one.seq) != call.path[0]) continue;
    auto by = undone.find(one.seq);
    return json_answer(json::serialize(app::edit_json(
                           one, by == undone.end() ? std::nullopt : std::optional(by->second))) +
                       "\n");
  }
  return Error{Errc::kNotFound, fmt::format("no edit {}", call.path[0])};
}

json::object token_json(const model::Token& token) {
  json::object out{{"id", token.id},
                   {"name", token.name},
                   {"role", view(to_string(token.role))},
                   {"created_at", model::to_iso(token.created_at)}};
  set(out, "expires_at", token.expires_at);
  return out;
}

Answered tokens(Call& call) {
  auto all = call.store.tokens();
  if (!all) return all.error();
  json::array items;
  for (const auto& token : *all) items.push_back(token_json(token));
  return json_answer(json::serialize(json::object{{"items", std::move(items)}}) + "\n");
}

Answered add_token(Call& call) {
  auto object = object_of(call);
  if (!object) return object.error();
  auto name = text_of(*object, "name", true), role = text_of(*object, "role", true),
       until = text_of(*object, "expires_at", false);
  for (const auto* one : {&name, &role, &until}) {
    if (!*one) return one->error();
  }
  auto known = model::role_named(*role);
  if (!known || *known == model::Role::kOutsider) {
    return Error{Errc::kInvalid, "“role” must be reader, editor or admin"};
  }
  if (name->empty() || name->size() > 200) {
    return Error{Errc::kInvalid, "“name” must be a text of 200 bytes at most"};
  }
  std::optional<model::Instant> expires;
  if (!until->empty()) {
    auto at = model::parse_iso(*until);
    if (!at) return Error{Errc::kInvalid, "“expires_at” must be a time, as 2027-01-01T00:00Z"};
    expires = at->at;
  }
  auto secret = new_secret();
  auto token = token_for(*name, *known, secret, call.now, expires);
  auto done = call.write([&](store::Store& store) -> Status {
    auto writer = store.begin();
    if (!writer) return writer.error();
    if (auto put = (*writer)->put(token); !put) return put;
    return (*writer)->commit();
  });
  if (!done) return done.error();
  auto out = token_json(token);
  out["secret"] = secret;  // told this once
  return json_answer(json::serialize(out) + "\n", 201);
}

Answered remove_token(Call& call) {
  bool there = false;
  auto done = call.write([&](store::Store& store) -> Status {
    auto writer = store.begin();
    if (!writer) return writer.error();
    auto removed = (*writer)->remove_token(call.path[0]);
    if (!removed) return removed.error();
    there = *removed;
    return (*writer)->commit();
  });
  if (!done) return done.error();
  if (!there) return Error{Errc::kNotFound, fmt::format("no token “{}”", call.path[0])};
  HttpAnswer out;
  out.status = 204;
  return out;
}

// A form of one of our pages. kInvalid for one that is none, or comes from elsewhere.
Result<Fields> form_of(const Call& call) {
  if (!call.request.field("Content-Type").starts_with("application/x-www-form-urlencoded")) {
    return Error{Errc::kInvalid, "this takes a form"};
  }
  return Fields::parse(call.request.body);
}

// Where a form leads back to: a path of ours, never another site.
std::string way_back(const Fields& form) {
  auto to = form["to"];
  bool ours = to.starts_with('/') && !to.starts_with("//") && to.find('\\') == to.npos;
  return ours ? std::string(to) : "/";
}

Answered decide_by_form(Call& call) {
  auto form = form_of(call);
  if (!form) return form.error();
  if (call.caller.session.empty() || (*form)["proof"] != call.caller.session) {
    return message_page(403, "Not from a page of ours",
                        "Sign in, and send the form from the page where it stands.");
  }
  Decision decision;
  decision.kind = (*form)["kind"];
  for (auto& word : form->all("word")) {
    if (!word.empty()) decision.words.push_back(std::move(word));
  }
  decision.reason = (*form)["reason"];
  decision.who = call.caller.name;
  auto made = decided(call, decision);
  if (!made) return made.error();
  return redirect(way_back(*form));
}

std::string login_main(std::string_view to, std::string_view wrong) {
  std::string said = wrong.empty()
                         ? std::string()
                         : fmt::format("<p class=\"note\" role=\"alert\">{}</p>\n", wrong);
  return fmt::format(
      "<h1>Sign in</h1>\n{}<p>Reading needs no token. Editors sign in with the token that "
      "<code>faultline tokens add</code> printed.</p>\n<form method=\"post\" action=\"/login\" "
      "class=\"stack\"><label>Token <input type=\"password\" name=\"token\" required "
      "autocomplete=\"current-password\"></label><input type=\"hidden\" name=\"to\" value=\"{}\">"
      "<button>Sign in</button></form>\n",
      said, feeds::render::escaped(to));
}

Answered login_page(Call& call) {
  return page(call, {.title = "Sign in", .main = login_main(call.query["to"], {})});
}

Answered login(Call& call) {
  auto form = form_of(call);
  if (!form) return form.error();
  auto tokens = call.store.tokens();
  if (!tokens) return tokens.error();
  const auto* token = token_of(*tokens, (*form)["token"], call.now);
  if (token == nullptr) {
    return page(call,
                {.title = "Sign in",
                 .main = login_main((*form)["to"], "This token is not known, or has expired.")},
                403);
  }
  auto out = redirect(way_back(*form));
  bool tls = call.base.starts_with("https://");
  out.fields.emplace_back(
      "Set-Cookie",
      fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200{}", kCookie,
                  call.sessions->begin(*token, call.now), tls ? "; Secure" : ""));
  out.fields.emplace_back("Cache-Control", "no-store");
  return out;
}

Answered logout(Call& call) {
  auto form = form_of(call);
  if (!form) return form.error();
  if ((*form)["proof"] == call.caller.session) call.sessions->end(session_cookie(call.request));
  auto out = redirect("/");
  out.fields.emplace_back(
      "Set-Cookie", fmt::format("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", kCookie));
  return out;
}

}  // namespace

std::vector<Route> edit_routes() {
  using model::Role;
  constexpr auto kNever = Keep::kNever;
  return {{"GET", "/api/v1/edits", Role::kOutsider, Keep::kUntilChange, 0, edits},
          {"GET", "/api/v1/edits/{seq}", Role::kOutsider, Keep::kUntilChange, 0, edit},
          {"POST", "/api/v1/edits", Role::kEditor, kNever, kMostForm, add_edit},
          {"DELETE", "/api/v1/edits/{seq}", Role::kEditor, kNever, 0, undo_edit},
          {"GET", "/api/v1/tokens", Role::kAdmin, kNever, 0, tokens},
          {"POST", "/api/v1/tokens", Role::kAdmin, kNever, kMostForm, add_token},
          {"DELETE", "/api/v1/tokens/{id}", Role::kAdmin, kNever, 0, remove_token},
          {"POST", "/edit", Role::kEditor, kNever, kMostForm, decide_by_form},
          {"GET", "/login", Role::kOutsider, kNever, 0, login_page},
          {"POST", "/login", Role::kOutsider, kNever, 4096, login},
          {"POST", "/logout", Role::kOutsider, kNever, 4096, logout}};
}

}  // namespace app::serve
