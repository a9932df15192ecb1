#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "store/memory/store.h"
#include "store/sqlite/store.h"
#include "tests/support/temp_dir.h"

// Tests of what store/store.h promises, for every backend.
namespace backends {

struct Backend {
  const char* name;
  bool on_disk;
};

class Test : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (!GetParam().on_disk) {
      store_ = store::memory::open();
      return;
    }
    auto opened = store::sqlite::open(dir_.path("t.db"));
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  template <typename Act>
  void write(Act act) {
    auto writer = store_->begin();
    ASSERT_TRUE(writer) << writer.error().message;
    act(**writer);
    ASSERT_TRUE((*writer)->commit());
  }

  support::TempDir dir_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace backends
