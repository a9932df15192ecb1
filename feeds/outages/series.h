#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "feeds/outages/outages.h"

// How all readers make signals.
namespace feeds::outages {

// Samples of one signal, as many as 100 days have minutes, with room; and of one document, so that
// few bytes which speak of long times do not fill the memory.
inline constexpr std::size_t kMostSamples = 1'000'000;
inline constexpr std::size_t kMostSamplesOfAll = 20'000'000;

// Adds the signal, with an id made of its scope, source, kind and beginning where it has none: what
// is read again from the same moment on replaces it. What a document has too much of is left out
// with one warning.
void add(Parsed& parsed, model::Signal signal);

// One value that held from `at` on; nothing: asked for, and not measured.
struct Sample {
  model::Instant at;
  std::optional<double> value;
};

// Samples at irregular moments, sorted here, as a series of even steps: the longest step that meets
// them all and divides `usual` (0: not told), times without a sample stay empty. Of two samples of
// one moment the later in the list counts. Nothing when there are none, or too many steps.
void set_samples(model::Signal& signal, std::vector<Sample> samples, model::Seconds usual);

}  // namespace feeds::outages
