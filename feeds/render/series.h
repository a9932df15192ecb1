#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "store/model/outage.h"

// Series for people: fewer points than samples, none of them a dip that was lost.
namespace feeds::render {

// Buckets of equally many samples. What is least and most in each; nothing where it has no sample:
// a chart of `least` shows every dip however short, one of both shows all that was, and what was
// not seen stays a gap.
struct Reduced {
  model::Instant from{};
  model::Seconds step{0};  // of a bucket
  std::vector<std::optional<double>> least;
  std::vector<std::optional<double>> most;
};

// The samples of `signal` in `window`, in at most `buckets` buckets. One sample each where there
// are fewer samples. Nothing in it where the window lies outside of the signal.
Reduced reduce(const model::Signal& signal, const model::Interval& window, std::size_t buckets);

// What of the signal to show with these outages: from the first one's start to the last one's end,
// and half as much again at either side (an hour at least), within the signal. All of it where it
// saw none of them.
model::Interval window_of(const model::Signal& signal, const std::vector<model::Outage>& outages);

// One character a bucket: the least sample in eighths of the greatest of all, "·" where there is
// none. Empty where nothing is above 0.
std::string bars(const Reduced& reduced);

}  // namespace feeds::render
