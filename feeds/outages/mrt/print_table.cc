#include <string>

#include "feeds/outages/mrt/path.h"
#include "feeds/outages/mrt/print.h"

namespace feeds::outages::mrt {
namespace {

void put_network(const Octets& octets, bool v6, std::uint8_t bits, Text& out) {
  if (v6) {
    out.v6(octets.data());
  } else {
    out.v4(octets.data());
  }
  out.put('/');
  out.number(bits);
  out.put('|');
}

// TABLE_DUMP and TABLE_DUMP_V2 differ: the old one takes any IPv6 next hop for 16 octets.
void put_next_hop(const Attributes& attributes, bool old, Text& out) {
  const auto* family = attributes.reaches(kAfiV6, kUnicast);
  if (family == nullptr && !old) family = attributes.reaches(kAfiV4, kUnicast);
  if (family == nullptr) return out.v4(attributes.next_hop);
  if (family->next_hop_size == 4 && !old) return out.v4(family->next_hop.data());
  out.v6(family->next_hop.data());
}

}  // namespace

void Printer::table(const Record& record, Text& out) {
  read_table(record, notes_, entry_, [&](const TableEntry& entry) {
    // bgpdump takes the addresses of subtype 4 (IPv6 with four-octet ASes) for IPv4.
    bool v6 = record.subtype == 2;
    out.put("TABLE_DUMP|");
    out.number(record.seconds);
    out.put("|B|");
    if (v6) {
      out.v6(entry.peer.data());
    } else {
      out.v4(entry.peer.data());
    }
    out.put('|');
    out.number(entry.peer_as);
    out.put('|');
    put_network(entry.prefix, v6, entry.bits, out);
    begin_tail(entry.attributes);
    put_next_hop(entry.attributes, true, tail_);
    preference(entry.attributes, false);
    end_tail(entry.attributes);
    out.put(tail_.view());
  });
}

void Printer::table_v2(const Record& record, Text& out) {
  constexpr std::uint16_t kPeerIndexTable = 1;
  switch (record.subtype) {
    case kPeerIndexTable:
      return read_peer_table(record, notes_, peers_);
    case 2:   // RIB_IPV4_UNICAST
    case 4:   // RIB_IPV6_UNICAST
    case 8:   // RIB_IPV4_UNICAST_ADDPATH
    case 10:  // RIB_IPV6_UNICAST_ADDPATH
      return rib(record, out);
    default:
      notes_.add(record.offset, "is a TABLE_DUMP_V2 record of subtype " +
                                    std::to_string(record.subtype) +
                                    ", which bgpdump's form does not have");
  }
}

void Printer::rib(const Record& record, Text& out) {
  Rib rib;
  if (!read_rib(record, notes_, rib)) return;
  head_.clear();
  put_network(rib.prefix, rib.v6, rib.bits, head_);
  for (unsigned i = 0; i < rib.count && rib.entries.left() > 0; ++i) {
    if (!read_rib_entry(record, rib, peers_, notes_, rib_entry_)) continue;
    const auto& peer = peers_.peers[rib_entry_.peer_index];
    const auto& attributes = rib_entry_.attributes;
    out.put(rib.add_path ? "TABLE_DUMP2_AP|" : "TABLE_DUMP2|");
    out.number(record.seconds);
    out.put("|B|");
    if (peer.v6) {
      out.v6(peer.address.data());
    } else {
      out.v4(peer.address.data());
    }
    out.put('|');
    out.number(peer.as);
    out.put('|');
    out.put(head_.view());
    if (rib.add_path) {
      out.number(rib_entry_.path_id);
      out.put('|');
    }
    begin_tail(attributes);
    put_next_hop(attributes, false, tail_);
    preference(attributes, false);
    end_tail(attributes);
    out.put(tail_.view());
  }
}

}  // namespace feeds::outages::mrt
