#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "store/store.h"

namespace app::mail {

// What has come since somebody was told: with which changes of the store. Going by their numbers,
// not by a clock, is what makes sure that nothing is told twice and nothing is left out: a feed
// that was read late, an archive that took an hour to be written, a clock that was set back.
struct Came {
  std::int64_t after = 0;  // store::Change::seq
  std::int64_t until = 0;  // as far as correlation has come; what came after it is told next time
  struct Entry {
    int revisions = 0;     // that came, up to now
    std::string incident;  // that it is in; empty: none
  };
  std::map<std::string, Entry> entries;
  std::map<std::string, int> outages;            // records: id → revisions
  std::map<std::string, std::size_t> incidents;  // id → how many entries of it came
  std::set<std::string> touched;  // … those in which more than entries came: outages, edits
};

// Linear in what came.
model::Result<Came> came_after(store::Store& store, std::int64_t after);

// How far correlation has come.
model::Result<std::int64_t> correlated(store::Store& store);

}  // namespace app::mail
