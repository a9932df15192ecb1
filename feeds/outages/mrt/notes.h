#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/model/result.h"

namespace feeds::outages::mrt {

// What could not be read, or is not in the form that is printed. A dump of a day may have the same
// fault a million times, so each sentence is kept with its first places and a count.
class Notes {
 public:
  void add(std::uint64_t offset, const std::string& sentence);
  std::size_t count() const { return count_; }
  // In the order in which each sentence came first: "byte 4711", and behind the places that are
  // kept, one that says how many more there were.
  std::vector<model::Warning> warnings() const;

 private:
  struct Fault {
    std::string sentence;
    std::vector<std::uint64_t> first;
    std::size_t count = 0;
  };
  std::vector<Fault> faults_;
  std::map<std::string, std::size_t> index_;
  std::size_t count_ = 0;
};

}  // namespace feeds::outages::mrt
