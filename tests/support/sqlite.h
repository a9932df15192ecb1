#pragma once

#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace support {

// A second program's view of the file.
class Sqlite {
 public:
  explicit Sqlite(const std::string& path) {
    EXPECT_EQ(sqlite3_open(path.c_str(), &db_), SQLITE_OK);
  }
  ~Sqlite() { sqlite3_close(db_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void exec(const std::string& sql) {
    EXPECT_EQ(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db_);
  }
  std::string ask(const std::string& sql) {
    std::string out;
    auto keep = [](void* to, int, char** values, char**) {
      *static_cast<std::string*>(to) += values[0] == nullptr ? "null" : values[0];
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(db_, sql.c_str(), keep, &out, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db_);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace support
