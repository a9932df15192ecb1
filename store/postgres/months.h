#pragma once

#include <cstdint>
#include <string>

#include "store/model/instant.h"

namespace store::postgres {

// A part of signal_blocks: the blocks that begin in one month of UTC. What begins before 2000 or
// after 2099 has one part each, which the migration made: times come from outside, and each part
// costs.
struct Month {
  std::string name;  // of the table
  std::int64_t from = 0, to = 0;
  bool is_made = false;  // by the migration
};
Month month_of(model::Instant start);

}  // namespace store::postgres
