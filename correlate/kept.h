#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "correlate/joining.h"
#include "correlate/outage_index.h"
#include "correlate/reach.h"
#include "correlate/written.h"

namespace correlate {

// What correlation keeps in memory between runs: all of it can be worked out again from the facts
// that the store held at change `seq`.
struct Kept {
  explicit Kept(std::size_t journal) : joining({}, journal) {}

  std::string version;   // that worked it out
  std::int64_t seq = 0;  // of the store's changes
  bool full = false;     // false: nothing was worked out yet
  OutageIndex outages{{}};
  Reach reach;  // which entries an outage or a signal concerns
  Joining joining;
  Written written;
  std::set<std::string> deleted;        // entries that a person deleted
  std::set<std::string> deletion_keys;  // what makes an entry one of them: deletion_keys()
};

}  // namespace correlate
