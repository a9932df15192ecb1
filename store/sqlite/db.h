#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/sqlite/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store::sqlite {

using model::Result;
using model::Status;

// One connection. Not for several threads.
class Db {
 public:
  struct Close {
    void operator()(sqlite3* db) const;
    void operator()(sqlite3_stmt* statement) const;
  };
  enum class Mode : std::uint8_t { kRead, kWrite, kCreate };

  // kIo when the file cannot be opened so. `patience`: how long to wait for another's lock.
  static Result<std::unique_ptr<Db>> open(const std::string& path, Mode mode,
                                          std::chrono::milliseconds patience);

  // Statements without values and rows, several separated by semicolons.
  Status exec(std::string_view sql);
  // Compiled once, then kept; see Rows for how long it may be used. Null on failure.
  sqlite3_stmt* prepared(std::string_view sql);
  // Rows that the last statement changed.
  std::int64_t changed() const;
  std::int64_t last_rowid() const;
  // Nothing when a file that was to be written turns out read-only.
  bool writable() const;
  // What the last failure was, with the path and what to do about it.
  model::Error error() const;

 private:
  Db(std::unique_ptr<sqlite3, Close> db, std::string path);

  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Close>, std::less<>> statements_;
};

// The rows of one statement, each read column by column from the left. One at a time per
// connection.
class Rows {
 public:
  Rows(Db& db, std::string_view sql, const Values& values);
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // Goes to the next row. False at the end and on failure, which status() tells apart.
  bool next();
  Status status() const;
  // Notes that what stands in this row is not what we wrote.
  void damaged(std::string_view what);

  std::int64_t integer();
  double real();
  std::string text();
  std::string blob();
  bool null() const;  // the column that comes next; does not go past it
  void skip() { ++column_; }
  model::Instant instant() { return model::Instant(model::Seconds(integer())); }

 private:
  Db& db_;
  sqlite3_stmt* statement_;
  int column_ = 0;
  std::optional<model::Error> error_;
};

// Runs a statement that returns no rows.
Status run(Db& db, std::string_view sql, const Values& values);

// All rows as records: read(rows, record) is found by the record's type.
template <typename T>
Result<std::vector<T>> all(Db& db, std::string_view sql, const Values& values) {
  std::vector<T> out;
  Rows rows(db, sql, values);
  while (rows.next()) read(rows, out.emplace_back());
  if (auto status = rows.status(); !status) return status.error();
  return out;
}

// The first row, or nothing.
template <typename T>
Result<std::optional<T>> first(Db& db, std::string_view sql, const Values& values) {
  std::optional<T> out;
  Rows rows(db, sql, values);
  if (rows.next()) read(rows, out.emplace());
  if (auto status = rows.status(); !status) return status.error();
  return out;
}

}  // namespace store::sqlite
