#include "store/sql/rows.h"
#include "store/sql/writer.h"

namespace store::sql {

Result<Put> SqlWriter::put(const model::Poll& poll) { return put_once("polls", values(poll)); }

Result<Put> SqlWriter::update(const model::Poll& poll) {
  auto kept = first<model::Poll>(db_, "SELECT * FROM polls WHERE url = ?", {poll.url});
  if (!kept) return kept.error();
  if (!*kept || **kept == poll) return Put::kUnchanged;
  auto done = db_.run("DELETE FROM polls WHERE url = ?", {poll.url});
  if (done) done = db_.insert("polls", values(poll));
  if (!done) return done.error();
  return Put::kRevised;
}

Result<bool> SqlWriter::remove_poll(std::string_view url) {
  return remove("DELETE FROM polls WHERE url = ?", url);
}

}  // namespace store::sql
