#include "store/sql/writer.h"

#include <utility>

#include "store/sql/rows.h"
#include "store/sql/signals.h"

namespace store::sql {
namespace {

constexpr Column kId[] = {{"id", 0}};

// Of the changes: each record that this transaction put has one.
constexpr Column kChanged{"id", 2};

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

SqlWriter::~SqlWriter() {
  if (!open_) return;
  known_marks_.clear();  // some of them may be of this transaction
  db_.roll_back();
  slot_.give_back();
}

Result<Put> SqlWriter::put(const model::Source& source) {
  auto kept = first<model::Source>(db_, "SELECT * FROM sources WHERE id = ?", {source.id});
  if (!kept) return kept.error();
  if (!*kept) {
    if (auto done = db_.insert("sources", values(source)); !done) return done.error();
    return Put::kAdded;
  }
  if (!rules::differs(**kept, source)) return Put::kUnchanged;
  auto done = db_.run(
      "UPDATE sources SET url = ?, kind = ?, title = ?, home = ?, language = ? WHERE id = ?",
      {source.url, source.kind, source.title, source.home, source.language, source.id});
  if (!done) return done.error();
  return Put::kRevised;
}

Result<Put> SqlWriter::put(const model::Document& document) {
  return put_once("documents", values(document));
}

Result<Put> SqlWriter::put(const model::RawDocument& raw) {
  // Bytes that were given away and come again are kept again.
  auto added = db_.change(
      "INSERT INTO document_bytes VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET codec = "
      "excluded.codec, bytes = excluded.bytes WHERE document_bytes.codec = 'removed'",
      values(raw));
  if (!added) return added.error();
  return *added > 0 ? Put::kAdded : Put::kUnchanged;
}

Result<std::int64_t> SqlWriter::set_present(std::string_view source_id,
                                            const model::Interval& dated,
                                            const std::set<std::string>& present,
                                            model::Instant now) {
  if (auto done = settle_restored(); !done) return done.error();
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
    auto done = db_.run("UPDATE entries SET gone_at = ? WHERE id = ?", {since, entry.id});
    if (!done) return done.error();
    gone += there ? 0 : 1;
  }
  return gone;
}

Status SqlWriter::restore_changes(std::int64_t after_seq, const std::vector<Change>& changes) {
  auto done = db_.run("DELETE FROM changes WHERE seq > ?", {after_seq});
  for (const auto& change : changes) {
    if (done) done = db_.insert("changes", {change.seq, change.kind, change.id});
  }
  numbers_.forget(Numbers::Of::kChange);
  return done;
}

Result<Put> SqlWriter::put(const model::Outage& outage) {
  auto kept = seen<NewestOutage>(
      db_, "SELECT number, hash, first_seen_at FROM outages WHERE id = ? AND newest", {outage.id},
      {"changes", kChanged, {&outage.id, 1}});
  if (!kept) return kept.error();
  if (*kept && (*kept)->hash == model::outage_hash(outage)) return Put::kUnchanged;
  auto next = outage;
  next.number = *kept ? (*kept)->number + 1 : 1;
  next.first_seen_at = *kept ? (*kept)->first_seen_at : outage.seen_at;
  if (*kept) {
    auto done = db_.run("UPDATE outages SET newest = FALSE WHERE id = ? AND newest", {outage.id});
    if (!done) return done.error();
  }
  auto done = db_.insert("outages", values(next));
  if (!done) return done.error();
  if (done = changed(ChangeKind::kOutage, outage.id); !done) return done.error();
  return next.number == 1 ? Put::kAdded : Put::kRevised;
}

Status SqlWriter::put(const model::NameList& list) { return replace("name_lists", values(list)); }

Result<bool> SqlWriter::remove_names(std::string_view id) {
  return remove("DELETE FROM name_lists WHERE id = ?", id);
}

Status SqlWriter::put(const model::Token& token) {
  return replace(
      "tokens", {token.id, token.name, token.role, token.hash, token.created_at, token.expires_at});
}

Result<bool> SqlWriter::remove_token(std::string_view id) {
  return remove("DELETE FROM tokens WHERE id = ?", id);
}

Status SqlWriter::set_source_state(std::string_view source_id, std::string_view state) {
  return db_.run(
      "INSERT INTO source_states VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET state = "
      "excluded.state",
      {source_id, Blob{state}});
}

Result<Put> SqlWriter::put(const model::Signal& signal) {
  auto kept = kept_signal(db_, signal.id);
  if (!kept) return kept.error();
  if (*kept && !rules::replaces((*kept)->signal, signal)) return Put::kUnchanged;
  if (auto done = write_signal(db_, signal, *kept); !done) return done.error();
  if (auto done = changed(ChangeKind::kSignal, signal.id); !done) return done.error();
  return *kept ? Put::kRevised : Put::kAdded;
}

Result<std::int64_t> SqlWriter::append(const model::Edit& edit) {
  // Numbers without a gap, and none that comes again: whoever writes is alone.
  auto added = first<std::int64_t>(
      db_,
      "INSERT INTO edits (seq, at, who, kind, target, value, field, reason, entries) VALUES "
      "((SELECT coalesce(max(seq), 0) + 1 FROM edits), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq",
      values(edit));
  if (!added) return added.error();
  auto seq = added->value_or(0);
  if (auto done = changed(ChangeKind::kEdit, std::to_string(seq)); !done) return done.error();
  edited_ = true;
  return seq;
}

Status SqlWriter::changed(ChangeKind kind, const std::string& id) {
  auto seq = numbers_.next(Numbers::Of::kChange);
  if (!seq) return seq.error();
  return db_.insert("changes", {*seq, kind, id});
}

Result<Put> SqlWriter::put_once(std::string_view table, const Values& row) {
  auto added = insert_new(db_, table, row);
  if (!added) return added.error();
  return *added ? Put::kAdded : Put::kUnchanged;
}

Status SqlWriter::replace(std::string_view table, const Values& row) {
  auto done = db_.erase(table, kId, {row.front()});
  return done ? db_.insert(table, row) : done;
}

Result<bool> SqlWriter::remove(std::string_view sql, std::string_view key) {
  auto removed = db_.change(sql, {key});
  if (!removed) return removed.error();
  return *removed > 0;
}

Status SqlWriter::commit() {
  auto done = settle();
  if (done) done = numbers_.tell();
  if (done) done = db_.commit();
  if (!done) return done;
  // What a person decided cannot be fetched again.
  auto forced = edited_ ? db_.force_to_disk() : Status();
  open_ = false;
  slot_.give_back();
  return forced;
}

}  // namespace store::sql
