#include "store/sql/retain.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "store/model/hash.h"
#include "store/sql/rows.h"

namespace store::sql {
namespace {

using model::Errc;
using model::Error;

// Documents that are old, with their bytes still here, and whether something that tables name leads
// back to them.
constexpr std::string_view kOld =
    "WITH cited_entries AS (SELECT entry_id FROM links UNION SELECT entry_id FROM verdicts UNION "
    "SELECT s.entry_id FROM story_entries AS s JOIN incident_members AS m ON m.member_id = "
    "s.story_id WHERE m.is_outage = 0), cited AS (SELECT document_id FROM outages UNION SELECT "
    "document_id FROM signals UNION SELECT document_id FROM detections UNION SELECT document_id "
    "FROM fused UNION SELECT r.document_id FROM revisions AS r JOIN entries AS e ON e.n = r.entry "
    "WHERE e.id IN (SELECT entry_id FROM cited_entries)) SELECT b.id, length(b.bytes), CASE WHEN "
    "b.id IN (SELECT document_id FROM cited) THEN 1 ELSE 0 END FROM document_bytes AS b WHERE "
    "b.codec <> 'removed' AND NOT EXISTS (SELECT 1 FROM documents AS d WHERE d.id = b.id AND "
    "d.fetched_at >= ?) ORDER BY b.id";

struct Old {
  std::string id;
  std::int64_t size = 0;
  bool cited = false;
};
void read(Rows& rows, Old& old) {
  old.id = rows.text();
  old.size = rows.integer();
  old.cited = rows.integer() != 0;
}

// Ids of entries that stand in a text.
void add_entries_in(std::string_view text, std::set<std::string>& entries) {
  constexpr std::string_view kPrefix = "ent-";
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (auto at = text.find(kPrefix); at != std::string_view::npos;
       at = text.find(kPrefix, at + kPrefix.size())) {
    auto end = std::min(text.find_first_not_of(kDigits, at + kPrefix.size()), text.size());
    entries.insert(std::string(text.substr(at, end - at)));
  }
}

// Documents that people's decisions and digests lead back to.
Result<std::set<std::string>> told_documents(Db& db) {
  std::set<std::string> entries, out;
  for (std::string_view sql : {"SELECT target || ' ' || value || ' ' || entries FROM edits",
                               "SELECT content FROM issues"}) {
    auto rows = db.rows(sql, {});
    while (rows->next()) add_entries_in(rows->text(), entries);
    if (auto status = rows->status(); !status) return status.error();
  }
  for (const auto& entry : entries) {
    auto found = all<std::string>(
        db, "SELECT document_id FROM entries JOIN revisions ON entry = n WHERE id = ?", {entry});
    if (!found) return found.error();
    out.insert(found->begin(), found->end());
  }
  return out;
}

// Whether everything was correlated: what was not may yet come to be cited.
Status all_correlated(Db& db) {
  auto waiting = first<std::int64_t>(
      db,
      "SELECT max(seq) FROM changes HAVING max(seq) > (SELECT coalesce(max(CAST(value AS BIGINT)), "
      "0) FROM meta WHERE key = 'correlate.seq')",
      {});
  if (!waiting) return waiting.error();
  if (!*waiting) return {};
  return Error{Errc::kConflict,
               "Something was not correlated yet, and may lead back to what is old; run faultline "
               "correlate first."};
}

// Those that may go; `out` counts.
Result<std::vector<std::string>> candidates(Db& db, const RetainOptions& options, Retained& out) {
  out = {};
  if (auto ready = all_correlated(db); !ready) return ready.error();
  auto told = told_documents(db);
  if (!told) return told.error();
  std::vector<std::string> ids;
  auto rows = db.rows(kOld, {options.before});
  while (rows->next()) {
    Old old;
    read(*rows, old);
    if (old.cited || told->contains(old.id)) {
      ++out.kept;
      continue;
    }
    ++out.documents;
    out.bytes += old.size;
    ids.push_back(std::move(old.id));
  }
  if (auto status = rows->status(); !status) return status.error();
  return ids;
}

// Puts a document, with its source and bytes, into the archive.
Status put_into(Writer& archive, Db& db, const std::string& id) {
  auto documents = all<model::Document>(db, "SELECT * FROM documents WHERE id = ?", {id});
  if (!documents) return documents.error();
  for (const auto& document : *documents) {
    auto source =
        first<model::Source>(db, "SELECT * FROM sources WHERE id = ?", {document.source_id});
    if (!source) return source.error();
    if (*source) {
      if (auto put = archive.put(**source); !put) return put.error();
    }
    if (auto put = archive.put(document); !put) return put.error();
  }
  auto raw = first<model::RawDocument>(db, "SELECT * FROM document_bytes WHERE id = ?", {id});
  if (!raw) return raw.error();
  if (!*raw) return {};
  auto put = archive.put(**raw);
  return put ? Status() : Status(put.error());
}

// Whether the archive gives back the very bytes.
Status look_into(Store& archive, const RetainOptions& options, const std::string& id) {
  auto raw = archive.raw(id);
  if (!raw) return raw.error();
  auto bytes = *raw ? options.bytes_of(**raw) : Result<std::string>(std::string());
  if (*raw && bytes && model::sha256_hex(*bytes) == id) return {};
  return Error{Errc::kCorrupt, "The archive does not give back document " + id +
                                   " as it was; nothing was removed: see faultline check."};
}

Status put_away(Db& db, Store& archive, const RetainOptions& options,
                const std::vector<std::string>& ids) {
  constexpr std::size_t kBatch = 100;
  for (std::size_t begin = 0; begin < ids.size(); begin += kBatch) {
    auto end = std::min(ids.size(), begin + kBatch);
    auto writer = archive.begin();
    if (!writer) return writer.error();
    for (auto i = begin; i < end; ++i) {
      if (auto done = put_into(**writer, db, ids[i]); !done) return done;
    }
    if (auto done = (*writer)->commit(); !done) return done;
    for (auto i = begin; i < end; ++i) {
      if (auto done = look_into(archive, options, ids[i]); !done) return done;
    }
  }
  return {};
}

// In one transaction, of those that still may go.
Result<Retained> remove(Db& db, const RetainOptions& options, const std::string& where,
                        const std::vector<std::string>& archived) {
  Retained out;
  auto ids = candidates(db, options, out);
  if (!ids) return ids.error();
  auto note = model::to_iso(options.now) + (where.empty() ? "" : " " + where);
  for (const auto& id : *ids) {
    if (!std::binary_search(archived.begin(), archived.end(), id)) continue;
    auto done = db.run("UPDATE document_bytes SET codec = ?, bytes = ? WHERE id = ?",
                       {kRemoved, Blob{note}, id});
    if (!done) return done.error();
  }
  if (auto done = db.commit(); !done) return done.error();
  return out;
}

}  // namespace

Result<Retained> retain(Db& db, Store* archive, const RetainOptions& options) {
  Retained counted;
  auto begun = db.begin_reading();
  auto ids =
      begun ? candidates(db, options, counted) : Result<std::vector<std::string>>(begun.error());
  if (ids && archive != nullptr && !options.dry_run) {
    if (auto done = put_away(db, *archive, options, *ids); !done) ids = done.error();
  }
  db.end_reading();
  if (!ids) return ids.error();
  if (options.dry_run || ids->empty()) return counted;
  if (auto writing = db.begin_writing(); !writing) return writing.error();
  auto removed = remove(db, options, options.archive, *ids);
  if (!removed) db.roll_back();
  return removed;
}

}  // namespace store::sql
