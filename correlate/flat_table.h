#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace correlate {

// Numbers by 32-bit hashes: open addressing with linear probing, 8 bytes a place, at most three
// quarters full. A number that has come back to 0 is gone with the next growth. Key 0 is none.
class FlatTable {
 public:
  std::int32_t get(std::uint32_t key) const {
    if (places_.empty()) return 0;
    for (std::size_t at = home(key);; at = after(at)) {
      if (places_[at].key == key) return places_[at].value;
      if (places_[at].key == 0) return 0;
    }
  }

  // Adds to the number of `key` and returns what it was before.
  std::int32_t add(std::uint32_t key, std::int32_t much) {
    if (4 * (used_ + 1) > 3 * places_.size()) grow(1);
    for (std::size_t at = home(key);; at = after(at)) {
      auto& place = places_[at];
      if (place.key == 0) {
        place.key = key;
        ++used_;
      }
      if (place.key == key) {
        auto before = place.value;
        place.value += much;
        return before;
      }
    }
  }

  // Every number that is not 0, in no order that means anything.
  template <typename Each>
  void for_each(Each each) const {
    for (const auto& place : places_) {
      if (place.value != 0) each(place.key, place.value);
    }
  }

  // Room for so many more. Needed before the numbers of another table are added one by one: in
  // their order they would all crowd at the beginning of a smaller one.
  void reserve(std::size_t more) {
    if (4 * (used_ + more + 1) > 3 * places_.size()) grow(more);
  }

  std::size_t size() const { return used_; }  // keys, those of 0 too
  std::size_t places() const { return places_.size(); }
  std::size_t bytes() const { return places_.capacity() * sizeof(Place); }

 private:
  struct Place {
    std::uint32_t key = 0;
    std::int32_t value = 0;
  };

  // Spreads what hashing gives over any number of places: Lemire 2019, "Fast random integer
  // generation in an interval".
  std::size_t home(std::uint32_t key) const {
    return (std::uint64_t{key * 0x9E3779B1U} * places_.size()) >> 32U;
  }
  std::size_t after(std::size_t at) const { return at + 1 == places_.size() ? 0 : at + 1; }

  // To be three quarters full with so many more, and at most half full with none.
  void grow(std::size_t more) {
    std::size_t live = 0;
    for (const auto& place : places_) live += place.value != 0 ? 1 : 0;
    std::vector<Place> before(std::max({4 * (live + more + 1) / 3 + 1, 2 * live, std::size_t{8}}));
    before.swap(places_);
    used_ = 0;
    for (const auto& place : before) {
      if (place.value != 0) put(place);
    }
  }

  void put(const Place& one) {
    std::size_t at = home(one.key);
    while (places_[at].key != 0) at = after(at);
    places_[at] = one;
    ++used_;
  }

  std::vector<Place> places_;
  std::size_t used_ = 0;  // places that have a key
};

}  // namespace correlate
