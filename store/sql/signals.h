#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/outage.h"
#include "store/sql/db.h"

// Signals and the blocks of their samples (samples.h).
namespace store::sql {

// A signal as it is kept, with the bytes of its blocks.
struct KeptSignal {
  model::Signal signal;
  std::vector<std::string> blocks;
};

// kCorrupt where a block is not what was written.
Result<std::optional<KeptSignal>> kept_signal(Db& db, std::string_view id);
// All whose scope is of `country` (empty: all), by id.
Result<std::vector<model::Signal>> signals_of(Db& db, std::string_view country);
// Writes the signal; of its samples those blocks that differ from `kept`.
Status write_signal(Db& db, const model::Signal& signal, const std::vector<std::string>& kept);

}  // namespace store::sql
