#pragma once

#include <cstddef>
#include <vector>

#include "correlate/detect/detect.h"
#include "tests/support/series.h"

namespace support {

// How detected outages stand against planted ones.
struct DetectScore {
  std::size_t down_found = 0;  // samples of planted outages of the depth asked for
  std::size_t down = 0;
  std::size_t up_alarmed = 0;  // samples in no planted outage of any depth
  std::size_t up = 0;
  std::size_t outages = 0;  // planted, of the depth asked for
  std::size_t found = 0;
  std::size_t in_fragments = 0;  // found by more than one
  std::size_t false_outages = 0;
  std::vector<double> onset_errors;  // in steps, of those found
  std::vector<double> end_errors;

  double tpr() const { return static_cast<double>(down_found) / static_cast<double>(down); }
  double fpr() const { return static_cast<double>(up_alarmed) / static_cast<double>(up); }
};

void score(const MadeSeries& made, const std::vector<correlate::detect::Detection>& found,
           double least_depth, DetectScore& sum);
double median(std::vector<double> values);

}  // namespace support
