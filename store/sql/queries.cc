#include "store/sql/queries.h"

#include <utility>

#include "store/rules/hits.h"
#include "store/sql/find.h"
#include "store/sql/rows.h"

namespace store::sql {
namespace {

// Hangs each member on the record that owns it. Both in order of the owner's id.
template <typename T>
Status add_members(Db& db, std::string_view sql, std::vector<T>& records,
                   std::vector<std::string> T::*list) {
  auto members = all<std::pair<std::string, std::string>>(db, sql, {});
  if (!members) return members.error();
  auto record = records.begin();
  for (auto& [owner, member] : *members) {
    while (record != records.end() && record->id < owner) ++record;
    if (record == records.end()) break;
    ((*record).*list).push_back(std::move(member));
  }
  return {};
}

}  // namespace

Result<std::vector<model::Link>> links_where(Db& db, std::string_view sql, std::string_view value) {
  auto links = all<model::Link>(db, sql, {value});
  if (!links) return links;
  for (auto& link : *links) {
    auto reasons = all<model::Reason>(
        db, "SELECT feature, bits, text FROM link_reasons WHERE link_id = ? ORDER BY position",
        {link.id});
    if (!reasons) return reasons.error();
    link.reasons = std::move(*reasons);
  }
  return links;
}

namespace {

Result<std::vector<model::Outage>> outages_in(Db& db, std::string_view table,
                                              const OutageFilter& filter) {
  std::string sql = "SELECT * FROM " + std::string(table) + " WHERE newest";
  Values values;
  if (!filter.country.empty()) {
    sql += " AND country = ?";
    values.emplace_back(filter.country);
  }
  if (filter.during) {
    sql += " AND start_at < ? AND (end_at IS NULL OR end_at > ?)";
    values.emplace_back(filter.during->to);
    values.emplace_back(filter.during->from);
  }
  sql += " ORDER BY start_at, id";
  return all<model::Outage>(db, sql, values);
}

}  // namespace

Result<std::vector<model::Outage>> outages(Db& db, const OutageFilter& filter) {
  return outages_in(db, "outages", filter);
}

Result<std::vector<model::Outage>> fused(Db& db, const OutageFilter& filter) {
  return outages_in(db, "fused", filter);
}

Result<std::optional<model::Extraction>> extraction(Db& db, std::string_view entry_id,
                                                    int revision) {
  auto out = first<model::Extraction>(
      db, "SELECT * FROM extractions WHERE entry_id = ? AND revision = ?", {entry_id, revision});
  if (!out || !*out) return out;
  static const std::string kClaimsSql = "SELECT " + std::string(kClaimColumns) +
                                        " FROM claims WHERE entry_id = ? AND revision = ? "
                                        "ORDER BY position";
  auto claims = all<model::Claim>(db, kClaimsSql, {entry_id, revision});
  if (!claims) return claims.error();
  (*out)->claims = std::move(*claims);
  return out;
}

Result<std::vector<model::Story>> stories(Db& db) {
  auto out = all<model::Story>(db, "SELECT * FROM stories ORDER BY id", {});
  if (!out) return out;
  auto done =
      add_members(db, "SELECT story_id, entry_id FROM story_entries ORDER BY story_id, position",
                  *out, &model::Story::entry_ids);
  if (!done) return done.error();
  return out;
}

Result<std::vector<model::Incident>> incidents(Db& db) {
  auto out = all<model::Incident>(db, "SELECT * FROM incidents ORDER BY id", {});
  if (!out) return out;
  auto done = add_members(db,
                          "SELECT incident_id, member_id FROM incident_members WHERE is_outage = "
                          "0 ORDER BY incident_id, position",
                          *out, &model::Incident::story_ids);
  if (!done) return done.error();
  done = add_members(db,
                     "SELECT incident_id, member_id FROM incident_members WHERE is_outage = 1 "
                     "ORDER BY incident_id, position",
                     *out, &model::Incident::outage_ids);
  if (!done) return done.error();
  return out;
}

Result<std::optional<model::Story>> story(Db& db, std::string_view id) {
  auto out = first<model::Story>(db, "SELECT * FROM stories WHERE id = ?", {id});
  if (!out || !*out) return out;
  auto entries = all<std::string>(
      db, "SELECT entry_id FROM story_entries WHERE story_id = ? ORDER BY position", {id});
  if (!entries) return entries.error();
  (*out)->entry_ids = *std::move(entries);
  return out;
}

Result<std::optional<model::Incident>> incident(Db& db, std::string_view id) {
  auto out = first<model::Incident>(db, "SELECT * FROM incidents WHERE id = ?", {id});
  if (!out || !*out) return out;
  for (auto [is_outage, list] :
       {std::pair{0, &model::Incident::story_ids}, std::pair{1, &model::Incident::outage_ids}}) {
    auto members = all<std::string>(db,
                                    "SELECT member_id FROM incident_members WHERE incident_id = ? "
                                    "AND is_outage = ? ORDER BY position",
                                    {id, is_outage});
    if (!members) return members.error();
    (**out).*list = *std::move(members);
  }
  return out;
}

Result<Page> incident_page(Db& db, std::string_view after, std::size_t limit) {
  auto place = rules::incident_place(after);
  if (!place) return place.error();
  auto found =
      all<model::Incident>(db,
                           "SELECT * FROM incidents WHERE to_at < ? OR (to_at = ? AND id > "
                           "?) ORDER BY to_at DESC, id LIMIT ?",
                           {place->first, place->first, place->second, limit + 1});
  if (!found) return found.error();
  return rules::page_of_incidents(*found, limit);
}

Result<std::optional<ClaimRecord>> claim(Db& db, std::string_view id) {
  static const std::string kSql =
      "SELECT entry_id, revision, " + std::string(kClaimColumns) + " FROM claims WHERE id = ?";
  auto rows = db.rows(kSql, {id});
  std::optional<ClaimRecord> out;
  if (rows->next()) {
    out.emplace();
    out->entry_id = rows->text();
    out->revision = static_cast<int>(rows->integer());
    read(*rows, out->claim);
  }
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

Result<std::vector<std::string>> listed(Db& db, Listed what, std::string_view after,
                                        std::size_t limit) {
  std::string_view sql;
  switch (what) {
    case Listed::kRaw:
      sql = "SELECT id FROM document_bytes WHERE id > ? ORDER BY id LIMIT ?";
      break;
    case Listed::kSourceState:
      sql =
          "SELECT source FROM source_states WHERE source > ? AND length(state) > 0 ORDER BY source "
          "LIMIT ?";
      break;
    case Listed::kIssue:
      sql = "SELECT id FROM issues WHERE id > ? ORDER BY id LIMIT ?";
      break;
    case Listed::kMail:
      sql = "SELECT id FROM outgoing WHERE id > ? ORDER BY id LIMIT ?";
      break;
    case Listed::kSeries:
      sql = "SELECT DISTINCT series FROM detections WHERE series > ? ORDER BY series LIMIT ?";
      break;
    case Listed::kMeta:
      sql = "SELECT key FROM meta WHERE key > ? AND value <> '' ORDER BY key LIMIT ?";
      break;
  }
  return all<std::string>(db, sql, {after, limit});
}

Result<Counts> counts(Db& db) {
  auto rows = db.rows(
      "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM documents), "
      "(SELECT count(*) FROM entries), (SELECT count(*) FROM revisions), "
      "(SELECT count(*) FROM outages WHERE newest), (SELECT count(*) FROM signals), "
      "(SELECT count(*) FROM links), (SELECT count(*) FROM verdicts), "
      "(SELECT count(*) FROM stories), (SELECT count(*) FROM incidents), "
      "(SELECT count(*) FROM edits)",
      {});
  Counts out;
  if (rows->next()) {
    for (auto* count :
         {&out.sources, &out.documents, &out.entries, &out.revisions, &out.outages, &out.signals,
          &out.links, &out.verdicts, &out.stories, &out.incidents, &out.edits}) {
      *count = rows->integer();
    }
  }
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

Result<std::optional<model::Poll>> poll_with_token(Db& db, std::string_view token) {
  auto worked_out = db.dialect().callback_token();
  if (!worked_out.empty()) {
    return first<model::Poll>(
        db,
        "SELECT * FROM polls WHERE polls.hub_secret <> '' AND " + std::string(worked_out) + " = ?",
        {token});
  }
  auto secrets = all<std::pair<std::string, std::string>>(
      db, "SELECT polls.url, polls.hub_secret FROM polls WHERE polls.hub_secret <> ''", {});
  if (!secrets) return secrets.error();
  for (const auto& [url, secret] : *secrets) {
    if (!model::is_callback_token(token, secret)) continue;
    return first<model::Poll>(db, "SELECT * FROM polls WHERE polls.url = ?", {url});
  }
  return std::optional<model::Poll>();
}

}  // namespace store::sql
