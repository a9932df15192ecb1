#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "store/model/result.h"
#include "store/sql/db.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store::sqlite {

using model::Result;
using model::Status;

// One connection. Not for several threads.
class Db final : public sql::Db {
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
  // Compiled once, then kept: one use at a time. Null on failure.
  sqlite3_stmt* prepared(std::string_view sql);
  std::unique_ptr<sql::Rows> rows(std::string_view sql, const sql::Values& values) override;
  Status run(std::string_view sql, const sql::Values& values) override;
  Result<std::int64_t> change(std::string_view sql, const sql::Values& values) override;

  Status begin_reading() override { return exec("BEGIN"); }
  void end_reading() override { (void)exec("COMMIT"); }
  Status begin_writing() override { return exec("BEGIN IMMEDIATE"); }
  Status commit() override { return exec("COMMIT"); }
  void roll_back() override { (void)exec("ROLLBACK"); }
  Status index(std::int64_t entry, bool first, const SearchText& text) override;
  // The log itself: a checkpoint would not force it where somebody still reads what was before.
  Status force_to_disk() override;
  const sql::Dialect& dialect() const override;
  bool alive() const override { return true; }
  bool outdated() const override { return false; }

  // Copies all pages into an empty database, as they are at this moment, whatever others write
  // meanwhile; `tell`: how many are copied, and how many there are.
  Status copy_to(Db& to, const std::function<void(int, int)>& tell);
  // When it is closed, what stands in the log is not put into the file.
  void leave_log();
  // Nothing when a file that was to be written turns out read-only.
  bool writable() const;
  // What is said of such a file, and of one on a disk that takes no writes.
  static model::Error read_only(const std::string& path);
  // What the last failure was, with the path and what to do about it.
  model::Error error() const;

 private:
  Db(std::unique_ptr<sqlite3, Close> db, std::string path);

  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Close>, std::less<>> statements_;
};

}  // namespace store::sqlite
