#include "store/sql/writer.h"

#include <utility>

#include <fmt/format.h>

#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/rules/terms.h"
#include "store/sql/rows.h"
#include "store/sql/signals.h"

namespace store::sql {
namespace {

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

SqlWriter::~SqlWriter() {
  if (!open_) return;
  db_.roll_back();
  slot_.give_back();
}

Result<Put> SqlWriter::put(const model::Source& source) {
  auto kept = first<model::Source>(db_, "SELECT * FROM sources WHERE id = ?", {source.id});
  if (!kept) return kept.error();
  if (!*kept) {
    if (auto done = insert(db_, "sources", values(source)); !done) return done.error();
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
  return put_once("document_bytes", values(raw));
}

Result<std::int64_t> SqlWriter::set_present(std::string_view source_id,
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
    auto done = db_.run("UPDATE entries SET gone_at = ? WHERE id = ?", {since, entry.id});
    if (!done) return done.error();
    gone += there ? 0 : 1;
  }
  return gone;
}

Result<rules::History> SqlWriter::history_of(std::int64_t entry, const model::Revision& arriving) {
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
Result<bool> SqlWriter::add_entry(const model::Entry& entry, const model::Revision& first_one,
                                  std::int64_t& number) {
  auto row = values(entry);
  row.emplace_back(first_one.published ? std::optional(first_one.published->at) : std::nullopt);
  auto added = first<std::int64_t>(
      db_,
      "INSERT INTO entries (id, source_id, identity, identity_kind, first_seen, dated) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING n",
      row);
  if (!added) return added.error();
  if (*added) {
    number = **added;
    return true;
  }
  auto kept = first<std::int64_t>(db_, "SELECT n FROM entries WHERE id = ?", {entry.id});
  if (!kept) return kept.error();
  number = kept->value_or(0);
  return false;
}

Result<Put> SqlWriter::put(const model::Entry& entry, model::Revision revision,
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
  if (auto done = insert(db_, "revisions", values(number, *next)); !done) return done.error();
  bool first_one = next->number == 1;
  auto indexed = text != nullptr ? db_.index(number, first_one, *text)
                                 : db_.index(number, first_one, rules::cut_joined(*next));
  if (!indexed) return indexed.error();
  if (auto done = describe(number, *next); !done) return done.error();
  if (auto done = changed(ChangeKind::kEntry, entry.id); !done) return done.error();
  return next->number == 1 ? Put::kAdded : Put::kRevised;
}

Status SqlWriter::restore(const model::Entry& entry,
                          const std::vector<model::Revision>& revisions) {
  if (revisions.empty()) return {};
  std::int64_t number = 0;
  auto fresh = add_entry(entry, revisions.front(), number);
  if (!fresh) return fresh.error();
  Status done;
  if (!*fresh) done = db_.run("DELETE FROM revisions WHERE entry = ?", {number});
  for (const auto& revision : revisions) {
    if (done) done = insert(db_, "revisions", values(number, revision));
  }
  if (done) done = db_.index(number, *fresh, rules::cut_joined(revisions.back()));
  if (done) done = describe(number, revisions.front());
  if (done && revisions.size() > 1) done = describe(number, revisions.back());
  if (!done) return done;
  return db_.run("UPDATE entries SET gone_at = ? WHERE n = ?", {entry.gone_at, number});
}

Status SqlWriter::restore_changes(std::int64_t after_seq, const std::vector<Change>& changes) {
  auto done = db_.run("DELETE FROM changes WHERE seq > ?", {after_seq});
  for (const auto& change : changes) {
    if (done) done = insert(db_, "changes", {change.seq, change.kind, change.id});
  }
  return done;
}

Status SqlWriter::describe(std::int64_t entry, const model::Revision& revision) {
  auto publisher = marks_.id(kPublisher, rules::publisher_name(revision));
  if (!publisher) return publisher.error();
  auto published = rules::published(revision);
  return db_.run(
      "UPDATE entries SET shown_at = ?, published_to = ?, publisher = ?, learned_at = CASE "
      "WHEN ? THEN ? ELSE learned_at END WHERE n = ?",
      {published.from, published.to, *publisher, revision.number == 1, revision.known_at, entry});
}

Result<Put> SqlWriter::put(const model::Outage& outage) {
  auto kept = first<NewestOutage>(
      db_, "SELECT number, hash, first_seen_at FROM outages WHERE id = ? AND newest", {outage.id});
  if (!kept) return kept.error();
  if (*kept && (*kept)->hash == model::outage_hash(outage)) return Put::kUnchanged;
  auto next = outage;
  next.number = *kept ? (*kept)->number + 1 : 1;
  next.first_seen_at = *kept ? (*kept)->first_seen_at : outage.seen_at;
  auto done = db_.run("UPDATE outages SET newest = FALSE WHERE id = ? AND newest", {outage.id});
  if (!done) return done.error();
  if (done = insert(db_, "outages", values(next)); !done) return done.error();
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
  auto blocks = *kept ? std::move((*kept)->blocks) : std::vector<std::string>();
  if (auto done = write_signal(db_, signal, blocks); !done) return done.error();
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
  return db_.run(
      "INSERT INTO changes (seq, kind, id) VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM "
      "changes), "
      "?, ?)",
      {kind, id});
}

Result<Put> SqlWriter::put_once(std::string_view table, const Values& row) {
  auto added = insert_new(db_, table, row);
  if (!added) return added.error();
  return *added ? Put::kAdded : Put::kUnchanged;
}

Status SqlWriter::replace(std::string_view table, const Values& row) {
  auto done = db_.run(fmt::format("DELETE FROM {} WHERE id = ?", table), {row.front()});
  return done ? insert(db_, table, row) : done;
}

Result<bool> SqlWriter::remove(std::string_view sql, std::string_view key) {
  auto removed = db_.change(sql, {key});
  if (!removed) return removed.error();
  return *removed > 0;
}

Status SqlWriter::commit() {
  if (auto done = db_.commit(); !done) return done;
  // What a person decided cannot be fetched again.
  auto forced = edited_ ? db_.force_to_disk() : Status();
  open_ = false;
  slot_.give_back();
  return forced;
}

}  // namespace store::sql
