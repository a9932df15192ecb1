#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"

namespace model {

// How often a source brings something new: counts that fade, so that the past weighs less the
// longer ago it is. See ingest/schedule.h for how long each remembers.
struct Rhythm {
  std::optional<Instant> since;  // of the oldest entry counted; nothing: none was seen yet
  Instant at{};                  // when the counts were last faded
  double slow = 0;               // what is usual
  double fast = 0;               // what is going on

  friend bool operator==(const Rhythm&, const Rhythm&) = default;
};

// What the feed itself says of when to come.
struct Wishes {
  Seconds ttl{0};                // RSS <ttl>; 0: none
  Seconds period{0};             // sy:updatePeriod / sy:updateFrequency; 0: none
  std::uint32_t skip_hours = 0;  // bit n: hour n in UTC is skipped (RSS <skipHours>)
  std::uint32_t skip_days = 0;   // bit n: day n is skipped, 0 is Sunday (RSS <skipDays>)

  friend bool operator==(const Wishes&, const Wishes&) = default;
};

// A permanent redirect (301, 308) that is not believed yet.
struct Move {
  std::string to;  // empty: none
  std::optional<Instant> first_seen;
  std::optional<Instant> last_seen;
  int sightings = 0;

  friend bool operator==(const Move&, const Move&) = default;
};

// The hub that pushes what is new (WebSub), as the feed names it, and the lease that it granted.
struct Push {
  std::string hub;  // empty: none is named
  std::string topic;
  std::string secret;
  std::optional<Instant> asked_at;
  std::optional<Instant> until;  // granted; nothing: not (yet)

  friend bool operator==(const Push&, const Push&) = default;
};

// The name of a subscription in our addresses (the callback's last part), 32 hex digits: it cannot
// be guessed, nor the secret from it. See Store::poll_with_token().
std::string callback_token(std::string_view secret);

// Whether it is the token of this secret; none is of an empty one. Takes as long for a wrong token
// as for the right one.
bool is_callback_token(std::string_view token, std::string_view secret);

// An address that is polled: how it is, and when it is polled next.
struct Poll {
  std::string url;                  // as it was added; what it is known by
  std::string title;                // as the list of subscriptions or the feed names it
  std::vector<std::string> groups;  // of the list, from the outermost inwards
  std::string source_id;            // what it was last read as; empty: not read yet
  Instant added_at{};

  std::string address;  // where it is fetched from: `url`, or where it has moved for good
  std::string etag;     // byte for byte, as last_modified
  std::string last_modified;
  std::string validators_url;  // what gave the two

  std::optional<Instant> last_poll;
  std::optional<Instant> last_success;  // answered, and could be read
  std::optional<Instant> last_new;      // brought an entry or a revision
  std::optional<Instant> failing_since;
  int failures = 0;     // in a row
  int last_status = 0;  // of HTTP; 0: no answer
  std::string last_error;

  std::optional<Instant> next_poll;  // nothing: never again (410)
  std::string next_reason;           // why then, in words

  Rhythm rhythm;
  Wishes wishes;
  Move move;
  Push push;
  // What asks a measurement API, and how far it has come: a word and a JSON text of its own
  // (ingest/measure/). Empty: a feed or file that is fetched as it is.
  std::string adapter;
  std::string cursor;
  std::string suggestion;  // what a person might do about it; empty: nothing

  friend bool operator==(const Poll&, const Poll&) = default;
};

}  // namespace model
