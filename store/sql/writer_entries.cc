#include "store/rules/facet.h"
#include "store/rules/facts.h"
#include "store/rules/terms.h"
#include "store/sql/columns.h"
#include "store/sql/rows.h"
#include "store/sql/writer.h"

namespace store::sql {
namespace {

// Of the changes: each entry that this transaction put has one, but for those that it restored.
constexpr Column kChanged{"id", 2};
constexpr Column kOfEntry[] = {{"entry", 0}};

// Entries that wait to be restored, and are looked up together.
constexpr std::size_t kMostRestored = 200;

constexpr std::string_view kKept =
    "SELECT e.n, r.number, r.content_hash, r.updated_at, e.id FROM entries AS e LEFT JOIN "
    "revisions AS r ON r.entry = e.n AND r.number = (SELECT max(m.number) FROM revisions AS m "
    "WHERE m.entry = e.n) WHERE ";
constexpr std::string_view kHad =
    "SELECT number FROM revisions WHERE entry = ? AND content_hash = ? LIMIT 1";

std::optional<std::int64_t> seconds(const std::optional<model::Instant>& at) {
  return at ? std::optional<std::int64_t>(at->time_since_epoch().count()) : std::nullopt;
}

}  // namespace

void read(Rows& rows, SqlWriter::Kept& kept) {
  kept.number = rows.integer();
  if (!rows.null()) {
    kept.history.newest = static_cast<int>(rows.integer());
    kept.history.newest_hash = rows.text();
  } else {
    rows.skip();
    rows.skip();
  }
  auto updated = maybe_instant(rows);
  if (updated) kept.history.newest_updated.emplace().at = *updated;
  kept.id = rows.text();
}

void read(Rows& rows, SqlWriter::Numbered& numbered) {
  numbered.id = rows.text();
  numbered.number = rows.integer();
  numbered.looked_at = static_cast<int>(rows.integer());
}

Result<std::vector<SqlWriter::Numbered>> SqlWriter::numbered(const std::vector<std::string>& ids) {
  const std::string sql =
      "SELECT e.id, e.n, (SELECT coalesce(max(x.revision), 0) FROM extractions AS x WHERE "
      "x.entry_id = e.id) FROM entries AS e WHERE ";
  if (db_.is_far()) {
    auto among = db_.dialect().among("e.id", ids);
    return all<Numbered>(db_, sql + among.sql, among.values);
  }
  std::vector<Numbered> out;
  for (const auto& id : ids) {
    auto found = first<Numbered>(db_, sql + "e.id = ?", {id});
    if (!found) return found.error();
    if (*found) out.push_back(**std::move(found));
  }
  return out;
}

Result<std::vector<SqlWriter::Kept>> SqlWriter::kept_entries(const Condition& which,
                                                             std::span<const std::string> ids) {
  auto sql = std::string(kKept) + which.sql;
  auto rows = has_restored_ ? db_.rows(sql, which.values)
                            : db_.look(sql, which.values, {"changes", kChanged, ids});
  std::vector<Kept> out;
  while (rows->next()) read(*rows, out.emplace_back());
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

Result<std::optional<SqlWriter::Kept>> SqlWriter::kept_entry(const std::string& id) {
  // What was looked up ahead holds until the entry is put.
  if (auto ahead = ahead_.extract(id)) return std::move(ahead.mapped());
  auto kept = kept_entries({"e.id = ?", {id}}, {&id, 1});
  if (!kept) return kept.error();
  return kept->empty() ? std::optional<Kept>() : std::move(kept->front());
}

Status SqlWriter::expect(const std::vector<std::string>& ids) {
  ahead_.clear();
  if (!db_.is_far() || ids.size() < 2) return {};
  if (auto done = settle_restored(); !done) return done;
  auto kept = kept_entries(db_.dialect().among("e.id", ids), ids);
  if (!kept) return kept.error();
  for (const auto& id : ids) ahead_.try_emplace(id);
  for (auto& one : *kept) ahead_[one.id] = std::move(one);
  return {};
}

// Whether one of the entry's revisions has the arriving one's words.
Result<bool> SqlWriter::had(std::int64_t entry, const model::Revision& arriving) {
  Values what = {entry, arriving.content_hash};
  auto found = has_restored_ ? first<std::int64_t>(db_, kHad, what)
                             : seen<std::int64_t>(db_, kHad, what,
                                                  {"changes", kChanged, {&arriving.entry_id, 1}});
  if (!found) return found.error();
  return found->has_value();
}

Status SqlWriter::add_entry(std::int64_t number, const model::Entry& entry,
                            const model::Revision& first_one, const model::Revision& newest) {
  auto publisher = marks_.id(kPublisher, rules::publisher_name(newest));
  if (!publisher) return publisher.error();
  auto published = rules::published(newest);
  const Value nothing = std::optional<std::int64_t>();
  auto learned = first_one.number == 1 ? first_one.known_at : model::Instant();
  Values row = {number};
  sql::append(row, values(entry));
  row.push_back(first_one.published ? Value(first_one.published->at) : nothing);
  sql::append(row,
              {entry.gone_at, published.from, published.to, learned, nothing, nothing, *publisher});
  return db_.insert("entries", row);
}

Status SqlWriter::describe(std::int64_t entry, const model::Revision& revision) {
  constexpr std::string_view kDescribed[] = {"shown_at", "published_to", "publisher"};
  auto publisher = marks_.id(kPublisher, rules::publisher_name(revision));
  if (!publisher) return publisher.error();
  auto published = rules::published(revision);
  std::optional<std::int64_t> now[] = {seconds(published.from), seconds(published.to), *publisher};
  return db_.update("entries", "n", entry, kDescribed, now);
}

Result<Put> SqlWriter::put(const model::Entry& entry, model::Revision revision,
                           const SearchText* text) {
  if (auto done = settle_restored(); !done) return done.error();
  auto arriving = rules::completed(std::move(revision), entry.id);
  auto kept = kept_entry(entry.id);
  if (!kept) return kept.error();
  auto history = *kept ? (*kept)->history : rules::History();
  if (*kept && history.newest_hash != arriving.content_hash) {
    auto before = had((*kept)->number, arriving);
    if (!before) return before.error();
    history.seen_before = *before;
  }
  auto next = rules::next_revision(history, std::move(arriving));
  if (!next) return Put::kUnchanged;
  auto number = *kept ? Result<std::int64_t>((*kept)->number) : numbers_.next(Numbers::Of::kEntry);
  if (!number) return number.error();
  auto done = *kept ? describe(*number, *next) : add_entry(*number, entry, *next, *next);
  if (done) done = db_.insert("revisions", values(*number, *next));
  bool first_one = next->number == 1;
  if (done) {
    done = text != nullptr ? db_.index(*number, first_one, *text)
                           : db_.index(*number, first_one, rules::cut_joined(*next));
  }
  if (done) done = changed(ChangeKind::kEntry, entry.id);
  if (!done) return done.error();
  return first_one ? Put::kAdded : Put::kRevised;
}

Status SqlWriter::restore(const model::Entry& entry,
                          const std::vector<model::Revision>& revisions) {
  if (revisions.empty()) return {};
  ahead_.clear();
  restored_.insert_or_assign(entry.id, Restored(entry, revisions));
  return restored_.size() < kMostRestored ? Status() : settle_restored();
}

Status SqlWriter::add_restored(const Restored& restored, std::optional<std::int64_t> number) {
  const auto& [entry, revisions] = restored;
  bool fresh = !number;
  if (fresh) {
    auto next = numbers_.next(Numbers::Of::kEntry);
    if (!next) return next.error();
    number = *next;
  }
  Status done;
  if (fresh) {
    done = add_entry(*number, entry, revisions.front(), revisions.back());
  } else {
    constexpr std::string_view kGone[] = {"gone_at"};
    constexpr std::string_view kLearned[] = {"learned_at"};
    std::optional<std::int64_t> gone[] = {seconds(entry.gone_at)};
    std::optional<std::int64_t> learned[] = {seconds(revisions.front().known_at)};
    done = describe(*number, revisions.back());
    if (done) done = db_.update("entries", "n", *number, kGone, gone);
    if (done && revisions.front().number == 1) {
      done = db_.update("entries", "n", *number, kLearned, learned);
    }
    if (done) done = db_.erase("revisions", kOfEntry, {*number});
  }
  for (const auto& revision : revisions) {
    if (done) done = db_.insert("revisions", values(*number, revision));
  }
  return done ? db_.index(*number, fresh, rules::cut_joined(revisions.back())) : done;
}

Status SqlWriter::settle_restored() {
  if (restored_.empty()) return {};
  has_restored_ = true;
  std::vector<std::string> ids;
  for (const auto& [id, restored] : restored_) ids.push_back(id);
  auto there = numbered(ids);
  if (!there) return there.error();
  std::map<std::string_view, std::int64_t> numbers;
  for (const auto& entry : *there) numbers.emplace(entry.id, entry.number);
  for (const auto& [id, restored] : restored_) {
    auto kept = numbers.find(id);
    auto number = kept != numbers.end() ? std::optional(kept->second) : std::nullopt;
    if (auto done = add_restored(restored, number); !done) return done;
  }
  restored_.clear();
  return {};
}

Status SqlWriter::settle() {
  auto done = settle_restored();
  return done ? settle_found() : done;
}

}  // namespace store::sql
