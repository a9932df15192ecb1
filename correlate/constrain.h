#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "correlate/constraints.h"

namespace correlate {

// Constraints with their contradictions resolved: the newest pair holds, and what older ones said
// against it is void. Pairs are taken from the newest to the oldest, and one that the pairs taken
// so far rule out is left. Near n log n of the pairs.
class Bounds {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  explicit Bounds(const Constraints& constraints);

  // The group of entries that belong together; kNone: nothing was decided about the entry.
  std::uint32_t group_of(const std::string& entry_id) const;
  std::size_t groups() const { return apart_.size(); }
  std::vector<std::string> entries() const;  // that anything was decided about, in no order
  bool apart(std::uint32_t a, std::uint32_t b) const;
  // Whether anything in one list must not be with anything in the other.
  bool apart(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) const;

 private:
  std::unordered_map<std::string, std::uint32_t> groups_;
  std::vector<std::vector<std::uint32_t>> apart_;  // of each group, sorted
};

}  // namespace correlate
