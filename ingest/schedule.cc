#include "ingest/schedule.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ingest/freshness.h"
#include "ingest/rhythm.h"
#include "store/model/hash.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Instant;
using model::Poll;
using model::Seconds;

// While a hub pushes, polling only makes sure that nothing is lost.
constexpr auto kWithHub = Seconds(6 * 3600);
// Sightings of a redirect count once a day, whatever the rhythm; a little less than a day, for
// jitter.
constexpr auto kSightingGap = Seconds(20 * 3600);
// A remembered new address that fails so often is given up for the one that was added.
constexpr int kMoveDoubtedAfter = 3;

struct Next {
  Seconds wait;
  std::string reason;
};

void at_least(Next& next, Seconds wait, std::string_view reason) {
  if (wait > next.wait) next = {wait, std::string(reason)};
}

// The first moment from `at` on whose hour and day the feed does not ask to skip.
Instant out_of_skipped(const model::Wishes& wishes, Instant at) {
  constexpr int kHoursOfWeek = 7 * 24;
  auto hour = std::chrono::floor<std::chrono::hours>(at);
  for (int n = 0; n < kHoursOfWeek; ++n) {
    auto day = std::chrono::floor<std::chrono::days>(hour);
    auto hour_of_day = static_cast<unsigned>((hour - day).count());
    auto weekday = std::chrono::weekday(day).c_encoding();
    bool skipped =
        (wishes.skip_hours >> hour_of_day & 1U) != 0 || (wishes.skip_days >> weekday & 1U) != 0;
    if (!skipped) return n == 0 ? at : Instant(hour);
    hour += std::chrono::hours(1);
  }
  return at;  // all are skipped: a mistake
}

void set_next(Poll& poll, const Next& next, Instant now) {
  auto at = now + next.wait + jitter(poll.url, now, next.wait);
  poll.next_poll = out_of_skipped(poll.wishes, at);
  poll.next_reason = next.reason;
  if (*poll.next_poll != at) poll.next_reason = "the feed asks to skip the hours before";
}

// 15 min, 30 min, 1 h … 24 h: each failure doubles it, none ends it.
Seconds back_off(Seconds first, int failures, const PollBounds& bounds) {
  auto doublings = static_cast<unsigned>(std::clamp(failures - 1, 0, 10));
  return std::min(bounds.ceiling, first * (1L << doublings));
}

void note_move(Poll& poll, const Polled& polled, Instant now) {
  bool for_good =
      !polled.redirects.empty() &&
      std::all_of(polled.redirects.begin(), polled.redirects.end(),
                  [](const auto& hop) { return hop.status == 301 || hop.status == 308; });
  if (!for_good) {
    if (poll.address == poll.url) poll.suggestion.clear();
    poll.move = {};
    return;
  }
  const auto& to = polled.redirects.back().to;
  if (poll.move.to != to) poll.move = {to, now, std::nullopt, 0};
  if (!poll.move.last_seen || now - *poll.move.last_seen >= kSightingGap) {
    poll.move.last_seen = now;
    ++poll.move.sightings;
  }
  poll.suggestion = "the feed moved to " + to;
  if (poll.move.sightings < kMoveSightings || now - *poll.move.first_seen < kMoveFor) return;
  poll.address = to;
  poll.move = {};
  poll.suggestion = "the feed moved to " + to + " and is polled there now";
}

void note_validators(Poll& poll, const Polled& polled) {
  if (polled.status == 304) {
    // RFC 9111 section 4.3.4: what a 304 says replaces what was stored.
    if (!polled.etag.empty()) poll.etag = polled.etag;
    if (!polled.last_modified.empty()) poll.last_modified = polled.last_modified;
    return;
  }
  poll.etag = polled.etag;
  poll.last_modified = polled.last_modified;
  poll.validators_url = polled.etag.empty() && polled.last_modified.empty() ? "" : polled.url;
}

void note_document(Poll& poll, const Outcome& outcome, Instant now) {
  if (!outcome.unchanged) {
    if (!outcome.notes.source_id.empty()) poll.source_id = outcome.notes.source_id;
    if (poll.title.empty()) poll.title = outcome.notes.title;
    poll.wishes = outcome.notes.wishes;
    count(poll.rhythm, outcome.notes.arrived, now);
  }
  auto news = outcome.entries_added + outcome.entries_revised + outcome.outages_added +
              outcome.outages_revised + outcome.signals_changed;
  if (news > 0) poll.last_new = now;
}

Next next_after_success(const Poll& poll, const Polled& polled, Instant now,
                        const PollBounds& bounds) {
  Next next{kUsual, "its rhythm is not known yet"};
  auto gap = usual_gap(poll.rhythm, now);
  if (gap) {
    next = {*gap, "it brings something new every " + model::human_duration(*gap)};
  } else if (poll.rhythm.since && now - *poll.rhythm.since > kSlowMemory) {
    next = {bounds.ceiling, "it has brought nothing new for long"};
  } else if (poll.wishes.period.count() > 0) {
    next = {poll.wishes.period, "the feed says how often it changes (sy:updatePeriod)"};
  }
  if (auto burst = burst_gap(poll.rhythm, now); burst && *burst < next.wait) {
    next = {*burst, "a burst of news"};
  }
  auto most = model::human_duration(bounds.ceiling);
  if (next.wait > bounds.ceiling) {
    next = {bounds.ceiling, "it brings something new less than once in " + most};
  }
  at_least(next, bounds.floor, "no more often than every " + model::human_duration(bounds.floor));
  at_least(next, poll.wishes.ttl, "the feed's ttl");
  at_least(next, polled.fresh.value_or(Seconds(0)), "the answer is fresh so long (Cache-Control)");
  bool pushed = poll.push.until && *poll.push.until > now;
  if (pushed) at_least(next, kWithHub, "its hub pushes what is new");
  if (next.wait > bounds.ceiling) {
    next = {bounds.ceiling, next.reason + ", but at least once in " + most};
  }
  return next;
}

