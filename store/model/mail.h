#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/model/instant.h"

namespace model {

// A saved search, and who is told of it: once a day (a digest), or when enough that is new answers
// it (an alert). A mail address must say so itself before anything but that question is sent to it
// (double opt-in).
struct Subscription {
  enum class State : std::uint8_t { kPending, kActive, kEnded };
  enum class Kind : std::uint8_t { kDigest, kAlert };
  // By mail, by a signed POST to a URL, or as an Atom feed that is fetched from us.
  enum class Channel : std::uint8_t { kMail, kWebhook, kFeed };
  std::string id;       // make_id("sub", kind, channel, address, query)
  std::string address;  // of kMail; the URL of kWebhook; empty for kFeed
  std::string query;    // store/query
  int hour = 7;         // 0 … 23, on the clock of …
  std::string zone = "UTC";
  bool when_empty = false;  // a mail too when nothing happened
  State state = State::kPending;
  std::string token;  // in the links of mails: who has it may confirm and end
  Instant created_at{};
  // The next digest is due; an alert keeps quiet until then.
  std::optional<Instant> next_at{};
  Instant told_until{};  // what was learned before was told, or was before its time
  int bounces = 0;       // deliveries that failed for good; of webhooks, in a row
  Kind kind = Kind::kDigest;
  Channel channel = Channel::kMail;
  std::int64_t told_change = 0;  // … and what came with changes up to this one (store::Change::seq)
  int threshold = 1;             // of an alert: so many new things, within a day of the first
  Seconds quiet{3600};   // … which then is silent for so long; what comes is told together
  std::string secret{};  // of a webhook: what signs its deliveries ("whsec_…")

  friend bool operator==(const Subscription&, const Subscription&) = default;
};
std::string_view to_string(Subscription::State state);      // "active"
std::string_view to_string(Subscription::Kind kind);        // "digest"
std::string_view to_string(Subscription::Channel channel);  // "mail"

// A digest, frozen: mails and the page of it are made of the same content.
struct Issue {
  std::string id;  // make_id("iss", query, zone, from, to, what was told before)
  std::string query;
  std::string zone;
  Interval window{};  // what was learned in it is told
  Instant made_at{};
  std::string content;  // JSON: app/mail/digest.h

  friend bool operator==(const Issue&, const Issue&) = default;
};

// A mail to one address, once.
struct Outgoing {
  enum class State : std::uint8_t { kQueued, kSending, kSent, kFailed };
  std::string id;  // make_id("mail", subscription, issue): there is one
  std::string subscription_id;
  std::string issue_id;  // empty: the question whether the address wants it
  State state = State::kQueued;
  int attempts = 0;
  Instant next_try{};
  std::string answer;  // of the mail server, the last one

  friend bool operator==(const Outgoing&, const Outgoing&) = default;
};
std::string_view to_string(Outgoing::State state);  // "queued"

}  // namespace model
