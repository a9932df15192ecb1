#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/memory/store.h"
#include "store/sqlite/store.h"
#include "tests/support/temp_dir.h"

// A store of each backend, for what store/store.h promises.
namespace contract {

inline constexpr auto kPatience = std::chrono::milliseconds(20);

struct Backend {
  const char* name;
  bool on_disk;
};

class Contract : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override { open(); }

  // Opens the store; one on disk anew, to read what was really written.
  void open() {
    if (!GetParam().on_disk) {
      if (!store_) store_ = store::memory::open(kPatience);
      return;
    }
    store_.reset();
    auto opened = store::sqlite::open(dir_.path("t.db"), {false, kPatience});
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

  support::TempDir dir_;
  std::unique_ptr<store::Store> store_;
};

inline auto backends() {
  return testing::Values(Backend{"memory", false}, Backend{"sqlite", true});
}
inline std::string name_of(const testing::TestParamInfo<Backend>& row) { return row.param.name; }

}  // namespace contract
