#include "app/mail/news.h"

#include <algorithm>

#include "app/mail/digest.h"
#include "feeds/render/changed.h"

namespace app::mail {
namespace {

using model::Instant;
using model::Outage;
using model::Result;
using model::Seconds;
using model::Status;
using model::TimelineEntry;
using model::TimelineIncident;
using store::query::Field;
using store::query::Node;
using store::query::Op;
using store::query::Query;

Result<const TimelineIncident*> nothing() { return static_cast<const TimelineIncident*>(nullptr); }

// All that a query finds among what `among` names.
Status find_all(store::Store& store, Query query, Node among, std::set<std::string>& into) {
  if (query.root.op != Op::kAnd) query.root = {.op = Op::kAnd, .parts = {query.root}};
  query.root.parts.push_back(std::move(among));
  store::FindOptions options{store::FindOptions::Order::kNewest, {}, 1000};
  do {
    auto page = store.find(query, options);
    if (!page) return page.error();
    for (auto& hit : page->hits) into.insert(std::move(hit.id));
    options.after = page->next;
  } while (!options.after.empty());
  return {};
}

Result<std::set<std::string>> found_in(store::Store& store, const Query& query,
                                       const std::string& incident) {
  std::set<std::string> out;
  Node inside{.op = Op::kField, .text = incident, .field = Field::kIncident};
  if (auto done = find_all(store, query, std::move(inside), out); !done) return done.error();
  return out;
}

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

// One find for all entries that came: looking into each incident for each query would be as much
// work as both have members.
Status NewsSince::find_new(const Query& query) {
  constexpr std::size_t kTogether = 500;
  new_.clear();
  for (auto at = came_.entries.begin(); at != came_.entries.end();) {
    Node any{.op = Op::kOr};
    for (; at != came_.entries.end() && any.parts.size() < kTogether; ++at) {
      any.parts.push_back({.op = Op::kField, .text = at->first, .field = Field::kEntry});
    }
    if (auto done = find_all(store_, query, std::move(any), new_); !done) return done;
  }
  return {};
}

// Those of the incidents in which more than entries came that the query finds something in.
Result<std::vector<std::string>> NewsSince::touched(const Query& query) {
  // So many are looked at one by one; among more, the query says which.
  constexpr std::size_t kFew = 200;
  std::vector<std::string> all(came_.touched.begin(), came_.touched.end());
  if (query.empty() || all.size() <= kFew) return all;
  auto found = store_.find_incidents(query, store::kMostRanked);
  if (!found) return found.error();
  all.clear();
  for (auto& one : *found) {
    if (came_.touched.contains(one.id)) all.push_back(std::move(one.id));
  }
  return all;
}

Result<std::vector<std::string>> NewsSince::incidents(const Query& query) {
  if (auto done = find_new(query); !done) return done.error();
  auto more = touched(query);
  if (!more) return more.error();
  std::set<std::string> ids(more->begin(), more->end());
  for (const auto& id : new_) {
    const auto& entry = came_.entries.at(id);
    if (!entry.incident.empty()) ids.insert(entry.incident);
  }
  std::vector<std::string> out(ids.begin(), ids.end());
  std::stable_sort(out.begin(), out.end(), [this](const auto& a, const auto& b) {
    return came_.incidents.at(a) > came_.incidents.at(b);
  });
  return out;
}

Result<std::set<std::string>> NewsSince::found(const Query& query, const std::string& id) {
  if (!came_.touched.contains(id)) return new_;
  return found_in(store_, query, id);
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
  return found != came_.entries.end() && found->second.revisions >= entry.revisions;
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

Result<std::vector<std::string>> NewsWithin::incidents(const Query& query) {
  constexpr std::size_t kMost = 1000;
  auto found = store_.find_incidents(query, kMost);
  if (!found) return found.error();
  std::vector<std::string> out;
  out.reserve(found->size());
  for (auto& one : *found) out.push_back(std::move(one.id));
  return out;
}

Result<std::set<std::string>> NewsWithin::found(const Query& query, const std::string& id) {
  return found_in(store_, query, id);
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
