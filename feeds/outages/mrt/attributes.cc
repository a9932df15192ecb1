#include "feeds/outages/mrt/attributes.h"

#include <string>

namespace feeds::outages::mrt {
namespace {

constexpr std::uint8_t kExtendedLength = 0x10;
constexpr std::uint32_t kAsTrans = 23456;  // RFC 6793 section 9
constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint16_t kHighestAfi = kAfiV6;
constexpr std::uint8_t kHighestSafi = 3;

const Networks* find(const std::array<Networks, Attributes::kMostFamilies>& all, std::size_t count,
                     std::uint16_t afi, std::uint8_t safi) {
  for (std::size_t i = 0; i < count; ++i) {
    if (all[i].afi == afi && all[i].safi == safi) return &all[i];
  }
  return nullptr;
}

struct Context {
  Attributes& out;
  std::uint32_t as4_aggregator_as = 0;
  std::uint32_t as4_aggregator = kNone;
  std::uint64_t offset;
  Notes& notes;
};

void read_next_hop(Bytes& in, Networks& family, Context& context) {
  family.next_hop.fill(0);
  family.next_hop_size = in.u8();
  switch (family.next_hop_size) {
    case 4:
      in.copy(family.next_hop.data(), 4);
      break;
    case 16:
      in.copy(family.next_hop.data(), 16);
      break;
    case 32:  // RFC 2545 section 3: global, then link-local
      in.copy(family.next_hop.data(), 16);
      in.skip(16);
      break;
    default:
      context.notes.add(context.offset, "has a next hop of " +
                                            std::to_string(family.next_hop_size) +
                                            " bytes in MP_REACH_NLRI, which is not read");
  }
}

// A family that is neither IPv4 nor IPv6 in one of the four SAFIs is noted, not read.
bool read_family(Bytes& in, Networks& family, Context& context) {
  family.afi = in.u16();
  family.safi = in.u8();
  if (family.afi <= kHighestAfi && family.safi <= kHighestSafi) return true;
  context.notes.add(context.offset, "has networks of AFI " + std::to_string(family.afi) + " SAFI " +
                                        std::to_string(family.safi) + ", which are not read");
  return false;
}

void read_reach(Bytes in, Context& context) {
  auto& out = context.out;
  if (out.reach_count == Attributes::kMostFamilies) return;
  auto& family = out.reach[out.reach_count];
  if (in.left() > 0 && *in.data() != 0) {  // the first octet of an AFI is 0: this is a length
    if (out.reaches(kAfiV6, kUnicast) != nullptr) return;
    family.afi = kAfiV6;
    family.safi = kUnicast;
    read_next_hop(in, family, context);
    family.nlri = Bytes();
    ++out.reach_count;
    return;
  }
  if (!read_family(in, family, context)) return;
  if (out.reaches(family.afi, family.safi) != nullptr) {
    context.notes.add(context.offset, "has two MP_REACH_NLRI of one family; the first counts");
    return;
  }
  read_next_hop(in, family, context);
  for (auto snpas = in.u8(); snpas > 0; --snpas) in.skip(in.u8());
  family.nlri = in;
  ++out.reach_count;
}

void read_unreach(Bytes in, Context& context) {
  auto& out = context.out;
  if (out.unreach_count == Attributes::kMostFamilies) return;
  auto& family = out.unreach[out.unreach_count];
  if (!read_family(in, family, context)) return;
  if (out.unreaches(family.afi, family.safi) != nullptr) {
    context.notes.add(context.offset, "has two MP_UNREACH_NLRI of one family; the first counts");
    return;
  }
  family.nlri = in;
  ++out.unreach_count;
}

void read_value(std::uint8_t type, Bytes in, Context& context) {
  auto& out = context.out;
  switch (type) {
    case kOrigin:
      out.origin = in.u8();
      break;
    case kAsPath:
      out.as_path = in;
      break;
    case kNextHop:
      out.next_hop = in.u32();
      break;
    case kMed:
      out.med = in.u32();
      break;
    case kLocalPref:
      out.local_pref = in.u32();
      break;
    case kAggregator:
      out.aggregator_as = in.asn(out.as_octets);
      out.aggregator = in.u32();
      break;
    case kCommunities:
      out.communities = in;
      break;
    case kMpReach:
      read_reach(in, context);
      break;
    case kMpUnreach:
      read_unreach(in, context);
      break;
    case kAs4Path:
      out.as4_path = in;
      break;
    case kAs4Aggregator:
      context.as4_aggregator_as = in.u32();
      context.as4_aggregator = in.u32();
      break;
    case kLargeCommunities:
      out.large_communities = in;
      break;
    default:  // carried, but nothing that is printed or derived depends on it
      break;
  }
}

// False when the rest of the attributes cannot be read.
bool read_one(Bytes& in, Context& context) {
  auto flags = in.u8();
  auto type = in.u8();
  std::size_t length = (flags & kExtendedLength) != 0 ? in.u16() : in.u8();
  if (length > in.left()) {
    context.notes.add(context.offset, "has an attribute that is longer than what is left of it");
    return false;
  }
  auto value = in.take(length);
  if (type == 0 || type > 32) return true;
  auto bit = 1U << (type - 1U);
  bool again = (context.out.present & bit) != 0;
  if (again && type != kMpReach && type != kMpUnreach) {
    context.notes.add(context.offset,
                      "has attribute " + std::to_string(type) + " twice; the first one counts");
    return true;
  }
  context.out.present |= bit;
  read_value(type, value, context);
  return true;
}

}  // namespace

const Networks* Attributes::reaches(std::uint16_t afi, std::uint8_t safi) const {
  return find(reach, reach_count, afi, safi);
}

const Networks* Attributes::unreaches(std::uint16_t afi, std::uint8_t safi) const {
  return find(unreach, unreach_count, afi, safi);
}

void Attributes::clear() {
  present = 0;
  origin = 255;
  next_hop = kNone;
  med = 0;
  local_pref = 0;
  aggregator_as = 0;
  aggregator = kNone;
  as_path = Bytes();
  as4_path = Bytes();
  communities = Bytes();
  large_communities = Bytes();
  reach_count = 0;
  unreach_count = 0;
}

void read_attributes(Bytes& in, unsigned as_octets, std::uint64_t offset, Notes& notes,
                     Attributes& out) {
  out.clear();
  out.as_octets = static_cast<std::uint8_t>(as_octets);
  std::size_t length = in.u16();
  if (length > in.left()) notes.add(offset, "is cut off in its attributes");
  auto attributes = in.take(length);
  Context context{out, 0, kNone, offset, notes};
  while (attributes.left() > 0 && read_one(attributes, context)) {
  }
  // RFC 6793 section 4.2.3: where the AGGREGATOR is not AS_TRANS, both AS4 attributes are ignored.
  if (as_octets == 4 || !out.has(kAggregator) || !out.has(kAs4Aggregator)) return;
  if (out.aggregator_as == kAsTrans) {
    out.aggregator_as = context.as4_aggregator_as;
    out.aggregator = context.as4_aggregator;
  } else {
    out.as4_path = Bytes();
    out.present &= ~(1U << (kAs4Path - 1U));
  }
}

}  // namespace feeds::outages::mrt
