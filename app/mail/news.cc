#include "app/mail/news.h"

#include <algorithm>
#include <set>

#include "app/mail/digest.h"
#include "feeds/render/changed.h"

namespace app::mail {
namespace {

using model::Instant;
using model::Outage;
using model::Result;
using model::Seconds;
using model::TimelineEntry;
using model::TimelineIncident;

Result<const TimelineIncident*> nothing() { return static_cast<const TimelineIncident*>(nullptr); }

correlate::TimelineRequest as_of(Instant at, bool by_our_clock) {
  correlate::TimelineRequest out;
  out.as_of = at;
  out.by_our_clock = by_our_clock;
  out.now = at;
  return out;
}

}  // namespace

Result<const TimelineIncident*> KeptTimelines::of(const std::string& id) {
  constexpr std::size_t kMost = 500;
  auto found = kept_.find(id);
  if (found != kept_.end()) return &found->second;
  auto timeline = timelines_.of(id);
  if (!timeline) return timeline.error();
  if (kept_.size() >= kMost) kept_.clear();
  auto one =
      timeline->incidents.empty() ? TimelineIncident{} : std::move(timeline->incidents.front());
  return &kept_.emplace(id, std::move(one)).first->second;
}

Result<std::vector<std::string>> NewsSince::incidents(const store::query::Query& query) {
  // So many are looked at one by one; among more, the query says which.
  constexpr std::size_t kFew = 200;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  if (query.empty() || came_.incidents.size() <= kFew) {
    for (const auto& [id, count] : came_.incidents) ranked.emplace_back(count, id);
  } else {
    auto found = store_.find_incidents(query, store::kMostRanked);
    if (!found) return found.error();
    for (auto& one : *found) {
      auto came = came_.incidents.find(one.id);
      if (came != came_.incidents.end()) ranked.emplace_back(came->second, std::move(one.id));
    }
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::string> out;
  out.reserve(ranked.size());
  for (auto& [count, id] : ranked) out.push_back(std::move(id));
  return out;
}

Result<const TimelineIncident*> NewsSince::now(const std::string& id) { return now_.of(id); }

Result<const TimelineIncident*> NewsSince::before(const std::string& id) {
  auto now = now_.of(id);
  if (!now) return now;
  if (!came_.touched.contains(id) && !has_revised(**now)) return nothing();
  return before_.of(id);
}

// As many revisions came since as there are: all of it came since.
bool NewsSince::is_new(const TimelineEntry& entry) const {
  auto found = came_.entries.find(entry.entry_id);
  return found != came_.entries.end() && found->second >= entry.revisions;
}

bool NewsSince::has_revised(const TimelineIncident& incident) const {
  return std::any_of(incident.lines.begin(), incident.lines.end(), [this](const auto& line) {
    return std::any_of(line.entries.begin(), line.entries.end(), [this](const auto& entry) {
      return came_.entries.contains(entry.entry_id) && !is_new(entry);
    });
  });
}

Result<std::optional<Outage>> NewsSince::revised(const Outage& outage) {
  for (const auto& measurement : outage.measurements) {
    auto came = came_.outages.find(measurement.record_id);
    if (came == came_.outages.end()) continue;
    auto revisions = store_.outage_revisions(measurement.record_id);
    if (!revisions) return revisions.error();
    auto fresh = static_cast<std::size_t>(came->second);
    if (revisions->size() <= fresh) continue;
    const auto& was = (*revisions)[revisions->size() - fresh - 1];
    const auto& is = revisions->back();
    if (was.start != is.start || was.end != is.end) return std::optional(was);
  }
  return std::optional<Outage>();
}

NewsWithin::NewsWithin(store::Store& store, const model::Interval& window)
    : store_(store),
      window_(window),
      now_(store, as_of(window.to - Seconds{1}, false)),
      before_(store, as_of(window.from - Seconds{1}, false)) {}

Result<std::vector<std::string>> NewsWithin::incidents(const store::query::Query& query) {
  constexpr std::size_t kMost = 1000;
  auto found = store_.find_incidents(query, kMost);
  if (!found) return found.error();
  std::vector<std::string> out;
  out.reserve(found->size());
  for (auto& one : *found) out.push_back(std::move(one.id));
  return out;
}

Result<const TimelineIncident*> NewsWithin::now(const std::string& id) { return now_.of(id); }

// Most incidents are quiet.
Result<const TimelineIncident*> NewsWithin::before(const std::string& id) {
  auto now = now_.of(id);
  if (!now) return now;
  auto all = feeds::render::moments(**now, 1U << 30U);
  bool any = std::any_of(all.begin(), all.end(), [&](Instant at) { return window_.contains(at); });
  return any ? before_.of(id) : nothing();
}

bool NewsWithin::is_new(const TimelineEntry& entry) const {
  return entry.revision == 1 && window_.contains(entry.known_at);
}

Result<std::optional<Outage>> NewsWithin::revised(const Outage& /*outage*/) {
  return std::optional<Outage>();
}

}  // namespace app::mail
