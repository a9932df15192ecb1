#include "app/mail/outbox.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/mail/digest.h"
#include "app/mail/schedule.h"
#include "store/model/hash.h"

namespace app::mail {
namespace {

using model::Errc;
using model::Error;
using model::Instant;
using model::Outgoing;
using model::Result;
using model::Seconds;
using model::Status;
using model::Subscription;

constexpr int kMostAttempts = 10;
constexpr std::size_t kAtOnce = 200;  // subscriptions in a transaction

Status objection(const Wish& wish, Instant now) {
  if (!is_address(wish.address)) {
    return Error{Errc::kInvalid, fmt::format("“{}” is no address that mail can go to",
                                             wish.address.substr(0, 100))};
  }
  if (wish.hour < 0 || wish.hour > 23) return Error{Errc::kInvalid, "hour: 0 to 23"};
  if (!model::is_zone(wish.zone)) {
    return Error{Errc::kInvalid, fmt::format("zone: no zone “{}”; write it as Europe/Berlin",
                                             wish.zone.substr(0, 100))};
  }
  if (wish.query.empty()) return {};
  auto query = store::query::parse(wish.query, now);
  return query ? Status() : Status(query.error());
}

Status put(store::Store& store, const std::function<Status(store::Writer&)>& what) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  if (auto done = what(**writer); !done) return done;
  return (*writer)->commit();
}

// The last time that it was due.
Instant latest_due(const Subscription& one, Instant now) {
  auto out = *one.next_at;
  for (auto next = next_at(out, one.hour, one.zone); next <= now;
       next = next_at(out, one.hour, one.zone)) {
    out = next;
  }
  return out;
}

class Queue {
 public:
  Queue(store::Store& store, Instant now) : store_(store), now_(now) {}

  Status take(store::Writer& writer, Subscription one, Queued& out) {
    ++out.due;
    auto until = latest_due(one, now_);
    auto issue = issue_for(writer, one, until, out);
    if (!issue) return issue.error();
    auto items = items_in(content_of(**issue));
    if (items > 0 || one.when_empty) {
      Outgoing mail;
      mail.id = model::make_id("mail", one.id + "|" + (*issue)->id);
      mail.subscription_id = one.id;
      mail.issue_id = (*issue)->id;
      mail.next_try = now_;
      auto put = writer.put(mail);
      if (!put) return put.error();
      out.mails += *put == store::Put::kAdded ? 1 : 0;
    }
    one.told_until = until;
    one.next_at = next_at(until, one.hour, one.zone);
    return writer.put(one);
  }

 private:
  // One issue for all who ask the same of the same window.
  Result<const model::Issue*> issue_for(store::Writer& writer, const Subscription& one,
                                        Instant until, Queued& out) {
    auto key =
        fmt::format("{}|{}|{}|{}", one.query, one.zone, one.told_until.time_since_epoch().count(),
                    until.time_since_epoch().count());
    auto known = made_.find(key);
    if (known != made_.end()) return &known->second;
    auto issue = make_issue(store_, one.query, one.zone, {one.told_until, until}, now_);
    if (!issue) return issue.error();
    auto put = writer.put(*issue);
    if (!put) return put.error();
    if (*put == store::Put::kUnchanged) {
      // Made by a run that did not come to its end: that one stays.
      auto kept = store_.issue(issue->id);
      if (!kept) return kept.error();
      if (*kept) *issue = **std::move(kept);
    }
    ++out.issues;
    return &made_.emplace(key, *std::move(issue)).first->second;
  }

  store::Store& store_;
  Instant now_;
  std::map<std::string, model::Issue> made_;
};

Seconds pause_after(int attempts) {
  return std::min(Seconds{60} * (1 << std::min(attempts, 9)), Seconds{6 * 3600});
}

Result<std::string> message_for(store::Store& store, const Settings& settings,
                                const Subscription& to, const Outgoing& mail) {
  if (mail.issue_id.empty()) return question_message(settings, to);
  auto issue = store.issue(mail.issue_id);
  if (!issue) return issue.error();
  if (!*issue) return Error{Errc::kCorrupt, fmt::format("issue {} is gone", mail.issue_id)};
  return digest_message(settings, to, **issue);
}

// Whether it may still go out: nobody is written to who has ended it, or has not said yes.
bool is_wanted(const std::optional<Subscription>& to, const Outgoing& mail) {
  if (!to || to->state == Subscription::State::kEnded) return false;
  return mail.issue_id.empty() || to->state == Subscription::State::kActive;
}

}  // namespace

