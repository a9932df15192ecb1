#include "app/mail/outbox.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "app/mail/came.h"
#include "app/mail/digest.h"
#include "app/mail/schedule.h"

namespace app::mail {
namespace {

using model::Errc;
using model::Error;
using model::Instant;
using model::Issue;
using model::Outgoing;
using model::Result;
using model::Seconds;
using model::Status;
using model::Subscription;
using Channel = Subscription::Channel;
using Kind = Subscription::Kind;

constexpr int kMostAttempts = 10;
constexpr std::size_t kAtOnce = 200;  // subscriptions in a transaction
constexpr Seconds kClaim{300};
constexpr Seconds kPatience{86'400};  // in which an alert's threshold must be reached

// What an issue is made of: those of whom this is the same share it.
auto key_of(const Subscription& one) {
  return std::tie(one.told_change, one.told_until, one.query, one.zone, one.kind);
}

// What is to become of a subscription that is due.
struct Planned {
  Subscription before;
  std::optional<Issue> issue;
  bool told = false;  // what came is told, or is nothing: it moves on
};

// For subscriptions that come in the order of their keys.
class Planner {
 public:
  Planner(store::Store& store, std::int64_t until, Instant now)
      : maker_(store, now), until_(until), now_(now) {}

  Result<Planned> plan(const Subscription& one) {
    Planned out{one, {}, true};
    if (one.kind == Kind::kAlert && one.told_change >= until_) {
      out.told = false;
      return out;
    }
    if (auto made = make(one); !made) return made.error();
    if (one.kind == Kind::kDigest) {
      if (items_ > 0 || one.when_empty) out.issue = issue_;
    } else if (items_ >= static_cast<std::size_t>(one.threshold)) {
      out.issue = issue_;
    } else {
      out.told = items_ == 0 || now_ - one.told_until > kPatience;
    }
    return out;
  }

 private:
  // The issue for this one, unless the one before had the same.
  Status make(const Subscription& one) {
    if (made_for_ && key_of(*made_for_) == key_of(one)) return {};
    auto issue = maker_.since(one);
    if (!issue) return issue.error();
    issue_ = *std::move(issue);
    items_ = items_in(content_of(issue_));
    made_for_ = one;
    return {};
  }

  IssueMaker maker_;
  std::optional<Subscription> made_for_;
  Issue issue_;
  std::size_t items_ = 0;
  std::int64_t until_;
  Instant now_;
};

// Writes what was planned, unless the subscription has become another one meanwhile.
class Queue {
 public:
  Queue(store::Store& store, std::int64_t until, Instant now)
      : store_(store), until_(until), now_(now) {}

  Status write(const std::vector<Planned>& plans, Queued& out) {
    auto writer = store_.begin();
    if (!writer) return writer.error();
    for (const auto& plan : plans) {
      if (auto done = write(**writer, plan, out); !done) return done;
    }
    return (*writer)->commit();
  }

 private:
  Status write(store::Writer& writer, const Planned& plan, Queued& out) {
    if (!plan.told) return {};
    auto found = store_.subscription(plan.before.id);
    if (!found) return found.error();
    if (!*found || **found != plan.before) return {};
    auto one = **std::move(found);
    if (plan.issue) {
      auto put = writer.put(*plan.issue);
      if (!put) return put.error();
      out.issues += *put == store::Put::kAdded ? 1 : 0;
      auto mail = writer.put(mail_for(one, *plan.issue));
      if (!mail) return mail.error();
      out.mails += *mail == store::Put::kAdded ? 1 : 0;
    }
    one.told_until = now_;
    one.told_change = until_;
    if (one.kind == Kind::kDigest) {
      one.next_at = next_at(now_, one.hour, one.zone);
    } else if (plan.issue) {
      one.next_at = now_ + one.quiet;
    }
    return writer.put(one);
  }

  // What is fetched from us is there as soon as it is written.
  Outgoing mail_for(const Subscription& to, const Issue& issue) const {
    Outgoing out;
    out.id = mail_id(to.id, issue.id);
    out.subscription_id = to.id;
    out.issue_id = issue.id;
    out.next_try = now_;
    if (to.channel == Channel::kFeed) out.state = Outgoing::State::kSent;
    return out;
  }

  store::Store& store_;
  std::int64_t until_;
  Instant now_;
};

}  // namespace

Result<Queued> queue(store::Store& store, Instant now) {
  auto all = store.subscriptions();
  if (!all) return all.error();
  auto until = correlated(store);
  if (!until) return until.error();
  auto newest = store.newest_change();
  if (!newest) return newest.error();
  std::erase_if(*all, [&](const Subscription& one) {
    return one.state != Subscription::State::kActive || !one.next_at || *one.next_at > now;
  });
  // Those who share an issue one after another.
  std::stable_sort(all->begin(), all->end(), [](const Subscription& a, const Subscription& b) {
    return key_of(a) < key_of(b);
  });
  Queued out;
  out.due = all->size();
  out.behind = *newest - *until;
  Planner planner(store, *until, now);
  Queue queue(store, *until, now);
  std::vector<Planned> plans;
  for (std::size_t i = 0; i < all->size(); ++i) {
    auto plan = planner.plan((*all)[i]);
    if (!plan) return plan.error();
    plans.push_back(*std::move(plan));
    if (plans.size() < kAtOnce && i + 1 < all->size()) continue;
    if (auto done = queue.write(plans, out); !done) return done.error();
    plans.clear();
  }
  return out;
}

namespace {

Seconds pause_after(int attempts) {
  return std::min(Seconds{60} * (1 << std::min(attempts, 9)), Seconds{6 * 3600});
}

// Whether it may still go out: nobody is written to who has ended it or has not said yes, and
// nobody is asked who has.
bool is_wanted(const std::optional<Subscription>& to, const Outgoing& mail) {
  if (!to) return false;
  auto wanted =
      mail.issue_id.empty() ? Subscription::State::kPending : Subscription::State::kActive;
  return to->state == wanted;
}

// Claims, hands over, marks: the first and the last each in a transaction of its own.
class Sender {
 public:
  Sender(store::Store& store, const Settings& settings, const Ways& ways, Instant now)
      : store_(store), settings_(settings), ways_(ways), now_(now) {}

