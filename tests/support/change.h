#pragma once

#include <gtest/gtest.h>

#include "store/store.h"

namespace support {

// One transaction: `act` gets its writer.
template <typename Act>
void change(store::Store& store, Act act) {
  auto writer = store.begin();
  ASSERT_TRUE(writer) << writer.error().message;
  act(**writer);
  ASSERT_TRUE((*writer)->commit());
}

}  // namespace support
