#include <algorithm>
#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/durations.h"
#include "app/mail/subscriptions.h"
#include "app/serve/sessions.h"
#include "app/sign/webhook.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using feeds::render::printable;
using model::Subscription;
using Channel = Subscription::Channel;

struct Given {
  mail::Wish wish;
  std::string mail, webhook, id;
  bool feed = false, confirmed = false;
  std::int64_t quiet_s = 3600;
};

// Where the feed of an alert is, below where the pages are.
std::string feed_of(const Subscription& one, const Context& context) {
  return fmt::format("{}alerts/{}/feed.atom", context.mail.base, one.token);
}

std::string target_of(const Subscription& one, const Context& context) {
  return one.channel == Channel::kFeed ? feed_of(one, context) : one.address;
}

int added(const Subscription& one, const Context& context) {
  fmt::print("{}  {}  {}\n", one.id, to_string(one.state), printable(target_of(one, context)));
  if (!one.secret.empty()) fmt::print("Signed with {}\n", one.secret);
  return kDone;
}

int add(Given given, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  if (!given.mail.empty() + !given.webhook.empty() + given.feed != 1) {
    return bad_usage("say how it tells: --mail ADDRESS, --webhook URL or --feed");
  }
  auto& wish = given.wish;
  wish.kind = Subscription::Kind::kAlert;
  wish.quiet = model::Seconds(given.quiet_s);
  wish.address = given.mail + given.webhook;
  wish.channel = given.feed              ? Channel::kFeed
                 : given.webhook.empty() ? Channel::kMail
                                         : Channel::kWebhook;
  if (wish.channel == Channel::kWebhook) wish.secret = sign::new_webhook_secret();
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto made = mail::subscribe(**store, wish, serve::new_secret(), *now);
  if (!made) {
    bool usage = made.error().code == model::Errc::kInvalid;
    return usage ? bad_usage(made.error().message) : fail(made.error());
  }
  if (given.confirmed) {
    auto active = mail::confirm(**store, made->token, *now);
    if (!active) return fail(active.error());
    if (*active) *made = **active;
  }
  return added(*made, context);
}

boost::json::object to_json(const Subscription& one, const Context& context) {
  boost::json::object out{{"id", one.id},
                          {"query", one.query},
                          {"channel", to_string(one.channel)},
                          {"target", target_of(one, context)},
                          {"threshold", one.threshold},
                          {"quiet_s", one.quiet.count()},
                          {"state", to_string(one.state)},
                          {"failures", one.bounces},
                          {"created_at", model::to_iso(one.created_at)},
                          {"told_until", model::to_iso(one.told_until)}};
  if (one.next_at) out["quiet_until"] = model::to_iso(*one.next_at);
  return out;
}

int list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto all = (*store)->subscriptions();
  if (!all) return fail(all.error());
  std::erase_if(*all,
                [](const Subscription& one) { return one.kind != Subscription::Kind::kAlert; });
  for (const auto& one : *all) {
    if (context.json) {
      fmt::print("{}\n", boost::json::serialize(to_json(one, context)));
      continue;
    }
    fmt::print("{}  {:<7}  {:<7}  from {} on, quiet {} min  {}  {}\n", one.id, to_string(one.state),
               to_string(one.channel), one.threshold, one.quiet.count() / 60,
               printable(target_of(one, context)),
               one.query.empty() ? "everything" : printable(one.query));
  }
  if (all->empty() && !context.json) fmt::print("There is no alert.\n");
  return kDone;
}

int remove(const Given& given, const Context& context) {
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto one = (*store)->subscription(given.id);
  if (!one) return fail(one.error());
  if (!*one || (*one)->kind != Subscription::Kind::kAlert) {
    return fail({model::Errc::kNotFound,
                 fmt::format("no alert “{}”; faultline alerts list shows them", given.id)});
  }
  auto ended = mail::end(**store, (*one)->token);
  return ended ? kDone : fail(ended.error());
}

}  // namespace

std::function<int()> alerts(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  auto* sub = options.add_subcommand("add", "Be told when something new answers a query");
  sub->fallthrough();
  sub->add_option("--query", given->wish.query, "What it is about (everything)");
  sub->add_option("--mail", given->mail, "Tell this address; it is asked first");
  sub->add_option("--webhook", given->webhook, "Tell this URL, by a signed POST");
  sub->add_flag("--feed", given->feed, "Tell in an Atom feed of the pages");
  sub->add_option("--threshold", given->wish.threshold,
                  "Only when so many new things came within a day")
      ->check(CLI::Range(1, mail::kMostThreshold))
      ->capture_default_str();
  add_duration(*sub, "--quiet", given->quiet_s,
               "After it told, nothing for so long; what comes is told together (1h)");
  sub->add_option("--zone", given->wish.zone, "Times on this zone's clock")->capture_default_str();
  sub->add_flag("--confirmed", given->confirmed, "The address has said yes already, to you");
  sub->callback([=, &context] { *chosen = [=, &context] { return add(*given, context); }; });
  sub = options.add_subcommand("list", "All of them");
  sub->fallthrough();
  sub->callback([=, &context] { *chosen = [&context] { return list(context); }; });
  sub = options.add_subcommand("remove", "Nothing more is told");
  sub->fallthrough();
  sub->add_option("id", given->id, "sub-…")->required();
  sub->callback([=, &context] { *chosen = [=, &context] { return remove(*given, context); }; });
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