  Status send(const std::string& id) {
    auto to = recipient_of(id);
    if (!to) return to.error();
    const auto& way = *to && (*to)->channel == Channel::kWebhook ? ways_.webhook : ways_.mail;
    auto claimed = claim(id, *to, static_cast<bool>(way));
    if (!claimed || !*claimed) return claimed ? Status() : Status(claimed.error());
    auto& mail = **claimed;
    auto body = body_for(**to, mail);
    if (!body) return body.error();
    return note(mail, **to, way({**to, mail.id, *std::move(body)}));
  }

  const Sent& sent() const { return sent_; }

 private:
  Result<std::optional<Subscription>> recipient_of(const std::string& id) {
    auto mail = store_.mail(id);
    if (!mail) return mail.error();
    if (!*mail) return std::optional<Subscription>();
    return store_.subscription((*mail)->subscription_id);
  }

  // The delivery, when it is ours to make now; nothing where another sender has it, nobody wants it
  // any more, or there is no way.
  Result<std::optional<Outgoing>> claim(const std::string& id,
                                        const std::optional<Subscription>& to, bool way) {
    auto writer = store_.begin();
    if (!writer) return writer.error();
    auto mail = store_.mail(id);
    if (!mail) return mail.error();
    bool due = *mail && (*mail)->state < Outgoing::State::kSent && (*mail)->next_try <= now_;
    if (!due) return std::optional<Outgoing>();
    bool wanted = is_wanted(to, **mail);
    (*mail)->next_try = now_ + kClaim;
    if (!wanted) {
      (*mail)->state = Outgoing::State::kFailed;
      (*mail)->answer = "nobody wants it any more";
    } else if (!way) {
      (*mail)->answer = "waits: this way out is not set up";
    } else {
      (*mail)->state = Outgoing::State::kSending;
      ++(*mail)->attempts;
    }
    if (auto done = (*writer)->update(**mail); !done) return done.error();
    if (auto done = (*writer)->commit(); !done) return done.error();
    return wanted && way ? *std::move(mail) : std::optional<Outgoing>();
  }

  Result<std::string> body_for(const Subscription& to, const Outgoing& mail) {
    if (mail.issue_id.empty()) return question_message(settings_, to);
    auto issue = store_.issue(mail.issue_id);
    if (!issue) return issue.error();
    if (!*issue) return Error{Errc::kCorrupt, fmt::format("issue {} is gone", mail.issue_id)};
    return to.channel == Channel::kWebhook ? webhook_body(settings_, to, **issue)
                                           : digest_message(settings_, to, **issue);
  }

  Status note(Outgoing& mail, const Subscription& to, const Handed& handed) {
    bool failed = !handed.taken && (handed.for_good || mail.attempts >= kMostAttempts);
    mail.answer = handed.answer;
    mail.state = handed.taken ? Outgoing::State::kSent
                 : failed     ? Outgoing::State::kFailed
                              : Outgoing::State::kQueued;
    if (handed.taken) {
      ++sent_.sent;
    } else if (failed) {
      ++sent_.failed;
    } else {
      ++sent_.later;
      mail.next_try = now_ + pause_after(mail.attempts);
    }
    auto writer = store_.begin();
    if (!writer) return writer.error();
    if (auto done = (*writer)->update(mail); !done) return done;
    if (auto done = count(**writer, to.id, handed, failed); !done) return done;
    return (*writer)->commit();
  }

  // Failures for good end a subscription; a webhook that answers again begins anew.
  Status count(store::Writer& writer, const std::string& id, const Handed& handed, bool failed) {
    if (!failed && !handed.taken) return {};
    auto found = store_.subscription(id);
    if (!found) return found.error();
    if (!*found) return {};
    auto one = **std::move(found);
    bool forgiven = handed.taken && one.channel == Channel::kWebhook && one.bounces > 0;
    if (forgiven) {
      one.bounces = 0;
    } else if (failed && one.state == Subscription::State::kActive) {
      ++one.bounces;
      if (handed.gone || one.bounces >= kMostBounces) {
        one.state = Subscription::State::kEnded;
        one.next_at.reset();
      }
    } else {
      return {};
    }
    return writer.put(one);
  }

  store::Store& store_;
  const Settings& settings_;
  const Ways& ways_;
  Instant now_;
  Sent sent_;
};

}  // namespace

Result<Sent> send(store::Store& store, const Settings& settings, const Ways& ways, Instant now) {
  constexpr std::size_t kPage = 100;
  Sender sender(store, settings, ways, now);
  for (;;) {
    auto due = store.due_mails(now, kPage);
    if (!due) return due.error();
    if (due->empty()) return sender.sent();
    for (const auto& mail : *due) {
      if (ways.stopped && ways.stopped()) return sender.sent();
      if (auto done = sender.send(mail.id); !done) return done.error();
    }
  }
}

}  // namespace app::mail
