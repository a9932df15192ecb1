#include "store/sql/db.h"

namespace store::sql {

Status Rows::status() const {
  if (error_) return *error_;
  return {};
}

void Rows::damaged(std::string_view what) {
  if (error_) return;
  error_ =
      model::Error{model::Errc::kCorrupt, "The database is damaged: a record holds " +
                                              std::string(what) + "; restore it from a backup."};
}

namespace {

std::string insert_into(std::string_view table, std::size_t columns) {
  std::string sql = "INSERT INTO ";
  sql.append(table).append(" VALUES (");
  for (std::size_t i = 0; i < columns; ++i) sql += i == 0 ? "?" : ", ?";
  return sql += ")";
}

}  // namespace

Status insert(Db& db, std::string_view table, const Values& values) {
  return db.run(insert_into(table, values.size()), values);
}

Result<bool> insert_new(Db& db, std::string_view table, const Values& values) {
  auto added = db.change(insert_into(table, values.size()) + " ON CONFLICT DO NOTHING", values);
  if (!added) return added.error();
  return *added > 0;
}

}  // namespace store::sql
