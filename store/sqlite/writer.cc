#include "store/sqlite/writer.h"

#include <array>
#include <utility>

#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/rules/terms.h"
#include "store/sqlite/rows.h"
#include "store/sqlite/signals.h"

namespace store::sqlite {
namespace {

constexpr std::string_view kInsertRevision =
    "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?)";
constexpr std::string_view kInsertOutage =
    "INSERT INTO outages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?)";

// One of the two text indexes.
struct Index {
  std::string_view forget;
  std::string_view insert;
  std::string Joined::*pieces;
};
constexpr std::array<Index, 2> kIndexes{
    Index{"DELETE FROM entry_words WHERE rowid = ?",
          "INSERT INTO entry_words (rowid, title, body, publisher, tags) VALUES (?, ?, ?, ?, ?)",
          &Joined::words},
    Index{"DELETE FROM entry_grams WHERE rowid = ?",
          "INSERT INTO entry_grams (rowid, title, body, publisher, tags) VALUES (?, ?, ?, ?, ?)",
          &Joined::grams}};

// The newest revision's number, hash and `updated`, as far as rules::History needs them.
struct Newest {
  int number = 0;
  std::string hash;
  std::optional<model::Timestamp> updated;
};
void read(Rows& rows, Newest& newest) {
  newest.number = static_cast<int>(rows.integer());
  newest.hash = rows.text();
  if (!rows.null()) newest.updated.emplace().at = rows.instant();
}

struct NewestOutage {
  int number = 0;
  std::string hash;
  model::Instant first_seen_at{};
};
void read(Rows& rows, NewestOutage& newest) {
  newest.number = static_cast<int>(rows.integer());
  newest.hash = rows.text();
  newest.first_seen_at = rows.instant();
}

}  // namespace

SqliteWriter::~SqliteWriter() {
  if (!open_) return;
  (void)db_.exec("ROLLBACK");
  slot_.give_back();
}

Result<Put> SqliteWriter::put(const model::Source& source) {
  auto kept = first<model::Source>(db_, "SELECT * FROM sources WHERE id = ?", {source.id});
  if (!kept) return kept.error();
  if (!*kept) {
    auto done = run(db_, "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", values(source));
    if (!done) return done.error();
    return Put::kAdded;
  }
  if (!rules::differs(**kept, source)) return Put::kUnchanged;
  auto done = run(db_,
                  "UPDATE sources SET url = ?2, kind = ?3, title = ?4, home = ?5, language = ?6 "
                  "WHERE id = ?1",
                  {source.id, source.url, source.kind, source.title, source.home, source.language});
  if (!done) return done.error();
  return Put::kRevised;
}

Result<Put> SqliteWriter::put(const model::Document& document) {
  auto done = run(db_, "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  values(document));
  if (!done) return done.error();
  return db_.changed() > 0 ? Put::kAdded : Put::kUnchanged;
}

Result<Put> SqliteWriter::put(const model::RawDocument& raw) {
  auto done =
      run(db_, "INSERT INTO document_bytes VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values(raw));
  if (!done) return done.error();
  return db_.changed() > 0 ? Put::kAdded : Put::kUnchanged;
}

Result<std::int64_t> SqliteWriter::set_present(std::string_view source_id,
                                               const model::Interval& dated,
                                               const std::set<std::string>& present,
                                               model::Instant now) {
  auto entries = all<model::Entry>(db_,
                                   "SELECT id, source_id, identity, identity_kind, first_seen, "
                                   "gone_at FROM entries WHERE source_id = ? AND dated >= ? AND "
                                   "dated < ?",
                                   {source_id, dated.from, dated.to});
  if (!entries) return entries.error();
  std::int64_t gone = 0;
  for (const auto& entry : *entries) {
    bool there = present.contains(entry.id);
    if (there != entry.gone_at.has_value()) continue;
    auto since = there ? std::optional<model::Instant>() : now;
    auto done = run(db_, "UPDATE entries SET gone_at = ? WHERE id = ?", {since, entry.id});
    if (!done) return done.error();
    gone += there ? 0 : 1;
  }
  return gone;
}

Result<rules::History> SqliteWriter::history_of(std::int64_t entry,
                                                const model::Revision& arriving) {
  rules::History history;
  auto newest = first<Newest>(db_,
                              "SELECT number, content_hash, updated_at FROM revisions "
                              "WHERE entry = ? ORDER BY number DESC LIMIT 1",
                              {entry});
  if (!newest) return newest.error();
  if (!*newest) return history;
  history.newest = (*newest)->number;
  history.newest_hash = (*newest)->hash;
  history.newest_updated = (*newest)->updated;
  auto seen = first<std::int64_t>(
      db_, "SELECT number FROM revisions WHERE entry = ? AND content_hash = ? LIMIT 1",
      {entry, arriving.content_hash});
  if (!seen) return seen.error();
  history.seen_before = seen->has_value();
  return history;
}

// Whether the entry was new; `number` is its place in the text indexes.
Result<bool> SqliteWriter::add_entry(const model::Entry& entry, const model::Revision& first_one,
                                     std::int64_t& number) {
  auto row = values(entry);
  row.emplace_back(first_one.published ? std::optional(first_one.published->at) : std::nullopt);
  auto done = run(db_,
                  "INSERT INTO entries (id, source_id, identity, identity_kind, first_seen, dated) "
                  "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  row);
  if (!done) return done.error();
  if (db_.changed() > 0) {
    number = db_.last_rowid();
    return true;
  }
  auto kept = first<std::int64_t>(db_, "SELECT n FROM entries WHERE id = ?", {entry.id});
  if (!kept) return kept.error();
  number = kept->value_or(0);
  return false;
}

Status SqliteWriter::index(std::int64_t entry_number, int revision_number, const SearchText& text) {
  for (const auto& index : kIndexes) {
    if (revision_number > 1) {
      if (auto done = run(db_, index.forget, {entry_number}); !done) return done;
    }
    Values row{entry_number};
    bool any = false;
    for (const auto& field : text) {
      row.emplace_back(field.*index.pieces);
      any |= !(field.*index.pieces).empty();
    }
    if (!any) continue;
    if (auto done = run(db_, index.insert, row); !done) return done;
  }
  return {};
}

Result<Put> SqliteWriter::put(const model::Entry& entry, model::Revision revision,
                              const SearchText* text) {
  auto arriving = rules::completed(std::move(revision), entry.id);
  std::int64_t number = 0;
  auto fresh = add_entry(entry, arriving, number);
  if (!fresh) return fresh.error();
  // A new entry has no history to look up.
  auto history = *fresh ? Result<rules::History>(rules::History{}) : history_of(number, arriving);
  if (!history) return history.error();
  auto next = rules::next_revision(*history, std::move(arriving));
  if (!next) return Put::kUnchanged;
  if (auto done = run(db_, kInsertRevision, values(number, *next)); !done) return done.error();
  auto indexed = text != nullptr ? index(number, next->number, *text)
                                 : index(number, next->number, rules::cut_joined(*next));
  if (!indexed) return indexed.error();
  if (auto done = describe(number, *next); !done) return done.error();
  if (auto done = changed(ChangeKind::kEntry, entry.id); !done) return done.error();
  return next->number == 1 ? Put::kAdded : Put::kRevised;
}

Status SqliteWriter::describe(std::int64_t entry, const model::Revision& revision) {
  auto publisher = marks_.id(kPublisher, rules::publisher_name(revision));
  if (!publisher) return publisher.error();
  auto published = rules::published(revision);
  return run(
      db_,
      "UPDATE entries SET shown_at = ?, published_to = ?, publisher = ?, learned_at = CASE "
      "WHEN ? THEN ? ELSE learned_at END WHERE n = ?",
      {published.from, published.to, *publisher, revision.number == 1, revision.known_at, entry});
}

Result<Put> SqliteWriter::put(const model::Outage& outage) {
  auto kept = first<NewestOutage>(
      db_, "SELECT number, hash, first_seen_at FROM outages WHERE id = ? AND newest", {outage.id});
  if (!kept) return kept.error();
  if (*kept && (*kept)->hash == model::outage_hash(outage)) return Put::kUnchanged;
  auto next = outage;
  next.number = *kept ? (*kept)->number + 1 : 1;
  next.first_seen_at = *kept ? (*kept)->first_seen_at : outage.seen_at;
  auto done = run(db_, "UPDATE outages SET newest = 0 WHERE id = ? AND newest", {outage.id});
  if (!done) return done.error();
  if (done = run(db_, kInsertOutage, values(next)); !done) return done.error();
  if (done = changed(ChangeKind::kOutage, outage.id); !done) return done.error();
  return next.number == 1 ? Put::kAdded : Put::kRevised;
}

Status SqliteWriter::put(const model::NameList& list) {
  return run(db_, "INSERT OR REPLACE INTO name_lists VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
             {list.id, list.title, list.licence, list.source, list.imported_at, list.records,
              list.names, Blob{list.bytes}});
}

Result<bool> SqliteWriter::remove_names(std::string_view id) {
  if (auto done = run(db_, "DELETE FROM name_lists WHERE id = ?", {id}); !done) return done.error();
  return db_.changed() > 0;
}

Status SqliteWriter::put(const model::Token& token) {
  return run(db_, "INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?, ?)",
             {token.id, token.name, token.role, token.hash, token.created_at, token.expires_at});
}

Result<bool> SqliteWriter::remove_token(std::string_view id) {
  if (auto done = run(db_, "DELETE FROM tokens WHERE id = ?", {id}); !done) return done.error();
  return db_.changed() > 0;
}

Status SqliteWriter::set_source_state(std::string_view source_id, std::string_view state) {
  return run(db_, "INSERT OR REPLACE INTO source_states VALUES (?, ?)", {source_id, Blob{state}});
}

Result<Put> SqliteWriter::put(const model::Signal& signal) {
  auto kept = kept_signal(db_, signal.id);
  if (!kept) return kept.error();
  if (*kept && !rules::replaces((*kept)->signal, signal)) return Put::kUnchanged;
  auto blocks = *kept ? std::move((*kept)->blocks) : std::vector<std::string>();
  if (auto done = write_signal(db_, signal, blocks); !done) return done.error();
  if (auto done = changed(ChangeKind::kSignal, signal.id); !done) return done.error();
  return *kept ? Put::kRevised : Put::kAdded;
}

Result<std::int64_t> SqliteWriter::append(const model::Edit& edit) {
  auto done = run(db_,
                  "INSERT INTO edits (at, who, kind, target, value, field, reason, entries) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  values(edit));
  if (!done) return done.error();
  auto seq = db_.last_rowid();
  if (done = changed(ChangeKind::kEdit, std::to_string(seq)); !done) return done.error();
  edited_ = true;
  return seq;
}

Status SqliteWriter::changed(ChangeKind kind, const std::string& id) {
  return run(db_, "INSERT INTO changes (kind, id) VALUES (?, ?)", {kind, id});
}

Status SqliteWriter::commit() {
  if (auto done = db_.exec("COMMIT"); !done) return done;
  // What a person decided cannot be fetched again: a checkpoint forces the log to the disk first.
  if (edited_) (void)db_.exec("PRAGMA wal_checkpoint(PASSIVE)");
  open_ = false;
  slot_.give_back();
  return {};
}

}  // namespace store::sqlite
