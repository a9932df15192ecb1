#include "app/mail/subscriptions.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/bounces/bounces.h"
#include "app/mail/message.h"
#include "app/mail/schedule.h"
#include "ingest/target.h"
#include "store/model/hash.h"

namespace app::mail {
namespace {

using model::Errc;
using model::Error;
using model::Instant;
using model::Outgoing;
using model::Result;
using model::Status;
using model::Subscription;
using Channel = Subscription::Channel;
using Kind = Subscription::Kind;
using State = Subscription::State;

Error invalid(std::string sentence) { return {Errc::kInvalid, std::move(sentence)}; }

Status address_objection(const Wish& wish) {
  auto shown = wish.address.substr(0, 100);
  switch (wish.channel) {
    case Channel::kMail:
      if (is_address(wish.address)) return {};
      return invalid(fmt::format("“{}” is no address that mail can go to", shown));
    case Channel::kWebhook:
      if (auto target = ingest::target_of(wish.address); !target) return target.error();
      if (wish.kind == Kind::kAlert) return {};
      return invalid("a webhook is told of alerts; digests go by mail");
    case Channel::kFeed:
      if (wish.kind != Kind::kAlert) return invalid("a feed is of alerts; digests go by mail");
      return wish.address.empty() ? Status() : invalid("a feed has no address");
  }
  return {};
}

Status objection(const Wish& wish, Instant now) {
  if (auto fine = address_objection(wish); !fine) return fine;
  if (wish.hour < 0 || wish.hour > 23) return invalid("hour: 0 to 23");
  if (!model::is_zone(wish.zone)) {
    return invalid(
        fmt::format("zone: no zone “{}”; write it as Europe/Berlin", wish.zone.substr(0, 100)));
  }
  if (wish.threshold < 1 || wish.threshold > kMostThreshold) {
    return invalid(fmt::format("threshold: 1 to {}", kMostThreshold));
  }
  if (wish.quiet < model::Seconds{0} || wish.quiet > kLongestQuiet) {
    return invalid("quiet: at most 30 days");
  }
  if (wish.query.empty()) return {};
  auto query = store::query::parse(wish.query, now);
  return query ? Status() : Status(query.error());
}

std::string id_of(const Wish& wish) {
  auto of_digest = wish.address + "\n" + wish.query;
  if (wish.kind == Kind::kDigest) return model::make_id("sub", of_digest);
  return model::make_id(
      "sub", fmt::format("{}\n{}\n{}", to_string(wish.kind), to_string(wish.channel), of_digest));
}

// From now on.
Status begin(store::Store& store, Subscription& one, Instant now) {
  auto newest = store.newest_change();
  if (!newest) return newest.error();
  one.state = State::kActive;
  one.bounces = 0;
  one.told_until = now;
  one.told_change = *newest;
  one.next_at = one.kind == Kind::kDigest ? next_at(now, one.hour, one.zone) : now;
  return {};
}

}  // namespace

std::string mail_id(std::string_view subscription_id, std::string_view issue_id) {
  return model::make_id("mail", fmt::format("{}|{}", subscription_id, issue_id));
}

namespace {

// The subscription that the wish asks for, as it is to be kept.
Result<Subscription> wished(store::Store& store, const Wish& wish, const std::string& token,
                            Instant now) {
  Subscription out;
  out.id = id_of(wish);
  auto kept = store.subscription(out.id);
  if (!kept) return kept.error();
  if (*kept && (*kept)->state == State::kActive) {
    out = **std::move(kept);
    // Anybody can name an address; those who may add the others may change them.
    if (wish.channel == Channel::kMail) return out;
    out.threshold = wish.threshold;
    out.quiet = wish.quiet;
    out.zone = wish.zone;
    return out;
  }
  if (*kept && (*kept)->state == State::kPending) out = **std::move(kept);
  out.address = wish.address;
  out.query = wish.query;
  out.hour = wish.hour;
  out.zone = wish.zone;
  out.when_empty = wish.when_empty;
  out.kind = wish.kind;
  out.channel = wish.channel;
  out.threshold = wish.threshold;
  out.quiet = wish.quiet;
  out.secret = wish.secret;
  if (out.token.empty()) out.token = token;
  if (out.created_at == Instant{}) out.created_at = now;
  return out;
}

// Whether the address may be asked this too.
Status may_ask(store::Store& store, const Subscription& one) {
  auto all = store.subscriptions_to(one.address);
  if (!all) return all.error();
  auto pending = std::count_if(all->begin(), all->end(), [&](const Subscription& other) {
    return other.state == State::kPending && other.id != one.id;
  });
  if (static_cast<std::size_t>(pending) < kMostPending) return {};
  return Error{Errc::kConflict,
               fmt::format("“{}” was asked {} times and has not answered", one.address, pending)};
}

}  // namespace

Result<Subscription> subscribe(store::Store& store, const Wish& wish, const std::string& token,
                               Instant now) {
  if (auto fine = objection(wish, now); !fine) return fine.error();
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto out = wished(store, wish, token, now);
  bool active = out && out->state == State::kActive;
  if (!out || (active && wish.channel == Channel::kMail)) return out;
  if (!active && wish.channel != Channel::kMail) {
    if (auto begun = begin(store, *out, now); !begun) return begun.error();
  } else if (!active) {
    if (auto fine = may_ask(store, *out); !fine) return fine.error();
    Outgoing question;
    question.id = model::make_id(
        "mail", fmt::format("{}|question|{}", out->id, now.time_since_epoch().count() / 3600));
    question.subscription_id = out->id;
    question.next_try = now;
    if (auto added = (*writer)->put(question); !added) return added.error();
  }
  if (auto done = (*writer)->put(*out); !done) return done.error();
  if (auto done = (*writer)->commit(); !done) return done.error();
  return out;
}

Result<std::optional<Subscription>> revise(store::Store& store, std::string_view id,
                                           const std::function<bool(Subscription&)>& change) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto found = store.subscription(id);
  if (!found || !*found) return found;
  if (!change(**found)) return found;
  if (auto done = (*writer)->put(**found); !done) return done.error();
  if (auto done = (*writer)->commit(); !done) return done.error();
  return found;
}

