#pragma once

#include <optional>
#include <vector>

#include "store/model/poll.h"

// How often a source brings something new. Counts fade exponentially, one within a week (what is
// usual), one within two hours (what is going on); a count over the time that it remembers is a
// rate. Pure.
namespace ingest {

inline constexpr auto kSlowMemory = model::Seconds(7 * 86400);
inline constexpr auto kFastMemory = model::Seconds(2 * 3600);

// Counts entries that were published at these times. The first call tells since when.
void count(model::Rhythm& rhythm, const std::vector<model::Instant>& published, model::Instant now);

// Mean time between entries; nothing while fewer than kFewest count.
std::optional<model::Seconds> usual_gap(const model::Rhythm& rhythm, model::Instant now);

// Half the mean time between entries of the last hours, while at least three came, four times as
// many as usual: a story is breaking.
std::optional<model::Seconds> burst_gap(const model::Rhythm& rhythm, model::Instant now);

}  // namespace ingest
