#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/model/result.h"
#include "store/store.h"

// What prepare() has linked, told to the run after it. Links rest on the fused outages, which runs
// alone change; a run looks at all that is told here, and takes it away.
namespace correlate {

// Under this name the store's meta keeps the change up to which the last run had come that changed
// fused outages.
inline constexpr std::string_view kFusedKey = "correlate.fused";

// The entries whose last change is behind `after`, up to `to`, were linked as they are.
struct LinkedRange {
  std::int64_t after = 0;
  std::int64_t to = 0;
};

// Kept in the store's meta until a run has seen it.
model::Status note(store::Writer& writer, const LinkedRange& range);
model::Result<bool> is_noted(store::Store& store, const LinkedRange& range);
model::Status forget(store::Writer& writer, const LinkedRange& range);
// By `after`.
model::Result<std::vector<LinkedRange>> linked_ranges(store::Store& store);
// Whether one of them has the change; in O(log) of their number. Where ranges overlap it may say no
// though one has.
bool has(const std::vector<LinkedRange>& ranges, std::int64_t seq);

}  // namespace correlate
