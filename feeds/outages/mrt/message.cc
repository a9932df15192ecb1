#include "feeds/outages/mrt/message.h"

#include <algorithm>

namespace feeds::outages::mrt {
namespace {

constexpr std::size_t kMarker = 16;
constexpr std::uint16_t kNoFamily = 0xFFFF;
constexpr unsigned kMostBits = 128;

// How a subtype of BGP4MP writes a message.
struct Form {
  bool known = false;
  bool local = false;
  bool add_path = false;
  unsigned as_octets = 2;
};

Form form_of(std::uint16_t subtype) {
  switch (subtype) {
    case 1:  // MESSAGE
      return {true, false, false, 2};
    case 4:  // MESSAGE_AS4
      return {true, false, false, 4};
    case 6:  // MESSAGE_LOCAL
      return {true, true, false, 2};
    case 7:  // MESSAGE_AS4_LOCAL
      return {true, true, false, 4};
    case 8:  // MESSAGE_ADDPATH
      return {true, false, true, 2};
    case 9:  // MESSAGE_AS4_ADDPATH
      return {true, false, true, 4};
    case 10:  // MESSAGE_LOCAL_ADDPATH
      return {true, true, true, 2};
    case 11:  // MESSAGE_AS4_LOCAL_ADDPATH
      return {true, true, true, 4};
    default:
      return {};
  }
}

void read_address(Bytes& in, bool v6, Octets& out) {
  out.fill(0);
  in.copy(out.data(), v6 ? 16 : 4);
}

// The addresses and the marker. False where the family is none that is known.
bool read_ends(const Record& record, Bytes& in, Notes& notes, Message& out) {
  auto interface = in.u16();
  auto family = in.u16();
  std::size_t marker = kMarker;
  out.v6 = family == kAfiV6;
  if (family == kAfiV4 || family == kAfiV6) {
    read_address(in, out.v6, out.peer);
    read_address(in, out.v6, out.collector);
  } else if (family == kNoFamily && interface == kNoFamily) {
    // zebra left interface, family and addresses out: what was read is the marker's beginning.
    out.peer.fill(0);
    out.collector.fill(0);
    marker -= 4;
  } else {
    notes.add(record.offset,
              "is of address family " + std::to_string(family) + ", which is not read");
    return false;
  }
  auto ones = in.take(marker);
  bool good = ones.left() == marker;
  for (std::size_t i = 0; good && i < marker; ++i) good = ones.data()[i] == 0xFF;
  if (!good) notes.add(record.offset, "has no BGP marker where one must be");
  return good;
}

// mrtd's own form: only UPDATE and KEEPALIVE are told apart by the subtype.
bool read_old_message(const Record& record, Notes& notes, Message& out) {
  constexpr std::uint16_t kOldUpdate = 1;
  constexpr std::uint16_t kOldKeepalive = 7;
  if (record.subtype != kOldUpdate && record.subtype != kOldKeepalive) {
    notes.add(record.offset, "is a BGP record of subtype " + std::to_string(record.subtype) +
                                 ", which is not read");
    return false;
  }
  Bytes in = record.body;
  out = Message();
  out.type = record.subtype == kOldUpdate ? kUpdate : kKeepalive;
  out.peer_as = in.u16();
  read_address(in, false, out.peer);
  out.collector_as = in.u16();
  read_address(in, false, out.collector);
  out.body = in;
  return true;
}

bool bad_length(const Record& record, Notes& notes) {
  notes.add(record.offset, "is a state change of " + std::to_string(record.body.left()) +
                               " bytes, which fits no address family");
  return false;
}

}  // namespace

bool read_message(const Record& record, Notes& notes, Message& out) {
  if (record.type == kBgp) return read_old_message(record, notes, out);
  auto form = form_of(record.subtype);
  if (!form.known) {
    notes.add(record.offset, "is a BGP4MP record of subtype " + std::to_string(record.subtype) +
                                 ", which bgpdump's form does not have");
    return false;
  }
  Bytes in = record.body;
  out.local = form.local;
  out.add_path = form.add_path;
  out.as_octets = form.as_octets;
  out.peer_as = in.asn(form.as_octets);
  out.collector_as = in.asn(form.as_octets);
  if (!read_ends(record, in, notes, out)) return false;
  std::size_t size = in.u16();
  std::size_t without = kMarker + 2;
  auto rest = size >= without ? size - without : in.left();
  if (rest > in.left()) notes.add(record.offset, "holds a BGP message that was cut off");
  out.body = in.take(rest);
  out.type = out.body.u8();
  bool known = out.type >= kOpen && out.type <= kKeepalive;
  if (!known) {
    notes.add(record.offset, "holds a BGP message of type " + std::to_string(out.type) +
                                 ", which says nothing of routes");
  }
  return known;
}

void read_update(const Record& record, const Message& message, Notes& notes, Update& out) {
  Bytes in = message.body;
  std::size_t withdrawn = in.u16();
  out.withdrawn = in.take(withdrawn);
  read_attributes(in, message.as_octets, record.offset, notes, out.attributes);
  out.announced = in;
  if (in.overran()) notes.add(record.offset, "holds an UPDATE that is shorter than it says");
}

bool read_state_change(const Record& record, Notes& notes, StateChange& out) {
  Bytes in = record.body;
  auto size = in.left();
  out = StateChange();
  if (record.type == kBgp) {
    out.peer_as = in.u16();
    read_address(in, false, out.peer);
    out.from = in.u16();
    out.to = in.u16();
    return true;
  }
  unsigned as_octets = record.subtype == 0 ? 2 : 4;
  out.peer_as = in.asn(as_octets);
  in.asn(as_octets);
  constexpr std::size_t kWithoutAddresses = 8;  // zebra wrote such
  if (size != kWithoutAddresses) {
    in.skip(2);
    auto family = in.u16();
    out.v6 = family == kAfiV6;
    bool fits = out.v6 ? size == 44 || size == 48 : size == 20 || size == 24;
    if ((family != kAfiV4 && family != kAfiV6) || !fits) return bad_length(record, notes);
    read_address(in, out.v6, out.peer);
    in.skip(out.v6 ? 16 : 4);
  }
  out.from = in.u16();
  out.to = in.u16();
  return true;
}

bool read_table_entry(const Record& record, Bytes& in, Notes& notes, TableEntry& out) {
  out.v6 = record.subtype == 2 || record.subtype == 4;
  unsigned as_octets = record.subtype >= 3 ? 4 : 2;
  std::size_t fixed = (out.v6 ? 32U : 8U) + 6U + as_octets + 2U;
  if (in.left() < fixed) {
    notes.add(record.offset, "ends in the middle of a route");
    return false;
  }
  read_address(in, out.v6, out.prefix);
  out.bits = in.u8();
  in.skip(1);  // status
  out.originated = in.u32();
  read_address(in, out.v6, out.peer);
  out.peer_as = in.asn(as_octets);
  read_attributes(in, as_octets, record.offset, notes, out.attributes);
  return true;
}

void read_peer_table(const Record& record, Notes& notes, PeerTable& out) {
  constexpr std::uint8_t kPeerV6 = 1;
  constexpr std::uint8_t kPeerAs4 = 2;
  Bytes in = record.body;
  in.skip(4);  // the collector's BGP identifier
  std::size_t name = in.u16();
  auto view = in.take(name);
  out.view.assign(reinterpret_cast<const char*>(view.data()), view.left());
  unsigned count = in.u16();
  out.peers.clear();
  out.read = true;
  for (unsigned i = 0; i < count && in.left() > 0; ++i) {
    Peer peer;
    auto kind = in.u8();
    in.skip(4);  // the peer's BGP identifier
    peer.v6 = (kind & kPeerV6) != 0;
    read_address(in, peer.v6, peer.address);
    peer.as = in.asn((kind & kPeerAs4) != 0 ? 4 : 2);
    out.peers.push_back(peer);
  }
  if (out.peers.size() < count || in.overran())
    notes.add(record.offset, "lists fewer peers than it says");
}

bool read_rib(const Record& record, Notes& notes, Rib& out) {
  constexpr std::uint16_t kGeneric = 6;
  constexpr std::uint16_t kFirstAddPath = 8;
  constexpr std::uint16_t kGenericAddPath = 12;
  Bytes in = record.body;
  auto subtype = record.subtype;
  out.add_path = subtype >= kFirstAddPath;
  in.skip(4);  // sequence
  if (subtype == kGeneric || subtype == kGenericAddPath) {
    auto afi = in.u16();
    out.safi = in.u8();
    out.v6 = afi == kAfiV6;
    if ((afi != kAfiV4 && afi != kAfiV6) || out.safi > 2) {
      notes.add(record.offset, "holds networks of AFI " + std::to_string(afi) + " SAFI " +
                                   std::to_string(out.safi) + ", which are not read");
      return false;
    }
  } else {
    auto kind = out.add_path ? subtype - 6U : subtype;  // 8 to 11 repeat 2 to 5
    out.v6 = kind >= 4;
    out.safi = kind % 2 == 0 ? 1 : 2;
  }
  out.bits = in.u8();
  if (out.bits > kMostBits) {
    notes.add(record.offset, "holds a network of more bits than an address has");
    return false;
  }
  out.prefix.fill(0);
  in.copy(out.prefix.data(), (out.bits + 7U) / 8U);
  out.count = in.u16();
  out.entries = in;
  return true;
}

bool read_rib_entry(const Record& record, Rib& rib, const PeerTable& peers, Notes& notes,
                    RibEntry& out) {
  auto& in = rib.entries;
  if (in.left() == 0) {
    notes.add(record.offset, "holds fewer routes than it says");
    return false;
  }
  out.peer_index = in.u16();
  out.originated = in.u32();
  out.path_id = rib.add_path ? in.u32() : 0;
  read_attributes(in, 4, record.offset, notes, out.attributes);
  if (out.peer_index < peers.peers.size()) return true;
  notes.add(record.offset, peers.read ? "has a route of a peer that the index table does not list"
                                      : "stands before any table of peers");
  return false;
}

}  // namespace feeds::outages::mrt
