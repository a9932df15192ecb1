#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/mail/message.h"
#include "store/model/mail.h"
#include "store/store.h"

// Who is told of what: asking, saying yes, ending, and addresses that do not exist any more.
namespace app::mail {

struct Wish {
  std::string address{};  // or a webhook's URL; empty for a feed
  std::string query{};
  int hour = 7;
  std::string zone = "UTC";
  bool when_empty = false;
  model::Subscription::Kind kind = model::Subscription::Kind::kDigest;
  model::Subscription::Channel channel = model::Subscription::Channel::kMail;
  int threshold = 1;
  model::Seconds quiet{3600};
  std::string secret{};  // of a webhook
};

inline constexpr int kMostThreshold = 1000;
inline constexpr model::Seconds kLongestQuiet{30 * 86'400};
// Nobody can have more questions than this sent to one address that does not answer.
inline constexpr std::size_t kMostPending = 5;
// An address at which so many mails came to nothing, or a webhook that failed so often in a row, is
// given up.
inline constexpr int kMostBounces = 3;

// A new subscription. A mail address is asked first: the subscription is pending, and asking for
// the same again asks again, at most once an hour. What is no mail is active at once, so only those
// may add it who are trusted; added again, it gets this threshold, quiet time and zone. kInvalid
// for an address, a query, an hour or a zone that cannot be; kConflict where an address has too
// many questions that it did not answer.
model::Result<model::Subscription> subscribe(store::Store& store, const Wish& wish,
                                             const std::string& token, model::Instant now);
// The address has said yes: what is learned from now on is told. Nothing where no subscription has
// this token; done again it changes nothing.
model::Result<std::optional<model::Subscription>> confirm(store::Store& store,
                                                          std::string_view token,
                                                          model::Instant now);
// … and no more.
model::Result<std::optional<model::Subscription>> end(store::Store& store, std::string_view token);

// The id of the one mail that tells a subscription of an issue.
std::string mail_id(std::string_view subscription_id, std::string_view issue_id);

struct Bounced {
  std::size_t reports = 0;  // of addresses, for good
  std::size_t counted = 0;  // … of mails of ours
  std::size_t ended = 0;    // subscriptions that were given up
};
// Counts the bounces in a mail (app/bounces) against the subscriptions whose mails they are about:
// anybody can send a report, but only who got a mail of ours knows its Message-ID. kInvalid for
// what is no mail, or no report that can be read.
model::Result<Bounced> count_bounces(store::Store& store, const Settings& settings,
                                     std::string_view mail);

// Writes what `change` makes of the newest state of a subscription, under the writer's lock: what
// others wrote meanwhile is seen. False from `change`: nothing is written.
model::Result<std::optional<model::Subscription>> revise(
    store::Store& store, std::string_view id,
    const std::function<bool(model::Subscription&)>& change);

}  // namespace app::mail
