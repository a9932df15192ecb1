#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/model/instant.h"

namespace model {

// Somebody who wants a digest. The address must say so itself before anything but that question is
// sent to it (double opt-in).
struct Subscription {
  enum class State : std::uint8_t { kPending, kActive, kEnded };
  std::string id;  // make_id("sub", address, query)
  std::string address;
  std::string query;  // store/query
  int hour = 7;       // 0 … 23, on the clock of …
  std::string zone = "UTC";
  bool when_empty = false;  // a mail too when nothing happened
  State state = State::kPending;
  std::string token;  // in the links of mails: who has it may confirm and end
  Instant created_at{};
  std::optional<Instant> next_at{};  // the next digest is due
  Instant told_until{};              // what was learned before was told, or was before its time
  int bounces = 0;                   // in a row, for good

  friend bool operator==(const Subscription&, const Subscription&) = default;
};
std::string_view to_string(Subscription::State state);  // "active"

// A digest, frozen: mails and the page of it are made of the same content.
struct Issue {
  std::string id;  // make_id("iss", query, zone, from, to)
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
