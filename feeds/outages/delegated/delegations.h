#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"
#include "store/model/route.h"

namespace feeds::outages::delegated {

// Which country a registry gave numbers to, from its "delegated-extended" file (or "delegated",
// which has fewer fields): registry|cc|asn, ipv4 or ipv6|start|value|date|status|… Where a network
// is used may be another country: these are the holder's.
class Delegations {
 public:
  // Adds a file's records; those that cannot be read become warnings. What is "available" or
  // "reserved" has no country and is passed over. Of what two files give, the later one counts.
  void add(std::string_view file, std::vector<model::Warning>& warnings);

  // ISO 3166-1 alpha-2; empty where no file says it.
  std::string_view country_of_as(std::uint32_t as) const;
  // Of the network's first address.
  std::string_view country_of(const model::Prefix& prefix) const;
  std::size_t size() const { return ases_.size() + v4_.size() + v6_.size(); }

 private:
  using Country = std::array<char, 2>;
  template <typename Number>
  struct Range {
    Number from;
    Number to;  // belongs to it
    Country country;
  };
  using V6 = std::array<std::uint8_t, 16>;

  const char* add_line(std::string_view line);
  template <typename Number>
  static void sort(std::vector<Range<Number>>& ranges);
  template <typename Number>
  static std::string_view find(const std::vector<Range<Number>>& ranges, const Number& number);

  std::vector<Range<std::uint32_t>> ases_;
  std::vector<Range<std::uint32_t>> v4_;
  std::vector<Range<V6>> v6_;
};

}  // namespace feeds::outages::delegated