Next next_after_failure(Poll& poll, const Polled& polled, Instant now, const PollBounds& bounds) {
  auto tries = poll.failures == 1 ? std::string("failed once")
                                  : fmt::format("failed {} times in a row", poll.failures);
  if (polled.retry) {
    auto wait = std::clamp(*polled.retry - now, bounds.floor, std::max(bounds.floor, kCeiling));
    return {wait, "the server asks to come back then (Retry-After)"};
  }
  switch (polled.status) {
    case 401:
    case 403:
      poll.suggestion = "the server does not let us in; ask the site, or look for another feed";
      return {back_off(kUsual, poll.failures, bounds), tries};
    case 404:
      poll.suggestion = "nothing is at this address; look for the feed's new one";
      return {back_off(kUsual, poll.failures, bounds), tries};
    case 429:
      return {back_off(kUsual, poll.failures, bounds), tries + ", too many requests"};
    default:
      return {back_off(bounds.floor, poll.failures, bounds), tries};
  }
}

void fail(Poll& poll, const Polled& polled, Instant now, const PollBounds& bounds) {
  poll.last_error = polled.error;
  if (poll.failures++ == 0) poll.failing_since = now;
  if (polled.status == 410) {
    poll.next_poll.reset();
    poll.next_reason = "the server says that it is gone for good (410)";
    poll.suggestion = "it is gone; its entries stay. Remove it, or look for the feed's new address";
    return;
  }
  set_next(poll, next_after_failure(poll, polled, now, bounds), now);
  if (now - *poll.failing_since >= kDeadAfter && poll.suggestion.empty()) {
    poll.suggestion = "it has failed for two weeks; look for the feed's new address";
  }
  if (poll.address != poll.url && poll.failures >= kMoveDoubtedAfter) {
    poll.address = poll.url;
    poll.suggestion = "it fails where it had moved to; the first address is tried again";
  }
}

}  // namespace

Polled polled(const Fetched& fetched, Instant now) {
  Polled out;
  out.status = fetched.status;
  if (fetched.error) out.error = fetched.error->message;
  out.held = fetched.held;
  if (fetched.held) out.retry = now + fetched.held_for;
  bool comes_back = fetched.status == 429 || fetched.status == 503;
  if (comes_back) out.retry = retry_at(fetched.retry_after, now);
  out.fresh = fresh_for(fetched.cache_control, fetched.age, fetched.expires, fetched.date, now);
  out.url = fetched.response.url;
  out.redirects = fetched.redirects;
  out.etag = fetched.response.etag;
  out.last_modified = fetched.response.last_modified;
  return out;
}

Poll after(Poll poll, const Polled& polled, Instant now, const PollBounds& bounds) {
  if (polled.held) {
    auto wait = std::clamp(*polled.retry - now, Seconds(1), kCeiling);
    set_next(poll, {wait, "its host asked to be left alone"}, now);
    return poll;
  }
  poll.last_poll = now;
  poll.last_status = polled.status;
  if (!polled.error.empty()) {
    fail(poll, polled, now, bounds);
    return poll;
  }
  if (poll.failures > 0) poll.suggestion.clear();
  poll.failures = 0;
  poll.failing_since.reset();
  poll.last_error.clear();
  poll.last_success = now;
  note_move(poll, polled, now);
  note_validators(poll, polled);
  if (polled.outcome) note_document(poll, *polled.outcome, now);
  set_next(poll, next_after_success(poll, polled, now, bounds), now);
  return poll;
}

Poll pushed(Poll poll, const Outcome& outcome, Instant now) {
  note_document(poll, outcome, now);
  return poll;
}

Poll added(std::string url, Instant now) {
  Poll poll;
  poll.address = url;
  poll.url = std::move(url);
  poll.added_at = now;
  poll.next_poll = now;
  poll.next_reason = "it was just added";
  return poll;
}

std::string_view to_string(Health health) {
  constexpr std::string_view kNames[] = {"new",  "fine",   "failing", "dead",
                                         "gone", "silent", "moved"};
  return kNames[static_cast<std::size_t>(health)];
}

Health health_of(const Poll& poll, Instant now) {
  if (!poll.next_poll) return Health::kGone;
  if (poll.failures > 0) {
    return now - *poll.failing_since >= kDeadAfter ? Health::kDead : Health::kFailing;
  }
  if (!poll.last_success) return Health::kNew;
  if (!poll.move.to.empty() || poll.address != poll.url) return Health::kMoved;
  auto quiet = now - poll.last_new.value_or(poll.added_at);
  auto usual = usual_gap(poll.rhythm, now).value_or(Seconds(0));
  return quiet >= std::max(kSilentAfter, usual * 10) ? Health::kSilent : Health::kFine;
}

Seconds jitter(std::string_view url, Instant now, Seconds wait) {
  auto seed = fmt::format("{}\n{}", url, now.time_since_epoch().count());
  auto number = std::stoul(model::sha256_hex(seed).substr(0, 8), nullptr, 16);
  auto most = std::max<std::int64_t>(wait.count() / 10, 0);
  return Seconds(static_cast<std::int64_t>(number) % (most + 1));
}

}  // namespace ingest
