#include <algorithm>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/mail/outbox.h"
#include "app/serve/body.h"
#include "app/serve/routes.h"
#include "app/serve/sessions.h"
#include "app/sign/webhook.h"
#include "feeds/render/records.h"

// Alerts: saved searches that tell when something new answers them.
namespace app::serve {
namespace {

namespace json = boost::json;
using feeds::render::set;
using feeds::render::view;
using model::Errc;
using model::Error;
using model::Result;
using model::Status;
using model::Subscription;
using Channel = Subscription::Channel;

constexpr std::size_t kMostBody = 8192;
constexpr std::size_t kIssues = 50;  // in a feed

std::string feed_of(const Call& call, const Subscription& one) {
  return fmt::format("{}alerts/{}/feed.atom", call.base, one.token);
}

// As editors see it; what signs and what ends it stays with us.
json::object alert_json(const Call& call, const Subscription& one) {
  json::object out{{"id", one.id},
                   {"query", one.query},
                   {"channel", view(to_string(one.channel))},
                   {"target", one.channel == Channel::kFeed ? feed_of(call, one) : one.address},
                   {"threshold", one.threshold},
                   {"quiet", one.quiet.count()},
                   {"zone", one.zone},
                   {"state", view(to_string(one.state))},
                   {"failures", one.bounces},
                   {"created_at", model::to_iso(one.created_at)},
                   {"told_until", model::to_iso(one.told_until)}};
  return out;
}

Answered alerts(Call& call) {
  auto all = call.store.subscriptions();
  if (!all) return all.error();
  json::array items;
  for (const auto& one : *all) {
    if (one.kind == Subscription::Kind::kAlert) items.push_back(alert_json(call, one));
  }
  return json_answer(json::serialize(json::object{{"items", std::move(items)}}) + "\n");
}

Result<Subscription> alert_of(store::Store& store, const std::string& id) {
  auto found = store.subscription(id);
  if (!found) return found.error();
  if (!*found || (*found)->kind != Subscription::Kind::kAlert) {
    return Error{Errc::kNotFound, fmt::format("no alert “{}”", id)};
  }
  return **std::move(found);
}

Answered alert(Call& call) {
  auto one = alert_of(call.store, call.path[0]);
  if (!one) return one.error();
  return json_answer(json::serialize(alert_json(call, *one)) + "\n");
}

std::optional<Channel> channel_named(std::string_view name) {
  for (auto channel : {Channel::kMail, Channel::kWebhook, Channel::kFeed}) {
    if (to_string(channel) == name) return channel;
  }
  return std::nullopt;
}

// {"query","channel","target"?,"threshold"?,"quiet"?,"zone"?} as a wish.
Result<mail::Wish> wish_of(const Call& call) {
  auto object = object_of(call);
  if (!object) return object.error();
  auto query = text_of(*object, "query", true), channel = text_of(*object, "channel", true),
       target = text_of(*object, "target", false), zone = text_of(*object, "zone", false);
  for (const auto* one : {&query, &channel, &target, &zone}) {
    if (!*one) return one->error();
  }
  auto threshold = number_of(*object, "threshold", 1, mail::kMostThreshold, 1);
  if (!threshold) return threshold.error();
  auto quiet = number_of(*object, "quiet", 0, mail::kLongestQuiet.count(), 3600);
  if (!quiet) return quiet.error();
  auto known = channel_named(*channel);
  if (!known) return Error{Errc::kInvalid, "“channel” must be mail, webhook or feed"};
  mail::Wish out;
  out.kind = Subscription::Kind::kAlert;
  out.channel = *known;
  out.address = *std::move(target);
  out.query = *std::move(query);
  if (!zone->empty()) out.zone = *std::move(zone);
  out.threshold = static_cast<int>(*threshold);
  out.quiet = model::Seconds(*quiet);
  if (*known == Channel::kWebhook) out.secret = sign::new_webhook_secret();
  return out;
}

Answered add_alert(Call& call) {
  auto wish = wish_of(call);
  if (!wish) return wish.error();
  Subscription made;
  auto done = call.record([&](store::Store& store) -> Status {
    auto one = mail::subscribe(store, *wish, new_secret(), call.now);
    if (!one) return one.error();
    made = *std::move(one);
    return {};
  });
  if (!done) return done.error();
  auto out = alert_json(call, made);
  // Told to the one who makes it, and never again.
  if (made.secret == wish->secret && !made.secret.empty()) out["secret"] = made.secret;
  auto answer = json_answer(json::serialize(out) + "\n", 201);
  answer.fields.emplace_back("Location", "/api/v1/alerts/" + made.id);
  return answer;
}

Answered remove_alert(Call& call) {
  auto one = alert_of(call.store, call.path[0]);
  if (!one) return one.error();
  auto done = call.record([&](store::Store& store) -> Status {
    auto ended = mail::end(store, one->token);
    return ended ? Status() : Status(ended.error());
  });
  if (!done) return done.error();
  HttpAnswer out;
  out.status = 204;
  return out;
}

// Whoever has its address may read it: feed readers cannot sign in.
Answered feed(Call& call) {
  auto found = call.store.subscription_with(call.path[0]);
  if (!found) return found.error();
  bool there = *found && (*found)->kind == Subscription::Kind::kAlert &&
               (*found)->channel == Channel::kFeed &&
               (*found)->state == Subscription::State::kActive;
  if (!there) return Error{Errc::kNotFound, "no such feed, or it has ended"};
  auto issues = call.store.issues_of((*found)->id, kIssues);
  if (!issues) return issues.error();
  HttpAnswer out;
  out.body = mail::issues_feed(**found, *issues, call.base, feed_of(call, **found));
  out.fields.emplace_back("Content-Type", "application/atom+xml; charset=utf-8");
  return out;
}

}  // namespace

std::vector<Route> alert_routes() {
  using model::Role;
  constexpr auto kNever = Keep::kNever;
  return {{"GET", "/api/v1/alerts", Role::kEditor, kNever, 0, alerts},
          {"POST", "/api/v1/alerts", Role::kEditor, kNever, kMostBody, add_alert},
          {"GET", "/api/v1/alerts/{id}", Role::kEditor, kNever, 0, alert},
          {"DELETE", "/api/v1/alerts/{id}", Role::kEditor, kNever, 0, remove_alert},
          {"GET", "/alerts/{token}/feed.atom", Role::kOutsider, kNever, 0, feed}};
}

}  // namespace app::serve
