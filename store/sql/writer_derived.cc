#include "store/sql/json.h"
#include "store/sql/rows.h"
#include "store/sql/writer.h"

namespace store::sql {

Status SqlWriter::set_extraction(const model::Extraction& extraction) {
  // Claims go with their extraction.
  auto done = db_.run("DELETE FROM extractions WHERE entry_id = ? AND revision = ?",
                      {extraction.entry_id, extraction.revision});
  if (done) done = insert(db_, "extractions", values(extraction));
  for (std::size_t i = 0; done && i < extraction.claims.size(); ++i) {
    done = insert(db_, "claims", values(extraction, i));
  }
  if (!done) return done;
  return mark(extraction);
}

Status SqlWriter::mark(const model::Extraction& extraction) {
  // Not where a later revision was looked at.
  auto entry =
      first<std::int64_t>(db_,
                          "SELECT n FROM entries WHERE id = ? AND NOT EXISTS "
                          "(SELECT 1 FROM extractions WHERE entry_id = ? AND revision > ?)",
                          {extraction.entry_id, extraction.entry_id, extraction.revision});
  if (!entry) return entry.error();
  if (!*entry) return {};
  auto happened = extraction.happened.interval();
  auto done = db_.run("UPDATE entries SET happened_from = ?, happened_to = ? WHERE n = ?",
                      {happened.from, happened.to, **entry});
  if (!done) return done;
  return marks_.set_entry(**entry, rules::marks_of(extraction));
}

Status SqlWriter::set_links(std::string_view entry_id, const std::vector<model::Link>& links) {
  auto done = db_.run("DELETE FROM links WHERE entry_id = ?", {entry_id});
  for (const auto& link : links) {
    if (!done) return done;
    done = replace("links", values(link));
    for (std::size_t i = 0; done && i < link.reasons.size(); ++i) {
      done = insert(db_, "link_reasons", values(link, link.reasons[i], i));
    }
  }
  return done;
}

Status SqlWriter::set_verdicts(std::string_view entry_id,
                               const std::vector<model::Verdict>& verdicts) {
  auto done = db_.run("DELETE FROM verdicts WHERE entry_id = ?", {entry_id});
  for (const auto& verdict : verdicts) {
    if (!done) return done;
    done = replace("verdicts", values(verdict));
  }
  return done;
}

Status SqlWriter::set_detections(std::string_view series,
                                 const std::vector<model::Outage>& outages) {
  auto done = db_.run("DELETE FROM detections WHERE series = ?", {series});
  for (std::size_t i = 0; done && i < outages.size(); ++i) {
    auto row = values(outages[i]);
    row.emplace_back(series);
    row.emplace_back(i);
    done = insert(db_, "detections", row);
  }
  return done;
}

Status SqlWriter::set_fused(const model::Outage& outage) {
  auto done = remove_fused(outage.id);
  if (!done) return done;
  done = insert(db_, "fused", values(outage));
  if (!done) return done;
  done = marks_.set_outage(outage.id, rules::marks_of(outage), rules::words_of(outage));
  for (const auto& measurement : outage.measurements) {
    if (!done) return done;
    if (measurement.record_id.empty()) continue;
    done = db_.run(
        "INSERT INTO fused_records VALUES (?, ?) ON CONFLICT (record_id) DO UPDATE SET outage_id = "
        "excluded.outage_id",
        {measurement.record_id, outage.id});
  }
  return done;
}

Status SqlWriter::remove_fused(std::string_view id) {
  auto done = db_.run("DELETE FROM fused WHERE id = ?", {id});
  if (!done) return done;
  done = db_.run("DELETE FROM outage_marks WHERE outage = ?", {id});
  if (!done) return done;
  return db_.run("DELETE FROM fused_records WHERE outage_id = ?", {id});
}

// `sql` takes owner, position and member.
Status SqlWriter::add_members(std::string_view sql, const std::string& owner,
                              const std::vector<std::string>& members) {
  Status done;
  for (std::size_t i = 0; done && i < members.size(); ++i) {
    done = db_.run(sql, {owner, i, members[i]});
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
  done = insert(db_, "stories", values(story));
  if (!done) return done;
  return add_members("INSERT INTO story_entries VALUES (?, ?, ?)", story.id, story.entry_ids);
}

Status SqlWriter::remove_story(std::string_view id) {
  return db_.run("DELETE FROM stories WHERE id = ?", {id});
}

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
  done = insert(db_, "incidents", values(incident));
  if (!done) return done;
  done = add_members("INSERT INTO incident_members VALUES (?, 0, ?, ?)", incident.id,
                     incident.story_ids);
  if (!done) return done;
  return add_members("INSERT INTO incident_members VALUES (?, 1, ?, ?)", incident.id,
                     incident.outage_ids);
}

Status SqlWriter::remove_incident(std::string_view id) {
  return db_.run("DELETE FROM incidents WHERE id = ?", {id});
}

Status SqlWriter::set_meta(std::string_view key, std::string_view value) {
  return db_.run(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      {key, value});
}

Status SqlWriter::clear_derived() {
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
