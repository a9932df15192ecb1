#pragma once

#include <cstdint>
#include <map>
#include <set>
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

  Bounds() = default;  // nothing was decided
  explicit Bounds(const Constraints& constraints);
  // Groups of the same entries keep the numbers that they had before.
  Bounds(const Constraints& constraints, const Bounds& before);

  // The entries about which anything else holds than before, of which this one took its numbers:
  // what is decided among others alone stays as it is.
  std::vector<std::string> changed_since(const Bounds& before) const;

  // The group of entries that belong together; kNone: nothing was decided about the entry.
  std::uint32_t group_of(const std::string& entry_id) const;
  std::size_t groups() const { return apart_.size(); }  // every number is below it
  bool apart(std::uint32_t a, std::uint32_t b) const;
  // Whether anything in one list must not be with anything in the other.
  bool apart(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) const;

 private:
  using Members = std::map<std::uint32_t, std::set<std::string>>;
  Members members() const;

  std::unordered_map<std::string, std::uint32_t> groups_;
  std::vector<std::vector<std::uint32_t>> apart_;  // of each group, sorted
};

}  // namespace correlate
