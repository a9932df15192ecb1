#pragma once

#include <cstddef>
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
  std::vector<std::string> blocks;  // by number; empty where it was taken away with its month
  model::Instant last_block{};      // when the last one begins, where blocks are kept by month
};

// When a block of the signal begins.
model::Instant start_of(const model::Signal& signal, std::size_t block);

// kCorrupt where a block is not what was written.
Result<std::optional<KeptSignal>> kept_signal(Db& db, std::string_view id);
// All whose scope is of `country` (empty: all), by id.
Result<std::vector<model::Signal>> signals_of(Db& db, std::string_view country);
// Writes the signal in place of `kept`; of its samples those blocks that differ.
Status write_signal(Db& db, const model::Signal& signal, const std::optional<KeptSignal>& kept);

}  // namespace store::sql
