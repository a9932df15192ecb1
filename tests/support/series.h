#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/model/outage.h"

namespace support {

// An outage that was put into a made series: samples [begin, end) lost `depth` of themselves.
struct Planted {
  std::size_t begin = 0;
  std::size_t end = 0;
  double depth = 0;
};

// A series of counts as networks give them, with what is true of it.
struct MadeSeries {
  model::Signal signal;
  std::vector<Planted> outages;
  int holidays = 0;
  int level_shifts = 0;
  int gaps = 0;
  int feeder_losses = 0;
};

// Numbers that are the same everywhere for a seed (the distributions of the standard library are
// not). SplitMix64, Steele, Lea and Flood 2014.
class Random {
 public:
  // The seed is mixed first: numbers of neighbouring seeds have nothing in common.
  explicit Random(std::uint64_t seed) : state_(seed) { state_ = next(); }

  std::uint64_t next();
  double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  // Evenly spread on a logarithmic scale.
  double scale(double low, double high);
  double normal();
  double poisson(double mean);
  bool chance(double p) { return uniform() < p; }

 private:
  std::uint64_t state_;
};

// Six to ten weeks of counts: a rhythm of days and weeks, growth, Poisson and bursty noise, shifts
// of level, gaps, holidays, the loss of one feeder of several, and outages of depth 0.2 to 1 and 10
// minutes to 10 days. The same seed gives the same series.
MadeSeries make_series(std::uint64_t seed);
// The same with a step and a length as asked for.
MadeSeries make_series(std::uint64_t seed, model::Seconds step, double days);
// A state that is steady but for its outages, as routes are: `level` of them, one more or less now
// and then.
MadeSeries make_state(std::uint64_t seed, model::Seconds step, double days, double level);

}  // namespace support
