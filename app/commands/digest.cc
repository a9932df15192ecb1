#include "app/mail/digest.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "app/commands.h"
#include "app/mail/outbox.h"
#include "app/mail/schedule.h"
#include "app/sending.h"
#include "app/serve/sessions.h"
#include "feeds/render/shared.h"

namespace app {
namespace {

using feeds::render::printable;

struct Given {
  bool preview = false, queue = false, send = false;
  std::string date, query, zone = "UTC", to = "reader@news.example", bounces;
  int hour = 7;
};

// The mail that a subscriber to this query would get on that day: what was learned in the 24 hours
// before its hour.
int preview(const Given& given, const Context& context) {
  if (!model::is_zone(given.zone)) {
    return bad_usage(fmt::format("--zone: no zone “{}”; write it as Europe/Berlin", given.zone));
  }
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto until = *now;
  if (!given.date.empty()) {
    auto day = parse_moment("--date", given.date);
    if (!day) return bad_usage(day.error().message);
    until = mail::next_at(*day - model::Seconds{1}, given.hour, given.zone);
  }
  if (!given.query.empty()) {
    if (auto query = store::query::parse(given.query, until); !query) {
      return bad_usage(query.error().message);
    }
  }
  auto store = context.open(true);
  if (!store) return fail(store.error());
  mail::IssueMaker maker(**store, until);
  auto issue = maker.within(given.query, given.zone, {until - model::Seconds{86'400}, until});
  if (!issue) return fail(issue.error());
  model::Subscription to;
  to.id = "sub-preview";
  to.address = given.to;
  to.query = given.query;
  to.token = "preview";
  auto settings = context.mail;
  if (settings.base.empty()) settings.base = "https://news.example/";
  if (settings.from.empty()) settings.from = "digest@news.example";
  auto text = mail::digest_message(settings, to, *issue);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

int queue(store::Store& store, model::Instant now) {
  auto done = mail::queue(store, now);
  if (!done) return fail(done.error());
  fmt::print("{} subscriptions due, {} issues, {} mails queued\n", done->due, done->issues,
             done->mails);
  if (done->behind > 0) {
    warn("digest", {"", fmt::format("{} changes are not correlated yet and are told next time; "
                                    "run faultline correlate before",
                                    done->behind)});
  }
  return kDone;
}

model::Result<bool> any_webhook(store::Store& store) {
  auto all = store.subscriptions();
  if (!all) return all.error();
  return std::any_of(all->begin(), all->end(), [](const model::Subscription& one) {
    return one.channel == model::Subscription::Channel::kWebhook;
  });
}

int send(store::Store& store, const Context& context, model::Instant now) {
  auto sending = Sending::make(context, nullptr);
  if (!sending) return fail(sending.error());
  auto webhooks = any_webhook(store);
  if (!webhooks) return fail(webhooks.error());
  if (!(*sending)->has_mail() && !*webhooks) {
    return bad_usage(
        "mail is not set up: --smtp, --mail-from and --mail-base (or FAULTLINE_SMTP, …) say how");
  }
  auto done = (*sending)->send(store, now);
  if (!done) return fail(done.error());
  fmt::print("{} sent, {} failed for good, {} to be tried again\n", done->sent, done->failed,
             done->later);
  return kDone;
}

int count_bounces(store::Store& store, const Context& context, const std::string& path) {
  if (context.mail.from.empty()) {
    return bad_usage("--mail-from says which mails are ours (or FAULTLINE_MAIL_FROM)");
  }
  auto mail = read_file(path);
  if (!mail) return fail(mail.error());
  auto done = mail::count_bounces(store, context.mail, *mail);
  if (!done) return fail(done.error());
  fmt::print("{} addresses reported for good, {} of mails of ours, {} subscriptions ended\n",
             done->reports, done->counted, done->ended);
  return kDone;
}

int run(const Given& given, const Context& context) {
  bool works = given.queue || given.send || !given.bounces.empty();
  if (given.preview == works) {
    return bad_usage("say what: --preview, or --queue and --send, or --bounces");
  }
  if (given.preview) return preview(given, context);
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  int code = kDone;
  if (!given.bounces.empty()) code = count_bounces(**store, context, given.bounces);
  if (code == kDone && given.queue) code = queue(**store, *now);
  if (code == kDone && given.send) code = send(**store, context, *now);
  return code;
}

struct Wished {
  mail::Wish wish;
  bool confirmed = false;
  std::string id;
};

int add(const Wished& given, const Context& context) {
  auto now = context.now();
  if (!now) return bad_usage(now.error().message);
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto made = mail::subscribe(**store, given.wish, serve::new_secret(), *now);
  if (made && given.confirmed) {
    auto active = mail::confirm(**store, made->token, *now);
    if (!active) return fail(active.error());
    if (*active) *made = **active;
  }
  if (!made) {
    return made.error().code == model::Errc::kInvalid ? bad_usage(made.error().message)
                                                      : fail(made.error());
  }
  fmt::print("{}  {}  {}\n", made->id, to_string(made->state), printable(made->address));
  return kDone;
}

int list(const Context& context) {
  auto store = context.open(true);
  if (!store) return fail(store.error());
  auto all = (*store)->subscriptions();
  if (!all) return fail(all.error());
  std::erase_if(*all, [](const model::Subscription& one) {
    return one.kind != model::Subscription::Kind::kDigest;
  });
  for (const auto& one : *all) {
    if (context.json) {
      boost::json::object out{{"id", one.id},
                              {"address", one.address},
                              {"query", one.query},
                              {"hour", one.hour},
                              {"zone", one.zone},
                              {"when_empty", one.when_empty},
                              {"state", to_string(one.state)},
                              {"created_at", model::to_iso(one.created_at)}};
      if (one.next_at) out["next_at"] = model::to_iso(*one.next_at);
      fmt::print("{}\n", boost::json::serialize(out));
    } else {
      fmt::print("{}  {:<7}  {:02}:00 {}  {}  {}\n", one.id, to_string(one.state), one.hour,
                 one.zone, printable(one.address),
                 one.query.empty() ? "everything" : printable(one.query));
    }
  }
  if (all->empty() && !context.json) fmt::print("There is no subscriber.\n");
  return kDone;
}

int remove(const Wished& given, const Context& context) {
  auto store = context.open(false);
  if (!store) return fail(store.error());
  auto one = (*store)->subscription(given.id);
  if (!one) return fail(one.error());
  if (!*one) {
    return fail(
        {model::Errc::kNotFound,
         fmt::format("no subscription “{}”; faultline subscribers list shows them", given.id)});
  }
  auto ended = mail::end(**store, (*one)->token);
  if (!ended) return fail(ended.error());
  return kDone;
}

}  // namespace

std::function<int()> digest(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Given>();
  options.add_flag("--preview", given->preview, "Print the mail that would go out, as .eml");
  options.add_flag("--queue", given->queue,
                   "Make the issues that are due, of digests and alerts, and their mails");
  options.add_flag("--send", given->send, "Send the mails and webhooks that are due");
  options.add_option(
      "--bounces", given->bounces,
      "Count the report of this mail (a file, or -) about mails that did not arrive");
  options.add_option("--date", given->date, "Of the preview: the day (today)");
  options.add_option("--query", given->query, "… what it is about (everything)");
  options.add_option("--zone", given->zone, "… on this zone's clock")->capture_default_str();
  options.add_option("--hour", given->hour, "… at this hour")
      ->check(CLI::Range(0, 23))
      ->capture_default_str();
  return [given, &context] { return run(*given, context); };
}

std::function<int()> subscribers(CLI::App& options, const Context& context) {
  auto given = std::make_shared<Wished>();
  auto chosen = std::make_shared<std::function<int()>>();
  options.require_subcommand(1);
  auto* sub = options.add_subcommand("add", "Ask an address whether it wants a daily digest");
  sub->fallthrough();
  sub->add_option("address", given->wish.address, "Where to")->required();
  sub->add_option("--query", given->wish.query, "What it is about (everything)");
  sub->add_option("--hour", given->wish.hour, "At this hour")->capture_default_str();
  sub->add_option("--zone", given->wish.zone, "… on this zone's clock")->capture_default_str();
  sub->add_flag("--when-empty", given->wish.when_empty, "A mail too when nothing happened");
  sub->add_flag("--confirmed", given->confirmed, "It has said yes already, to you");
  sub->callback([=, &context] { *chosen = [=, &context] { return add(*given, context); }; });
  sub = options.add_subcommand("list", "All of them");
  sub->fallthrough();
  sub->callback([=, &context] { *chosen = [&context] { return list(context); }; });
  sub = options.add_subcommand("remove", "Nothing more is sent");
  sub->fallthrough();
  sub->add_option("id", given->id, "sub-…")->required();
  sub->callback([=, &context] { *chosen = [=, &context] { return remove(*given, context); }; });
  return [chosen] { return (*chosen)(); };
}

}  // namespace app
