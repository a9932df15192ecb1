#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correlate/copies.h"
#include "store/model/join.h"

namespace correlate {

// One entry that claims a value, as its verdict has it.
struct Told {
  std::string entry_id;
  std::string source;  // Verdict::source; empty: the entry's own
  Sketch sketch;       // of its text
};

// What stands behind a claimed value: entries that name one source of record, and near-copies of
// one another, rest on one observation. 27 articles after one measurer are one origin.
struct Origin {
  std::string source;  // of the first entry that names one; empty: none does
  std::vector<std::string> entry_ids;
};
// In the order of their first entries. Near-linear in the entries (CopyIndex). Pure.
std::vector<Origin> origins_of(const std::vector<Told>& told);

}  // namespace correlate
