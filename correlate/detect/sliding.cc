#include "correlate/detect/sliding.h"

#include <algorithm>
#include <limits>

namespace correlate::detect {

SlidingMedian::SlidingMedian(std::size_t window)
    : values_(std::max<std::size_t>(window, 1)), at_(values_.size()), side_(values_.size()) {
  lower_.reserve(values_.size() + 1);
  upper_.reserve(values_.size() + 1);
}

void SlidingMedian::clear() {
  lower_.clear();
  upper_.clear();
  next_ = 0;
}

// Whether `a` belongs nearer to the top than `b`.
bool SlidingMedian::above(bool upper, Slot a, Slot b) const {
  return upper ? values_[a] < values_[b] : values_[a] > values_[b];
}

void SlidingMedian::place(bool upper, std::size_t at, Slot slot) {
  heap(upper)[at] = slot;
  at_[slot] = static_cast<std::uint32_t>(at);
  side_[slot] = upper ? 1 : 0;
}

void SlidingMedian::rise(bool upper, std::size_t at) {
  auto& h = heap(upper);
  Slot slot = h[at];
  while (at > 0 && above(upper, slot, h[(at - 1) / 2])) {
    place(upper, at, h[(at - 1) / 2]);
    at = (at - 1) / 2;
  }
  place(upper, at, slot);
}

void SlidingMedian::sink(bool upper, std::size_t at) {
  auto& h = heap(upper);
  Slot slot = h[at];
  for (;;) {
    std::size_t child = 2 * at + 1;
    if (child >= h.size()) break;
    if (child + 1 < h.size() && above(upper, h[child + 1], h[child])) ++child;
    if (!above(upper, h[child], slot)) break;
    place(upper, at, h[child]);
    at = child;
  }
  place(upper, at, slot);
}

void SlidingMedian::push(bool upper, Slot slot) {
  auto& h = heap(upper);
  h.push_back(slot);
  rise(upper, h.size() - 1);
}

void SlidingMedian::remove(Slot slot) {
  bool upper = side_[slot] != 0;
  auto& h = heap(upper);
  std::size_t at = at_[slot];
  Slot last = h.back();
  h.pop_back();
  if (last == slot) return;
  place(upper, at, last);
  rise(upper, at);
  sink(upper, at_[last]);
}

// Keeps as many in the lower half as in the upper, or one more.
void SlidingMedian::balance() {
  while (lower_.size() > upper_.size() + 1) {
    Slot top = lower_.front();
    remove(top);
    push(true, top);
  }
  while (lower_.size() < upper_.size()) {
    Slot top = upper_.front();
    remove(top);
    push(false, top);
  }
}

void SlidingMedian::add(double value) {
  auto slot = static_cast<Slot>(next_);
  if (size() == values_.size()) {
    remove(slot);
    balance();
  }
  values_[slot] = value;
  bool upper = !lower_.empty() && value > values_[lower_.front()];
  push(upper, slot);
  balance();
  next_ = (next_ + 1) % values_.size();
}

double median_of(std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace correlate::detect
