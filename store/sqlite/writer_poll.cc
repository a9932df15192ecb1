#include "store/sqlite/rows.h"
#include "store/sqlite/writer.h"

namespace store::sqlite {
namespace {

constexpr std::string_view kColumns =
    " INTO polls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

std::string statement(std::string_view verb) { return std::string(verb).append(kColumns); }

}  // namespace

Result<Put> SqliteWriter::put(const model::Poll& poll) {
  static const auto kInsert = statement("INSERT OR IGNORE");
  if (auto done = run(db_, kInsert, values(poll)); !done) return done.error();
  return db_.changed() > 0 ? Put::kAdded : Put::kUnchanged;
}

Result<Put> SqliteWriter::update(const model::Poll& poll) {
  static const auto kReplace = statement("REPLACE");
  auto kept = first<model::Poll>(db_, "SELECT * FROM polls WHERE url = ?", {poll.url});
  if (!kept) return kept.error();
  if (!*kept || **kept == poll) return Put::kUnchanged;
  if (auto done = run(db_, kReplace, values(poll)); !done) return done.error();
  return Put::kRevised;
}

Result<bool> SqliteWriter::remove_poll(std::string_view url) {
  auto done = run(db_, "DELETE FROM polls WHERE url = ?", {url});
  if (!done) return done.error();
  return db_.changed() > 0;
}

}  // namespace store::sqlite
