#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/model/instant.h"
#include "store/model/poll.h"

// WebSub (W3C Recommendation of 23 January 2018), the subscriber's side: a feed's hub posts what is
// new to an address of ours, the callback. Pure but for new_secret().
namespace ingest {

// The lease that we ask for; the hub may grant another.
inline constexpr auto kLease = model::Seconds(10 * 86400);
// A lease is renewed when less than this is left of it: more than a day, since polls come daily.
inline constexpr auto kRenewBefore = model::Seconds(2 * 86400);
// A hub that did not confirm is asked again after so long.
inline constexpr auto kAskAgain = model::Seconds(86400);

// 64 hex digits that cannot be guessed (OpenSSL's generator). Shared with the hub, which signs with
// it; empty when the machine has no randomness to give.
std::string new_secret();

// Whether the hub is to be asked for a subscription (again) now.
bool wants_subscription(const model::Push& push, model::Instant now);

// The form to POST to the hub (section 5.1). `mode` is "subscribe" or "unsubscribe".
std::string subscription_form(const model::Push& push, std::string_view mode,
                              std::string_view callback);

// What a hub asks of the callback, with GET (section 5.3): did you mean it?
struct HubQuestion {
  std::string mode;  // "subscribe", "unsubscribe" or "denied"
  std::string topic;
  std::string challenge;
  std::string reason;  // of a denial
  std::optional<model::Seconds> lease;
};
// From the query of the address, without "?".
HubQuestion hub_question(std::string_view query);

// The subscription as the question leaves it, when what it asks is what was asked for; nothing when
// it was not: the hub is then told 404. Leases are taken between an hour and 30 days.
std::optional<model::Push> confirmed(model::Push push, const HubQuestion& question,
                                     model::Instant now);

// What to say to a question about a callback that is nobody's (any more): the challenge where the
// hub asks whether to end the subscription, which cannot harm; nothing to all else.
std::optional<std::string> given_up(const HubQuestion& question);

// Whether X-Hub-Signature ("sha256=…", also sha1, sha384, sha512) is the HMAC of the body under the
// secret (section 7). Takes as long for a wrong one as for the right one.
bool is_signed(std::string_view signature, std::string_view body, std::string_view secret);

}  // namespace ingest
