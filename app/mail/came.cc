#include "app/mail/came.h"

#include <charconv>

#include "correlate/correlate.h"

namespace app::mail {
namespace {

using model::Result;
using model::Status;

// Follows each change to the incidents in which it shows.
class Follower {
 public:
  Follower(store::Store& store, Came& out) : store_(store), out_(out) {}

  // Of an entry, whatever comes later counts too: how many revisions are not told yet.
  Status follow(const store::Change& change) {
    bool in_time = change.seq <= out_.until;
    switch (change.kind) {
      case store::ChangeKind::kEntry:
        return entry(change.id, in_time);
      case store::ChangeKind::kOutage:
        return in_time ? record(change.id) : Status();
      case store::ChangeKind::kSignal:
        return in_time ? signal(change.id) : Status();
      case store::ChangeKind::kEdit:
        return in_time ? edit(change.id) : Status();
    }
    return {};
  }

 private:
  Status entry(const std::string& id, bool in_time) {
    auto found = out_.entries.find(id);
    if (found != out_.entries.end()) {
      ++found->second.revisions;
      return {};
    }
    if (!in_time) return {};
    auto incident = incident_of_entry(id);
    if (!incident) return incident.error();
    if (!incident->empty()) ++out_.incidents[*incident];
    out_.entries.emplace(id, Came::Entry{1, *std::move(incident)});
    return {};
  }

  Status record(const std::string& id) {
    ++out_.outages[id];
    return outage_of_record(id);
  }

  Status outage_of_record(const std::string& id) {
    auto fused = store_.fused_of(id);
    if (!fused) return fused.error();
    return touch(fused->empty() ? id : *fused);
  }

  Status signal(const std::string& id) {
    if (!signals_.insert(id).second) return {};
    auto found = store_.detections(id);
    if (!found) return found.error();
    for (const auto& outage : *found) {
      if (auto done = outage_of_record(outage.id); !done) return done;
    }
    return {};
  }

  Status edit(const std::string& seq) {
    std::int64_t number = 0;
    std::from_chars(seq.data(), seq.data() + seq.size(), number);
    auto edits = store_.edits(number - 1);
    if (!edits) return edits.error();
    if (edits->empty()) return {};
    const auto& one = edits->front();
    if (auto done = touch(one.target); !done) return done;
    auto itself = store_.incident(one.target);
    if (!itself) return itself.error();
    if (*itself) touch_incident(one.target);
    for (const auto& id : one.entries) {
      auto incident = incident_of_entry(id);
      if (!incident) return incident.error();
      touch_incident(*incident);
    }
    return {};
  }

  // A story or an outage.
  Status touch(const std::string& member) {
    auto incident = store_.incident_of(member);
    if (!incident) return incident.error();
    touch_incident(*incident);
    return {};
  }
  void touch_incident(const std::string& id) {
    if (id.empty()) return;
    out_.incidents.try_emplace(id, 0);
    out_.touched.insert(id);
  }

  Result<std::string> incident_of_entry(const std::string& id) {
    auto story = store_.story_of(id);
    if (!story || story->empty()) return story;
    return store_.incident_of(*story);
  }

  store::Store& store_;
  Came& out_;
  std::set<std::string> signals_;
};

}  // namespace

Result<std::int64_t> correlated(store::Store& store) {
  auto text = store.meta(correlate::kProgressKey);
  if (!text) return text.error();
  std::int64_t out = 0;
  std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

Result<Came> came_after(store::Store& store, std::int64_t after) {
  constexpr std::size_t kPage = 10'000;
  Came out;
  out.after = after;
  auto until = correlated(store);
  if (!until) return until.error();
  out.until = *until;
  Follower follower(store, out);
  for (auto seq = after;;) {
    auto page = store.changes(seq, kPage);
    if (!page) return page.error();
    for (const auto& change : *page) {
      if (auto done = follower.follow(change); !done) return done.error();
    }
    if (page->size() < kPage) return out;
    seq = page->back().seq;
  }
}

}  // namespace app::mail
