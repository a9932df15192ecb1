#include "app/health.h"

#include <array>
#include <cmath>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "ingest/measure/adapters.h"
#include "ingest/rhythm.h"
#include "ingest/schedule.h"
#include "store/model/text.h"

namespace app {
namespace {

using ingest::Health;
using model::Instant;
using model::Poll;

boost::json::value maybe(const std::optional<Instant>& at) {
  return at ? boost::json::value(model::to_iso(*at)) : boost::json::value(nullptr);
}
boost::json::value maybe(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

// A line under a source: what it is about, and what there is to say.
void say(std::string& out, std::string_view what, std::string_view text) {
  if (!text.empty()) out += fmt::format("           {:<9} {}\n", what, text);
}

std::string last_of(const Poll& poll, Instant now) {
  if (!poll.last_poll) return "never polled";
  if (!poll.last_success) return "never read";
  auto read = "read " + relative(*poll.last_success, now);
  return read + (poll.last_new ? ", last new entry " + relative(*poll.last_new, now)
                               : ", nothing new yet");
}

std::string failure_of(const Poll& poll, Instant now) {
  if (poll.failures == 0) return "";
  return fmt::format("{}, since {} ({}): {}",
                     poll.failures == 1 ? "once" : fmt::format("{} times in a row", poll.failures),
                     model::to_iso(*poll.failing_since), relative(*poll.failing_since, now),
                     poll.last_error);
}

std::string hub_of(const Poll& poll, Instant now) {
  if (poll.push.hub.empty()) return "";
  if (poll.push.until && *poll.push.until > now) {
    return poll.push.hub + " pushes what is new until " + model::to_iso(*poll.push.until);
  }
  return poll.push.hub +
         (poll.push.asked_at ? " was asked and has not confirmed" : " offers to push");
}

}  // namespace

std::string terms_of(const Poll& poll) {
  const auto* adapter = ingest::measure::adapter_named(poll.adapter);
  if (adapter == nullptr) return "";
  const auto* provider = ingest::measure::provider_named(adapter->provider);
  return provider == nullptr ? "" : fmt::format("{}: {}", provider->title, provider->terms);
}

std::string name_of(const Poll& poll) {
  return poll.title.empty() ? poll.url : model::squeeze(poll.title);
}

std::string relative(Instant at, Instant now) {
  if (at == now) return "now";
  // Two units are exact enough to wait for, one for what is long past.
  auto length = model::human_duration(at > now ? at - now : now - at);
  return at > now ? "in " + length : length + " ago";
}

std::string health_text(const Poll& poll, Instant now) {
  constexpr std::size_t kTitle = 80;
  auto health = ingest::health_of(poll, now);
  auto out =
      fmt::format("{:<10} {}\n", ingest::to_string(health), model::truncate(name_of(poll), kTitle));
  if (!poll.title.empty()) out += fmt::format("{:11}{}\n", "", poll.url);
  say(out, "last", last_of(poll, now));
  say(out, "next",
      poll.next_poll ? relative(*poll.next_poll, now) + ": " + poll.next_reason
                     : "never: " + poll.next_reason);
  say(out, "failed", failure_of(poll, now));
  if (health == Health::kSilent) say(out, "silent", "it answers, but brings nothing new");
  say(out, "hub", hub_of(poll, now));
  say(out, "terms", terms_of(poll));
  say(out, "hint", poll.suggestion);
  return out;
}

boost::json::object health_json(const Poll& poll, Instant now) {
  auto gap = ingest::usual_gap(poll.rhythm, now);
  auto health = ingest::to_string(ingest::health_of(poll, now));
  return {{"url", poll.url},
          {"polled", true},
          {"source", maybe(poll.source_id)},
          {"title", maybe(poll.title)},
          {"groups", boost::json::array(poll.groups.begin(), poll.groups.end())},
          {"health", boost::json::string(health.data(), health.size())},
          {"address", poll.address},
          {"added_at", model::to_iso(poll.added_at)},
          {"last_poll", maybe(poll.last_poll)},
          {"last_success", maybe(poll.last_success)},
          {"last_new", maybe(poll.last_new)},
          {"next_poll", maybe(poll.next_poll)},
          {"next_reason", poll.next_reason},
          {"usual_gap_s", gap ? boost::json::value(gap->count()) : boost::json::value(nullptr)},
          {"failures", poll.failures},
          {"failing_since", maybe(poll.failing_since)},
          {"last_status", poll.last_status},
          {"last_error", maybe(poll.last_error)},
          {"moved_to", maybe(poll.address != poll.url ? poll.address : poll.move.to)},
          {"adapter", maybe(poll.adapter)},
          {"terms", maybe(terms_of(poll))},
          {"hub", maybe(poll.push.hub)},
          {"hub_until", maybe(poll.push.until)},
          {"suggestion", maybe(poll.suggestion)}};
}

std::string health_sum(const std::vector<Poll>& polls, Instant now) {
  constexpr std::array kOrder{Health::kFine,    Health::kNew,  Health::kMoved, Health::kSilent,
                              Health::kFailing, Health::kDead, Health::kGone};
  std::array<int, kOrder.size()> counts{};
  for (const auto& poll : polls)
    ++counts.at(static_cast<std::size_t>(ingest::health_of(poll, now)));
  std::string out;
  for (auto health : kOrder) {
    auto count = counts.at(static_cast<std::size_t>(health));
    if (count == 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, ingest::to_string(health));
  }
  return fmt::format("{} polled: {}", polls.size(), out);
}

}  // namespace app
