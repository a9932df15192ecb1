#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace correlate::detect {

// The median of the last `window` values, O(log window) a value: a heap of the lower half, one of
// the upper half, and for each value its place in them (Härdle and Steiger 1995, algorithm AS 296).
// With an even count, the lower of the two in the middle. Values must not be NaN.
class SlidingMedian {
 public:
  explicit SlidingMedian(std::size_t window);

  void add(double value);
  std::size_t size() const { return lower_.size() + upper_.size(); }
  // Not for an empty window.
  double median() const { return values_[lower_.front()]; }
  void clear();

 private:
  using Slot = std::uint32_t;

  bool above(bool upper, Slot a, Slot b) const;
  void place(bool upper, std::size_t at, Slot slot);
  void rise(bool upper, std::size_t at);
  void sink(bool upper, std::size_t at);
  void push(bool upper, Slot slot);
  void remove(Slot slot);
  std::vector<Slot>& heap(bool upper) { return upper ? upper_ : lower_; }
  void balance();

  std::vector<double> values_;      // by slot: a ring
  std::vector<std::uint32_t> at_;   // by slot: its place in its heap
  std::vector<std::uint8_t> side_;  // by slot: 1 when in upper_
  std::vector<Slot> lower_;         // the largest first
  std::vector<Slot> upper_;         // the smallest first
  std::size_t next_ = 0;            // the slot to be written next
};

// The lower median of what is in `values`, which is reordered; NaN when there is nothing.
double median_of(std::vector<double>& values);

// 1.4826 × the median of absolute deviations is the standard deviation of a normal distribution,
// and hardly moved by up to half of the values (Hampel 1974).
inline constexpr double kMadToSigma = 1.4826;

}  // namespace correlate::detect
