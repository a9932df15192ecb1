#pragma once

#include <span>
#include <vector>

#include "correlate/detect/detect.h"

namespace correlate::detect {

// A hole of this length parts a series: what was normal before it says nothing about after it.
inline constexpr model::Seconds kLongestHole{60 * 86400};

// Documents of one series laid on one grid (values, from, step, warnings; the rest is as the first
// document says). Samples off the grid go to the nearest place; infinite and, but for deviation
// scores, negative ones (RIPEstat's "not available") count as none.
std::vector<Detection> lay_out(std::span<const model::Signal> documents, bool may_be_negative);

// Spans without a sample, the outermost included.
std::vector<model::Interval> holes(const Detection& d);

}  // namespace correlate::detect
