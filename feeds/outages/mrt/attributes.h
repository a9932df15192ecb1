#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "feeds/outages/mrt/bytes.h"
#include "feeds/outages/mrt/notes.h"

namespace feeds::outages::mrt {

// Path attributes: RFC 4271 section 4.3, and the RFC named.
enum Attribute : std::uint8_t {
  kOrigin = 1,
  kAsPath = 2,
  kNextHop = 3,
  kMed = 4,
  kLocalPref = 5,
  kAtomicAggregate = 6,
  kAggregator = 7,
  kCommunities = 8,       // RFC 1997
  kMpReach = 14,          // RFC 4760
  kMpUnreach = 15,        // RFC 4760
  kAs4Path = 17,          // RFC 6793
  kAs4Aggregator = 18,    // RFC 6793
  kLargeCommunities = 32  // RFC 8092
};

inline constexpr std::uint16_t kAfiV4 = 1;
inline constexpr std::uint16_t kAfiV6 = 2;
inline constexpr std::uint8_t kUnicast = 1;

// The networks of one address family in MP_REACH_NLRI or MP_UNREACH_NLRI.
struct Networks {
  std::uint16_t afi = 0;
  std::uint8_t safi = 0;
  std::uint8_t next_hop_size = 0;  // as declared; only 4, 16 and 32 are read
  std::array<std::uint8_t, 16> next_hop{};
  Bytes nlri;
};

// The attributes of one route or message. What points, points into the record.
struct Attributes {
  // AFI 0 to 2 with SAFI 0 to 3, as bgpdump tells them apart.
  static constexpr std::size_t kMostFamilies = 12;

  std::uint32_t present = 0;  // bit n - 1: attribute n stands there whole
  std::uint8_t origin = 255;
  std::uint8_t as_octets = 2;  // of the ASes in as_path
  std::uint32_t next_hop = 0xFFFFFFFF;
  std::uint32_t med = 0;
  std::uint32_t local_pref = 0;
  std::uint32_t aggregator_as = 0;
  std::uint32_t aggregator = 0xFFFFFFFF;  // its address
  Bytes as_path;
  Bytes as4_path;
  Bytes communities;
  Bytes large_communities;
  std::size_t reach_count = 0;
  std::size_t unreach_count = 0;
  std::array<Networks, kMostFamilies> reach;
  std::array<Networks, kMostFamilies> unreach;

  bool has(Attribute attribute) const { return (present >> (attribute - 1U) & 1U) != 0; }
  const Networks* reaches(std::uint16_t afi, std::uint8_t safi) const;
  const Networks* unreaches(std::uint16_t afi, std::uint8_t safi) const;
  void clear();
};

// Reads the length of the attributes, then them. Of an attribute that stands there twice the first
// one counts (RFC 7606 section 3 g). AS4_AGGREGATOR is merged here, AS4_PATH where paths are read
// (path.h). MP_REACH_NLRI may be cut down to its next hop, as RFC 6396 section 4.3.4 has it in
// tables.
void read_attributes(Bytes& in, unsigned as_octets, std::uint64_t offset, Notes& notes,
                     Attributes& out);

}  // namespace feeds::outages::mrt
