#pragma once

#include <cstddef>
#include <vector>

#include "correlate/detect/detect.h"

// The pieces of a seasonal forecast. Days, weeks and hours are those of the epoch (UTC), so that a
// series cut elsewhere gives the same forecast. `masked` samples are passed over.
namespace correlate::detect {

inline constexpr std::int64_t kDaySeconds = 86400;
inline constexpr std::int64_t kWeekSeconds = 7 * kDaySeconds;

// Medians of consecutive blocks of `block` seconds (of the epoch); NaN where less than a third of
// the samples that fit into a block are there.
struct Blocks {
  std::int64_t first = 0;  // number of the first block since the epoch
  std::int64_t length = 0;
  std::vector<double> medians;

  // Of the block that the moment lies in.
  double at(std::int64_t seconds) const;
};
Blocks blocks_of(const std::vector<double>& values, const Detection& d, std::int64_t length);

// The values without those of days on which nearly nothing came, though as much as usual could
// have: an outage may last for most of a series, and must not pass for what is normal. A day of the
// week that is always so is let be.
std::vector<double> without_lost_days(const std::vector<double>& values, const Detection& d);

// Each block's median becomes that of the `around` blocks about it; near the ends, of the first or
// last `around`. A step of the level stays a step, a dip of less than half as many blocks goes.
void smooth(Blocks& blocks, std::size_t around);

// The shape of a period (a week, or a day where the series is short), about 1, from the
// 2 · kWeeksAround + 1 weeks about each: medians of value / level by phase, evened out over half an
// hour. 1 where nothing is known.
class Shape {
 public:
  Shape(const std::vector<double>& relative, const Detection& d);

  double at(std::size_t sample) const;
  bool is_flat() const { return phases_ == 0; }

 private:
  void learn(const std::vector<double>& relative, const Detection& d, std::int64_t weeks);
  void even_out(std::vector<double>& shape) const;

  std::int64_t period_ = kDaySeconds;
  std::size_t phases_ = 0;
  std::int64_t from_ = 0;
  std::int64_t step_ = 1;
  std::int64_t first_period_ = 0;
  std::vector<std::vector<double>> shapes_;  // by period; one for all where the period is a day
};

inline constexpr std::int64_t kWeeksAround = 4;
inline constexpr std::size_t kDaysAround = 29;

}  // namespace correlate::detect