Result<std::optional<Subscription>> confirm(store::Store& store, std::string_view token,
                                            Instant now) {
  auto found = store.subscription_with(token);
  if (!found || !*found) return found;
  Status failure;
  auto out = revise(store, (*found)->id, [&](Subscription& one) {
    if (one.state != State::kPending) return false;
    failure = begin(store, one, now);
    return static_cast<bool>(failure);
  });
  if (!failure) return failure.error();
  return out;
}

Result<std::optional<Subscription>> end(store::Store& store, std::string_view token) {
  auto found = store.subscription_with(token);
  if (!found || !*found) return found;
  return revise(store, (*found)->id, [](Subscription& one) {
    if (one.state == State::kEnded) return false;
    one.state = State::kEnded;
    one.next_at.reset();
    return true;
  });
}

namespace {

// The mail of this Message-ID to the subscription, when it is one of an issue.
Result<std::optional<Outgoing>> mail_of(store::Store& store, const Settings& settings,
                                        const Subscription& to, const std::string& id) {
  constexpr std::size_t kRecent = 400;  // bounces come within days
  auto issues = store.issues_of(to.id, kRecent);
  if (!issues) return issues.error();
  for (const auto& issue : *issues) {
    if (id == message_id(settings, to, issue.id)) return store.mail(mail_id(to.id, issue.id));
  }
  return std::optional<Outgoing>();
}

void give_up(Subscription& one) {
  one.state = State::kEnded;
  one.next_at.reset();
}

// The same report, read again, counts once: the mail is marked.
Result<bool> count_bounce(store::Store& store, const Settings& settings, const Subscription& to,
                          const bounces::Bounce& bounce) {
  auto mail = mail_of(store, settings, to, bounce.message_id);
  if (!mail) return mail.error();
  bool of_question = bounce.message_id == message_id(settings, to, "question");
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto found = store.subscription(to.id);
  if (!found) return found.error();
  if (!*found) return false;
  auto& one = **found;
  if (of_question) {
    if (one.state != State::kPending) return false;
    give_up(one);
  } else {
    bool new_one = *mail && (*mail)->state != Outgoing::State::kFailed;
    if (!new_one || one.state == State::kEnded) return false;
    (*mail)->state = Outgoing::State::kFailed;
    (*mail)->answer = fmt::format("bounced, {}: {}", bounce.status, bounce.diagnostic);
    if (auto done = (*writer)->update(**mail); !done) return done.error();
    if (++one.bounces >= kMostBounces) give_up(one);
  }
  if (auto done = (*writer)->put(one); !done) return done.error();
  if (auto done = (*writer)->commit(); !done) return done.error();
  return true;
}

Status count_bounce(store::Store& store, const Settings& settings, const bounces::Bounce& bounce,
                    Bounced& out) {
  auto all = store.subscriptions_to(bounce.address);
  if (!all) return all.error();
  for (const auto& one : *all) {
    if (one.channel != Channel::kMail) continue;
    auto counted = count_bounce(store, settings, one, bounce);
    if (!counted) return counted.error();
    if (!*counted) continue;
    ++out.counted;
    auto now = store.subscription(one.id);
    if (!now) return now.error();
    out.ended += *now && (*now)->state == State::kEnded ? 1 : 0;
  }
  return {};
}

}  // namespace

Result<Bounced> count_bounces(store::Store& store, const Settings& settings,
                              std::string_view mail) {
  auto found = bounces::bounces_in(mail);
  if (!found) return found.error();
  Bounced out;
  for (const auto& bounce : *found) {
    if (!bounce.for_good) continue;
    ++out.reports;
    if (auto done = count_bounce(store, settings, bounce, out); !done) return done.error();
  }
  return out;
}

}  // namespace app::mail
