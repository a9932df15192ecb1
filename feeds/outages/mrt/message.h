#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "feeds/outages/mrt/attributes.h"
#include "feeds/outages/mrt/network.h"
#include "feeds/outages/mrt/record.h"

// Records → what they hold, one function a kind. False: the record cannot be read, which is noted.
namespace feeds::outages::mrt {

enum MessageType : std::uint8_t { kOpen = 1, kUpdate = 2, kNotification = 3, kKeepalive = 4 };

// A message of BGP, or of BGP4MP and BGP4MP_ET (RFC 6396 section 4.4, RFC 8050 section 3).
struct Message {
  bool local = false;     // sent by the collector; then the peer below is still the other side
  bool add_path = false;  // RFC 7911: a path identifier before each network
  bool v6 = false;        // family of the session
  unsigned as_octets = 2;
  std::uint32_t peer_as = 0;
  Octets peer{};  // IPv4: the first four
  std::uint32_t collector_as = 0;
  Octets collector{};
  std::uint8_t type = 0;
  Bytes body;  // behind the type
};
bool read_message(const Record& record, Notes& notes, Message& out);

// An UPDATE's body (RFC 4271 section 4.3).
struct Update {
  Bytes withdrawn;
  Bytes announced;
  Attributes attributes;
};
void read_update(const Record& record, const Message& message, Notes& notes, Update& out);

struct StateChange {
  bool v6 = false;
  std::uint32_t peer_as = 0;
  Octets peer{};
  std::uint16_t from = 0;  // RFC 6396 section 4.4.1; quagga has 7 (clearing) and 8 (deleted) too
  std::uint16_t to = 0;
};
bool read_state_change(const Record& record, Notes& notes, StateChange& out);

inline constexpr std::uint16_t kEstablished = 6;

// One route of one peer in a TABLE_DUMP (RFC 6396 section 4.2).
struct TableEntry {
  bool v6 = false;
  Octets prefix{};
  std::uint8_t bits = 0;
  std::uint32_t originated = 0;
  Octets peer{};
  std::uint32_t peer_as = 0;
  Attributes attributes;
};
// Calls `take` with each: collectors of 2000 put many into one record.
template <typename Take>
void read_table(const Record& record, Notes& notes, TableEntry& entry, const Take& take);
bool read_table_entry(const Record& record, Bytes& in, Notes& notes, TableEntry& out);

// PEER_INDEX_TABLE (RFC 6396 section 4.3.1).
struct Peer {
  bool v6 = false;
  Octets address{};
  std::uint32_t as = 0;
};
struct PeerTable {
  bool read = false;
  std::string view;
  std::vector<Peer> peers;
};
void read_peer_table(const Record& record, Notes& notes, PeerTable& out);

// A network of a TABLE_DUMP_V2 and the routes to it (RFC 6396 section 4.3.2, RFC 8050 section 4).
struct Rib {
  bool v6 = false;
  bool add_path = false;
  std::uint8_t safi = kUnicast;
  Octets prefix{};
  std::uint8_t bits = 0;
  unsigned count = 0;
  Bytes entries;
};
bool read_rib(const Record& record, Notes& notes, Rib& out);

struct RibEntry {
  std::uint16_t peer_index = 0;
  std::uint32_t originated = 0;
  std::uint32_t path_id = 0;
  Attributes attributes;
};
// False when the record ends before it, or it is of no peer in `peers`.
bool read_rib_entry(const Record& record, Rib& rib, const PeerTable& peers, Notes& notes,
                    RibEntry& out);

template <typename Take>
void read_table(const Record& record, Notes& notes, TableEntry& entry, const Take& take) {
  Bytes in = record.body;
  in.skip(4);  // view and sequence
  do {
    if (!read_table_entry(record, in, notes, entry)) return;
    take(entry);
  } while (in.left() > 0);
}

}  // namespace feeds::outages::mrt
