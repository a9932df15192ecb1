#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model {

// Microseconds since 1970-01-01T00:00Z, UTC: BGP moves faster than our Instant's seconds.
using Micros = std::int64_t;

// An IPv4 or IPv6 address in network order. An IPv4 address uses the first four octets; the others
// are zero. IPv4 in IPv6 (::ffff:0:0/96) stays IPv6, as it was sent.
struct Address {
  std::array<std::uint8_t, 16> octets{};
  bool v6 = false;

  auto operator<=>(const Address&) const = default;  // NOLINT(modernize-use-nullptr)
};

// A network: `bits` of the address count, the others are zero (cleared()). Ordered by family, then
// address, then length, so that a network stands before the networks inside it.
struct Prefix {
  bool v6 = false;
  std::array<std::uint8_t, 16> octets{};
  std::uint8_t bits = 0;  // 0 … 32 or 128

  auto operator<=>(const Prefix&) const = default;  // NOLINT(modernize-use-nullptr)
};

enum class RouteKind : std::uint8_t {
  kAnnounce,  // the peer says that it has a route to `prefix`
  kWithdraw,  // … that it has none any more
  // A table of the collector as of `at` follows, and this peer has a part in it: what is known of
  // its routes gives way to the entries that come behind.
  kTableBegin,
  kRibEntry,  // that table holds a route of the peer to `prefix`
  kPeerUp,    // the session with the peer was established, or is being; it will send its table
  kPeerDown,  // … was lost: none of its routes is known any more, which withdraws nothing
  kTableEnd,  // the peer has sent its table (RFC 4724 section 2: End-of-RIB)
  // Nothing was recorded of the peer from `since` to `at`; of the whole collector where `peer_as`
  // is 0; of all of them where `collector` is empty too.
  kGap,
  // The source was heard from `since` to `at`, whatever it told: what it did not tell of the
  // networks that it was asked for did not happen. Of no peer.
  kHeard
};

// One change of one peer's routes, as MRT, RIS Live and RIPEstat's bgp-updates give it. A reader
// may hand out the same object again and again: copy what is to be kept.
struct RouteChange {
  Micros at = 0;
  Micros since = 0;  // of kGap and kHeard
  RouteKind kind = RouteKind::kAnnounce;
  std::string collector;  // "rrc00", "route-views.jinx"; empty when the source does not say
  Address peer;
  std::uint32_t peer_as = 0;
  Prefix prefix;                         // of kAnnounce, kWithdraw and kRibEntry
  std::vector<std::uint32_t> origins;    // the last AS of the path; all members where it is a set
  std::uint16_t path_length = 0;         // ASes as RFC 4271 section 9.1.2.2 counts: a set is one
  std::optional<std::uint32_t> path_id;  // RFC 7911: one of several routes of the peer

  friend bool operator==(const RouteChange&, const RouteChange&) = default;
};

// "192.0.2.1", "2001:db8::1" as RFC 5952 spells it; nothing for what is no address.
std::optional<Address> parse_address(std::string_view text);
std::string to_string(const Address& address);

// "192.0.2.0/24"; host bits are cleared. Nothing for what is no network.
std::optional<Prefix> parse_prefix(std::string_view text);
std::string to_string(const Prefix& prefix);
// The same network with the bits behind its length set to zero.
Prefix cleared(Prefix prefix);

}  // namespace model
