#pragma once

#include <functional>
#include <string>

#include "app/mail/message.h"
#include "app/mail/smtp.h"
#include "store/store.h"

// From subscriptions to mails that have gone out, each once.
namespace app::mail {

// A new subscription, pending, and the question to its address. The same address may ask for the
// same query again: it is asked again, at most once an hour. kInvalid for an address, a query, an
// hour or a zone that cannot be.
struct Wish {
  std::string address;
  std::string query;
  int hour = 7;
  std::string zone = "UTC";
  bool when_empty = false;
};
model::Result<model::Subscription> subscribe(store::Store& store, const Wish& wish,
                                             const std::string& token, model::Instant now);
// The address has said yes: what is learned from now on is told. Nothing where no subscription has
// this token; done again it changes nothing.
model::Result<std::optional<model::Subscription>> confirm(store::Store& store,
                                                          std::string_view token,
                                                          model::Instant now);
// … and no more.
model::Result<std::optional<model::Subscription>> end(store::Store& store, std::string_view token);

struct Queued {
  std::size_t due = 0;     // subscriptions
  std::size_t issues = 0;  // made
  std::size_t mails = 0;   // put into the outbox
};
// Makes the issues that are due and puts a mail for each subscriber into the outbox, which each
// (subscriber, issue) enters once; what was told moves on in the same transaction. A subscriber for
// whom nothing happened gets a mail only where that was wished for.
model::Result<Queued> queue(store::Store& store, model::Instant now);

struct Sent {
  std::size_t sent = 0;
  std::size_t failed = 0;  // for good
  std::size_t later = 0;   // to be tried again
};
// Sends what is due. A mail is marked as being sent, handed over, and marked as sent, each in a
// transaction of its own. Whoever ends between the server's "OK" and the last of these sends that
// one mail again next time, with the same Message-ID; no other can go out twice, and none is lost.
// Refused for now: again after 1, 2, 4 … minutes, up to six hours, ten times in all.
using HandOver = std::function<Handed(const std::string& to, const std::string& message)>;
model::Result<Sent> send(store::Store& store, const Settings& settings, const HandOver& hand_over,
                         model::Instant now);

}  // namespace app::mail
