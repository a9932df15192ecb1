#include "ingest/rhythm.h"

#include <algorithm>
#include <cmath>

namespace ingest {
namespace {

using model::Instant;
using model::Rhythm;
using model::Seconds;

// Fewer entries than this, faded, make no rhythm.
constexpr double kFewest = 0.5;
constexpr double kBurstEntries = 2.5;  // three, of which the first has faded a little
constexpr double kBurstFactor = 4;
// The longest gap that is told: a year.
constexpr double kLongest = 366.0 * 86400;

double faded(double count, Seconds age, Seconds memory) {
  age = std::max(age, Seconds(0));  // a clock that was set back
  return count * std::exp(-static_cast<double>(age.count()) / static_cast<double>(memory.count()));
}

// Entries a second. A source that is known for a shorter time than the memory is counted over
// what of the memory that time fills.
double rate(double count, const Rhythm& rhythm, Seconds memory, Instant now) {
  auto age = std::max(Seconds(3600), now - rhythm.since.value_or(now));
  auto filled = static_cast<double>(memory.count()) * (1 - faded(1, age, memory));
  return faded(count, now - rhythm.at, memory) / filled;
}

}  // namespace

void count(Rhythm& rhythm, const std::vector<Instant>& published, Instant now) {
  rhythm.slow = faded(rhythm.slow, now - rhythm.at, kSlowMemory);
  rhythm.fast = faded(rhythm.fast, now - rhythm.at, kFastMemory);
  rhythm.at = now;
  auto since = rhythm.since.value_or(now);
  for (auto at : published) {
    auto age = std::max(Seconds(0), now - at);
    rhythm.slow += faded(1, age, kSlowMemory);
    rhythm.fast += faded(1, age, kFastMemory);
    if (!rhythm.since) since = std::min(since, at);
  }
  rhythm.since = since;
}

std::optional<Seconds> usual_gap(const Rhythm& rhythm, Instant now) {
  if (faded(rhythm.slow, now - rhythm.at, kSlowMemory) < kFewest) return std::nullopt;
  auto gap = 1 / rate(rhythm.slow, rhythm, kSlowMemory, now);
  return Seconds(static_cast<std::int64_t>(std::min(gap, kLongest)));
}

std::optional<Seconds> burst_gap(const Rhythm& rhythm, Instant now) {
  if (faded(rhythm.fast, now - rhythm.at, kFastMemory) < kBurstEntries) return std::nullopt;
  auto fast = rate(rhythm.fast, rhythm, kFastMemory, now);
  if (fast < kBurstFactor * rate(rhythm.slow, rhythm, kSlowMemory, now)) return std::nullopt;
  return Seconds(static_cast<std::int64_t>(0.5 / fast));
}

}  // namespace ingest
