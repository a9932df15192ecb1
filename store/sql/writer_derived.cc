#include "store/sql/json.h"
#include "store/sql/rows.h"
#include "store/sql/writer.h"

namespace store::sql {

namespace {

constexpr Column kId[] = {{"id", 0}};
constexpr Column kKey[] = {{"key", 0}};
constexpr Column kExtraction[] = {{"entry_id", 0}, {"revision", 1}};
constexpr Column kLinkEntry[] = {{"entry_id", 1}};
constexpr Column kVerdictEntry[] = {{"entry_id", 2}};
constexpr Column kSeries[] = {{"series", 24}};
constexpr Column kOutage[] = {{"outage", 1}};
constexpr Column kRecord[] = {{"record_id", 0}};
constexpr Column kRecordOutage[] = {{"outage_id", 1}};

// Entries whose marks wait, and are looked up together.
constexpr std::size_t kMostFound = 500;

}  // namespace

Status SqlWriter::set_extraction(const model::Extraction& extraction) {
  // Claims go with their extraction.
  auto done = db_.erase("extractions", kExtraction, {extraction.entry_id, extraction.revision});
  if (done) done = db_.insert("extractions", values(extraction));
  for (std::size_t i = 0; done && i < extraction.claims.size(); ++i) {
    done = db_.insert("claims", values(extraction, i));
  }
  if (!done) return done;
  auto& found = found_[extraction.entry_id];
  if (found.revision > extraction.revision) return {};
  found = {extraction.revision, extraction.happened.interval(), rules::marks_of(extraction)};
  return found_.size() < kMostFound ? Status() : settle_found();
}

// Not of entries where a later revision was looked at.
Status SqlWriter::settle_found() {
  if (found_.empty()) return {};
  std::vector<std::string> ids;
  for (const auto& [id, found] : found_) ids.push_back(id);
  auto entries = numbered(ids);
  if (!entries) return entries.error();
  constexpr std::string_view kHappened[] = {"happened_from", "happened_to"};
  for (const auto& entry : *entries) {
    const auto& found = found_[entry.id];
    if (entry.looked_at > found.revision) continue;
    std::optional<std::int64_t> happened[] = {found.happened.from.time_since_epoch().count(),
                                              found.happened.to.time_since_epoch().count()};
    auto done = db_.update("entries", "n", entry.number, kHappened, happened);
    if (done) done = marks_.set_entry(entry.number, found.marks);
    if (!done) return done;
  }
  found_.clear();
  return {};
}

Status SqlWriter::set_links(std::string_view entry_id, const std::vector<model::Link>& links) {
  auto done = db_.erase("links", kLinkEntry, {entry_id});
  for (const auto& link : links) {
    if (!done) return done;
    done = replace("links", values(link));
    for (std::size_t i = 0; done && i < link.reasons.size(); ++i) {
      done = db_.insert("link_reasons", values(link, link.reasons[i], i));
    }
  }
  return done;
}

Status SqlWriter::set_verdicts(std::string_view entry_id,
                               const std::vector<model::Verdict>& verdicts) {
  auto done = db_.erase("verdicts", kVerdictEntry, {entry_id});
  for (const auto& verdict : verdicts) {
    if (!done) return done;
    done = replace("verdicts", values(verdict));
  }
  return done;
}

Status SqlWriter::set_detections(std::string_view series,
                                 const std::vector<model::Outage>& outages) {
  auto done = db_.erase("detections", kSeries, {series});
  for (std::size_t i = 0; done && i < outages.size(); ++i) {
    auto row = values(outages[i]);
    row.emplace_back(series);
    row.emplace_back(i);
    done = db_.insert("detections", row);
  }
  return done;
}

Status SqlWriter::set_fused(const model::Outage& outage) {
  auto done = remove_fused(outage.id);
  if (!done) return done;
  done = db_.insert("fused", values(outage));
  if (!done) return done;
  done = marks_.set_outage(outage.id, rules::marks_of(outage), rules::words_of(outage));
  for (const auto& measurement : outage.measurements) {
    if (!done) return done;
    if (measurement.record_id.empty()) continue;
    done = db_.erase("fused_records", kRecord, {measurement.record_id});
    if (done) done = db_.insert("fused_records", {measurement.record_id, outage.id});
  }
  return done;
}

Status SqlWriter::remove_fused(std::string_view id) {
  auto done = db_.erase("fused", kId, {id});
  if (done) done = db_.erase("outage_marks", kOutage, {id});
  if (done) done = db_.erase("fused_records", kRecordOutage, {id});
  return done;
}

Status SqlWriter::add_members(std::string_view table, const Values& row,
                              const std::vector<std::string>& members) {
  Status done;
  for (std::size_t i = 0; done && i < members.size(); ++i) {
    auto member = row;
    member.emplace_back(i);
    member.emplace_back(members[i]);
    done = db_.insert(table, member);
  }
  return done;
}

Status SqlWriter::set_stories(const std::vector<model::Story>& stories) {
  auto done = db_.run("DELETE FROM stories", {});
  for (const auto& story : stories) {
    if (!done) return done;
    done = set_story(story);
  }
  return done;
}

// Members go with their story.
Status SqlWriter::set_story(const model::Story& story) {
  auto done = remove_story(story.id);
  if (!done) return done;
  done = db_.insert("stories", values(story));
  if (!done) return done;
  return add_members("story_entries", {story.id}, story.entry_ids);
}

Status SqlWriter::remove_story(std::string_view id) { return db_.erase("stories", kId, {id}); }

Status SqlWriter::set_incidents(const std::vector<model::Incident>& incidents) {
  auto done = db_.run("DELETE FROM incidents", {});
  for (const auto& incident : incidents) {
    if (!done) return done;
    done = set_incident(incident);
  }
  return done;
}

Status SqlWriter::set_incident(const model::Incident& incident) {
  auto done = remove_incident(incident.id);
  if (!done) return done;
  done = db_.insert("incidents", values(incident));
  if (!done) return done;
  done = add_members("incident_members", {incident.id, 0}, incident.story_ids);
  if (!done) return done;
  return add_members("incident_members", {incident.id, 1}, incident.outage_ids);
}

Status SqlWriter::remove_incident(std::string_view id) { return db_.erase("incidents", kId, {id}); }

Status SqlWriter::set_meta(std::string_view key, std::string_view value) {
  auto done = db_.erase("meta", kKey, {key});
  return done && !value.empty() ? db_.insert("meta", {key, value}) : done;
}

Status SqlWriter::clear_derived() {
  found_.clear();
  Status done;
  for (std::string_view table :
       {"extractions", "links", "verdicts", "stories", "incidents", "detections", "fused",
        "fused_records", "meta", "entry_marks", "outage_marks"}) {
    if (done) done = db_.run(std::string("DELETE FROM ").append(table), {});
  }
  if (!done) return done;
  return db_.run(
      "UPDATE entries SET happened_from = NULL, happened_to = NULL WHERE happened_from IS NOT NULL",
      {});
}

}  // namespace store::sql