Result<Subscription> subscribe(store::Store& store, const Wish& wish, const std::string& token,
                               Instant now) {
  if (auto fine = objection(wish, now); !fine) return fine.error();
  Subscription out;
  out.id = model::make_id("sub", wish.address + "\n" + wish.query);
  auto kept = store.subscription(out.id);
  if (!kept) return kept.error();
  if (*kept && (*kept)->state != Subscription::State::kEnded) out = **kept;
  out.address = wish.address;
  out.query = wish.query;
  bool active = out.state == Subscription::State::kActive;
  if (!active) {
    out.hour = wish.hour;
    out.zone = wish.zone;
    out.when_empty = wish.when_empty;
    if (out.token.empty()) out.token = token;
    if (out.created_at == Instant{}) out.created_at = now;
  }
  Outgoing question;
  question.id = model::make_id(
      "mail", fmt::format("{}|question|{}", out.id, now.time_since_epoch().count() / 3600));
  question.subscription_id = out.id;
  question.next_try = now;
  auto done = put(store, [&](store::Writer& writer) -> Status {
    if (auto put = writer.put(out); !put) return put;
    if (active) return {};
    auto added = writer.put(question);
    return added ? Status() : Status(added.error());
  });
  if (!done) return done.error();
  return out;
}

Result<std::optional<Subscription>> confirm(store::Store& store, std::string_view token,
                                            Instant now) {
  auto found = store.subscription_with(token);
  if (!found || !*found || (*found)->state != Subscription::State::kPending) return found;
  auto& one = **found;
  one.state = Subscription::State::kActive;
  one.told_until = now;
  one.next_at = next_at(now, one.hour, one.zone);
  auto done = put(store, [&](store::Writer& writer) { return writer.put(one); });
  if (!done) return done.error();
  return found;
}

Result<std::optional<Subscription>> end(store::Store& store, std::string_view token) {
  auto found = store.subscription_with(token);
  if (!found || !*found || (*found)->state == Subscription::State::kEnded) return found;
  (*found)->state = Subscription::State::kEnded;
  (*found)->next_at.reset();
  auto done = put(store, [&](store::Writer& writer) { return writer.put(**found); });
  if (!done) return done.error();
  return found;
}

Result<Queued> queue(store::Store& store, Instant now) {
  auto all = store.subscriptions();
  if (!all) return all.error();
  std::erase_if(*all, [&](const Subscription& one) {
    return one.state != Subscription::State::kActive || !one.next_at || *one.next_at > now;
  });
  Queued out;
  Queue work(store, now);
  for (std::size_t i = 0; i < all->size(); i += kAtOnce) {
    auto done = put(store, [&](store::Writer& writer) -> Status {
      for (std::size_t n = i; n < std::min(i + kAtOnce, all->size()); ++n) {
        if (auto taken = work.take(writer, (*all)[n], out); !taken) return taken;
      }
      return {};
    });
    if (!done) return done.error();
  }
  return out;
}

namespace {

// Marks, hands over, marks again: each in a transaction of its own.
class Sender {
 public:
  Sender(store::Store& store, const Settings& settings, const HandOver& hand_over, Instant now)
      : store_(store), settings_(settings), hand_over_(hand_over), now_(now) {}

  Status send(Outgoing mail) {
    auto to = store_.subscription(mail.subscription_id);
    if (!to) return to.error();
    if (!is_wanted(*to, mail))
      return mark(mail, Outgoing::State::kFailed, "nobody wants it any more");
    auto message = message_for(store_, settings_, **to, mail);
    if (!message) return message.error();
    ++mail.attempts;
    if (auto done = mark(mail, Outgoing::State::kSending, {}); !done) return done;
    auto handed = hand_over_((*to)->address, *message);
    if (handed.taken) {
      ++sent_.sent;
      return mark(mail, Outgoing::State::kSent, handed.answer);
    }
    if (handed.for_good || mail.attempts >= kMostAttempts) {
      ++sent_.failed;
      return mark(mail, Outgoing::State::kFailed, handed.answer);
    }
    ++sent_.later;
    mail.next_try = now_ + pause_after(mail.attempts);
    return mark(mail, Outgoing::State::kQueued, handed.answer);
  }

  const Sent& sent() const { return sent_; }

 private:
  Status mark(Outgoing& mail, Outgoing::State state, const std::string& answer) {
    mail.state = state;
    mail.answer = answer;
    return put(store_, [&](store::Writer& writer) { return writer.update(mail); });
  }

  store::Store& store_;
  const Settings& settings_;
  const HandOver& hand_over_;
  Instant now_;
  Sent sent_;
};

}  // namespace

Result<Sent> send(store::Store& store, const Settings& settings, const HandOver& hand_over,
                  Instant now) {
  constexpr std::size_t kPage = 100;
  Sender sender(store, settings, hand_over, now);
  for (;;) {
    auto due = store.due_mails(now, kPage);
    if (!due) return due.error();
    if (due->empty()) return sender.sent();
    for (const auto& mail : *due) {
      if (auto done = sender.send(mail); !done) return done.error();
    }
  }
}

}  // namespace app::mail
