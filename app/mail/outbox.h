#pragma once

#include <functional>
#include <string>

#include "app/mail/message.h"
#include "app/mail/smtp.h"
#include "app/mail/subscriptions.h"
#include "store/store.h"

// From subscriptions to mails and webhooks that have gone out, each once.
namespace app::mail {

struct Queued {
  std::size_t due = 0;      // subscriptions
  std::size_t issues = 0;   // made
  std::size_t mails = 0;    // put into the outbox: mails, and deliveries to webhooks
  std::int64_t behind = 0;  // changes that are not correlated yet: they are told next time
};
// Makes the issues of the digests that are due and of the alerts that have enough to tell, and puts
// a mail for each subscriber into the outbox, which each (subscriber, issue) enters once; what was
// told moves on in the same transaction. A digest's subscriber for whom nothing happened gets a
// mail only where that was wished for. Issues of feeds are there to be fetched at once.
model::Result<Queued> queue(store::Store& store, model::Instant now);

struct Sent {
  std::size_t sent = 0;
  std::size_t failed = 0;  // for good
  std::size_t later = 0;   // to be tried again
};
// One delivery on its way: a mail as RFC 5322 wants it, or the JSON for a webhook. `id` is the same
// whenever it is tried again.
struct Delivery {
  const model::Subscription& to;
  std::string id;
  std::string body;
};
// Ways out; null where one is not set up: what would take it waits.
struct Ways {
  std::function<Handed(const Delivery&)> mail{};
  std::function<Handed(const Delivery&)> webhook{};
  std::function<bool()> stopped{};  // true: no further one is begun
};
// Sends what is due. A delivery is claimed, handed over, and marked as sent, the first and the last
// in a transaction of its own; who claims it has five minutes, so that two senders can run beside
// each other. Whoever ends between the server's "OK" and the last of these sends that one again
// after that while, with the same Message-ID or webhook-id; no other can go out twice, and none is
// lost. Refused for now: again after 2, 4, 8 … minutes, up to six hours, ten times in all. What was
// refused for good three times ends the subscription.
model::Result<Sent> send(store::Store& store, const Settings& settings, const Ways& ways,
                         model::Instant now);

// What a webhook of an alert is sent: {"type":"alert.fired","timestamp","data":{…}}, after Standard
// Webhooks.
std::string webhook_body(const Settings& settings, const model::Subscription& to,
                         const model::Issue& issue);

// The issues of an alert as an Atom feed (RFC 4287). `self` is its address.
std::string issues_feed(const model::Subscription& of, const std::vector<model::Issue>& issues,
                        const std::string& base, const std::string& self);

}  // namespace app::mail
