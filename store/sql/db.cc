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

Status Db::insert(std::string_view table, const Values& row) {
  return run(insert_into(table, row.size()), row);
}

Status Db::erase(std::string_view table, Columns columns, const Values& key) {
  std::string sql = "DELETE FROM ";
  sql.append(table);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql.append(i == 0 ? " WHERE " : " AND ").append(columns[i].name).append(" = ?");
  }
  return run(sql, key);
}

Status Db::update(std::string_view table, std::string_view key, std::int64_t value,
                  std::span<const std::string_view> columns,
                  std::span<const std::optional<std::int64_t>> numbers) {
  std::string sql = "UPDATE ";
  sql.append(table);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql.append(i == 0 ? " SET " : ", ").append(columns[i]).append(" = ?");
  }
  sql.append(" WHERE ").append(key).append(" = ?");
  Values values(numbers.begin(), numbers.end());
  values.emplace_back(value);
  return run(sql, values);
}

Result<bool> insert_new(Db& db, std::string_view table, const Values& values) {
  auto added = db.change(insert_into(table, values.size()) + " ON CONFLICT DO NOTHING", values);
  if (!added) return added.error();
  return *added > 0;
}

}  // namespace store::sql
