#include "store/sqlite/json.h"
#include "store/sqlite/rows.h"
#include "store/sqlite/writer.h"

namespace store::sqlite {

Status SqliteWriter::set_extraction(const model::Extraction& extraction) {
  auto done = run(db_, "INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  values(extraction));
  for (std::size_t i = 0; done && i < extraction.claims.size(); ++i) {
    done = run(db_,
               "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
               "?, ?, ?, ?)",
               values(extraction, i));
  }
  if (!done) return done;
  return mark(extraction);
}

Status SqliteWriter::mark(const model::Extraction& extraction) {
  auto later = first<std::int64_t>(
      db_, "SELECT 1 FROM extractions WHERE entry_id = ? AND revision > ? LIMIT 1",
      {extraction.entry_id, extraction.revision});
  if (!later) return later.error();
  auto entry =
      first<std::int64_t>(db_, "SELECT n FROM entries WHERE id = ?", {extraction.entry_id});
  if (!entry) return entry.error();
  if (*later || !*entry) return {};
  auto happened = extraction.happened.interval();
  auto done = run(db_, "UPDATE entries SET happened_from = ?, happened_to = ? WHERE n = ?",
                  {happened.from, happened.to, **entry});
  if (!done) return done;
  return marks_.set_entry(**entry, rules::marks_of(extraction));
}

Status SqliteWriter::set_links(std::string_view entry_id, const std::vector<model::Link>& links) {
  auto done = run(db_, "DELETE FROM links WHERE entry_id = ?", {entry_id});
  for (const auto& link : links) {
    if (!done) return done;
    done = run(db_, "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               values(link));
    for (std::size_t i = 0; done && i < link.reasons.size(); ++i) {
      const auto& reason = link.reasons[i];
      done = run(db_, "INSERT INTO link_reasons VALUES (?, ?, ?, ?, ?)",
                 {link.id, i, reason.feature, reason.bits, reason.text});
    }
  }
  return done;
}

Status SqliteWriter::set_verdicts(std::string_view entry_id,
                                  const std::vector<model::Verdict>& verdicts) {
  auto done = run(db_, "DELETE FROM verdicts WHERE entry_id = ?", {entry_id});
  for (const auto& verdict : verdicts) {
    if (!done) return done;
    done = run(db_, "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               values(verdict));
  }
  return done;
}

Status SqliteWriter::set_detections(std::string_view series,
                                    const std::vector<model::Outage>& outages) {
  auto done = run(db_, "DELETE FROM detections WHERE series = ?", {series});
  for (std::size_t i = 0; done && i < outages.size(); ++i) {
    auto row = values(outages[i]);
    row.emplace_back(series);
    row.emplace_back(i);
    done = run(db_,
               "INSERT INTO detections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
               "?, ?, ?, ?, ?, ?, ?, ?, ?)",
               row);
  }
  return done;
}

Status SqliteWriter::set_fused(const model::Outage& outage) {
  auto done = remove_fused(outage.id);
  if (!done) return done;
  done = run(db_,
             "INSERT INTO fused VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
             "?, ?, ?, ?, ?)",
             values(outage));
  if (!done) return done;
  done = marks_.set_outage(outage.id, rules::marks_of(outage), rules::words_of(outage));
  for (const auto& measurement : outage.measurements) {
    if (!done) return done;
    if (measurement.record_id.empty()) continue;
    done = run(db_, "INSERT OR REPLACE INTO fused_records VALUES (?, ?)",
               {measurement.record_id, outage.id});
  }
  return done;
}

Status SqliteWriter::remove_fused(std::string_view id) {
  auto done = run(db_, "DELETE FROM fused WHERE id = ?", {id});
  if (!done) return done;
  done = run(db_, "DELETE FROM outage_marks WHERE outage = ?", {id});
  if (!done) return done;
  return run(db_, "DELETE FROM fused_records WHERE outage_id = ?", {id});
}

// `sql` takes owner, position and member.
Status SqliteWriter::add_members(std::string_view sql, const std::string& owner,
                                 const std::vector<std::string>& members) {
  Status done;
  for (std::size_t i = 0; done && i < members.size(); ++i) {
    done = run(db_, sql, {owner, i, members[i]});
  }
  return done;
}

Status SqliteWriter::set_stories(const std::vector<model::Story>& stories) {
  auto done = run(db_, "DELETE FROM stories", {});
  for (const auto& story : stories) {
    if (!done) return done;
    done = set_story(story);
  }
  return done;
}

// Members go with their story.
Status SqliteWriter::set_story(const model::Story& story) {
  auto done = remove_story(story.id);
  if (!done) return done;
  done = run(db_, "INSERT INTO stories VALUES (?, ?, ?)", {story.id, story.title, story.origins});
  if (!done) return done;
  return add_members("INSERT INTO story_entries VALUES (?, ?, ?)", story.id, story.entry_ids);
}

Status SqliteWriter::remove_story(std::string_view id) {
  return run(db_, "DELETE FROM stories WHERE id = ?", {id});
}

Status SqliteWriter::set_incidents(const std::vector<model::Incident>& incidents) {
  auto done = run(db_, "DELETE FROM incidents", {});
  for (const auto& incident : incidents) {
    if (!done) return done;
    done = set_incident(incident);
  }
  return done;
}

Status SqliteWriter::set_incident(const model::Incident& incident) {
  auto done = remove_incident(incident.id);
  if (!done) return done;
  done = run(db_, "INSERT INTO incidents VALUES (?, ?, ?, ?, ?)",
             {incident.id, incident.title, incident.span.from, incident.span.to,
              json_of_detail(incident)});
  if (!done) return done;
  done = add_members("INSERT INTO incident_members VALUES (?, 0, ?, ?)", incident.id,
                     incident.story_ids);
  if (!done) return done;
  return add_members("INSERT INTO incident_members VALUES (?, 1, ?, ?)", incident.id,
                     incident.outage_ids);
}

Status SqliteWriter::remove_incident(std::string_view id) {
  return run(db_, "DELETE FROM incidents WHERE id = ?", {id});
}

Status SqliteWriter::set_meta(std::string_view key, std::string_view value) {
  return run(db_, "INSERT OR REPLACE INTO meta VALUES (?, ?)", {key, value});
}

Status SqliteWriter::clear_derived() {
  return db_.exec(
      "DELETE FROM extractions; DELETE FROM links; DELETE FROM verdicts; DELETE FROM stories; "
      "DELETE FROM incidents; DELETE FROM detections; DELETE FROM fused; "
      "DELETE FROM fused_records; DELETE FROM meta; DELETE FROM entry_marks; DELETE FROM "
      "outage_marks; "
      "UPDATE entries SET happened_from = NULL, happened_to = NULL WHERE happened_from IS NOT "
      "NULL");
}

}  // namespace store::sqlite
