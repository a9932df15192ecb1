#pragma once

#include <cstddef>

namespace correlate {

// How much is kept in memory: of so many entries, the newest, what undoes them; on a first run so
// many are joined at once; so many records wait to be written before the store is locked. What is
// worked out does not depend on them.
struct Extent {
  std::size_t journal = 20'000;
  std::size_t piece = 8192;
  std::size_t writes = 8192;
};

}  // namespace correlate
