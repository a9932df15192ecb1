#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/fetcher.h"
#include "ingest/ingest.h"
#include "store/model/poll.h"

// When a source is polled next, and why then. Pure: state, answer, now → next state. The rules and
// where they come from stand in ingest/README.md, "When it polls".
namespace ingest {

inline constexpr auto kFloor = model::Seconds(15 * 60);
inline constexpr auto kCeiling = model::Seconds(24 * 3600);
// What is polled while nothing is known of its rhythm.
inline constexpr auto kUsual = model::Seconds(3600);
// A permanent redirect is believed when it was seen on so many different days, over so long.
// Captive portals and maintenance pages redirect permanently too, but not for a week.
inline constexpr int kMoveSightings = 5;
inline constexpr auto kMoveFor = model::Seconds(7 * 86400);
// What fails for so long counts as dead; it is still polled once a day.
inline constexpr auto kDeadAfter = model::Seconds(14 * 86400);
// What brings nothing for so long, and for ten times its usual gap, counts as silent.
inline constexpr auto kSilentAfter = model::Seconds(30 * 86400);

// Between what polls of a source that answers come, whatever else is said.
struct PollBounds {
  model::Seconds floor = kFloor;
  model::Seconds ceiling = kCeiling;
};

// What one poll came to.
struct Polled {
  int status = 0;                       // of HTTP; 0: no answer
  std::string error;                    // one sentence; empty: it was read, or has not changed
  bool held = false;                    // was not asked: its host wants to be left alone
  std::optional<model::Instant> retry;  // when it wants us back (Retry-After)
  std::optional<model::Seconds> fresh;  // Cache-Control, Expires
  std::string url;                      // after redirects
  std::vector<Redirect> redirects;
  std::string etag, last_modified;
  std::optional<Outcome> outcome;  // of a document that was read
};

// What of an answer the schedule needs; `outcome` where its document was read, `error` where that
// failed.
Polled polled(const Fetched& fetched, model::Instant now);

// The state after a poll, with next_poll and next_reason. Never without a next poll but after 410.
model::Poll after(model::Poll poll, const Polled& polled, model::Instant now,
                  const PollBounds& bounds = {});

// The state after a document that its hub pushed; the next poll stays when it is.
model::Poll pushed(model::Poll poll, const Outcome& outcome, model::Instant now);

// A source that was just added: polled at once. See measured.h for those of measurements.
model::Poll added(std::string url, model::Instant now);

// What is going on with it.
enum class Health { kNew, kFine, kFailing, kDead, kGone, kSilent, kMoved };
std::string_view to_string(Health health);  // "fine", "failing", …
Health health_of(const model::Poll& poll, model::Instant now);

// Up to a tenth of `wait`, the same for the same source and time: so that sources that were added
// together do not come together.
model::Seconds jitter(std::string_view url, model::Instant now, model::Seconds wait);

}  // namespace ingest
