#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/memory/store.h"
#include "store/postgres/store.h"
#include "store/sqlite/store.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_dir.h"

// A store of each backend, for what store/store.h promises.
namespace contract {

inline constexpr auto kPatience = std::chrono::milliseconds(20);

enum class Kind { kMemory, kSqlite, kPostgres };

// One empty place for a store of a kind.
class Place {
 public:
  explicit Place(Kind kind) : kind_(kind) {
    if (kind == Kind::kPostgres) schema_.emplace();
  }

  // Opens the store that is there; in memory a new one.
  store::Result<std::unique_ptr<store::Store>> open(std::chrono::milliseconds patience) {
    switch (kind_) {
      case Kind::kMemory:
        return store::memory::open(patience);
      case Kind::kSqlite:
        return store::sqlite::open(dir_.path("t.db"), {false, patience});
      case Kind::kPostgres:
        break;
    }
    return store::postgres::open(schema_->url(), {false, patience});
  }
  bool on_disk() const { return kind_ != Kind::kMemory; }

 private:
  Kind kind_;
  support::TempDir dir_;
  std::optional<support::PostgresSchema> schema_;
};

inline bool is_missing(Kind kind) { return kind == Kind::kPostgres && !support::postgres_url(); }

struct Backend {
  const char* name;
  Kind kind;
};

class Contract : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (is_missing(GetParam().kind)) GTEST_SKIP() << support::kNoPostgres;
    place_.emplace(GetParam().kind);
    open();
  }

  // Opens the store; one on disk anew, to read what was really written.
  void open() {
    if (!place_->on_disk() && store_) return;
    store_.reset();
    auto opened = place_->open(kPatience);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  std::unique_ptr<store::Writer> begin() {
    auto writer = store_->begin();
    EXPECT_TRUE(writer) << writer.error().message;
    return std::move(*writer);
  }

  // Puts one record in a transaction of its own.
  template <typename... Record>
  store::Put put(const Record&... record) {
    auto writer = begin();
    auto done = writer->put(record...);
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_TRUE(writer->commit());
    return *done;
  }

  template <typename Act>
  void write(Act act) {
    auto writer = begin();
    act(*writer);
    ASSERT_TRUE(writer->commit());
    writer.reset();
    open();
  }

  std::vector<std::string> found(const store::TextQuery& query) {
    auto page = store_->search(query, "", 100);
    EXPECT_TRUE(page) << page.error().message;
    return page->ids;
  }

  std::optional<Place> place_;
  std::unique_ptr<store::Store> store_;
};

inline auto backends() {
  return testing::Values(Backend{"memory", Kind::kMemory}, Backend{"sqlite", Kind::kSqlite},
                         Backend{"postgres", Kind::kPostgres});
}
inline auto disk_backends() {
  return testing::Values(Backend{"sqlite", Kind::kSqlite}, Backend{"postgres", Kind::kPostgres});
}
inline std::string name_of(const testing::TestParamInfo<Backend>& row) { return row.param.name; }

}  // namespace contract
