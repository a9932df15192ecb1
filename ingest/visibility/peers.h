#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/model/route.h"

namespace ingest::visibility {

// What is known of one peer's table.
enum class Standing : std::uint8_t {
  kUnknown,       // nothing, or something was missed: what it carries cannot be said
  kTransferring,  // its session is up, its table is on the way
  kKnown          // its table is known
};

struct PeerState {
  std::string collector;
  model::Address address;
  std::uint32_t as = 0;
  Standing standing = Standing::kUnknown;
  std::size_t v4 = 0;  // networks it carries
  std::size_t v6 = 0;
  std::size_t before = 0;     // … it carried before the session was lost
  model::Micros grew_at = 0;  // of a transfer: when it last had grown by a hundredth …
  std::size_t grown_to = 0;   // … and to how many
  bool ended = false;         // of a transfer: End-of-RIB was seen

  std::size_t networks() const { return v4 + v6; }
};

// All peers of all collectors, and which of them count.
class Peers {
 public:
  // Some 1,500 peers feed all collectors of RIS together; more than this is a hostile dump.
  static constexpr std::size_t kMostPeers = 4096;
  static constexpr std::size_t kNone = ~std::size_t{0};

  // The peer's number; a new one where it was never met. kNone when there are too many.
  std::size_t number(const model::RouteChange& change);
  PeerState& operator[](std::size_t peer) { return states_[peer]; }
  const PeerState& operator[](std::size_t peer) const { return states_[peer]; }
  std::size_t size() const { return states_.size(); }

  // Ends transfers that are through at `now`: see README.
  void settle(model::Micros now);
  // The peers with a known and full table of the family, one bit each, `words` words; and how many.
  std::size_t full_feeds(bool v6, std::size_t words, std::vector<std::uint64_t>& mask) const;

 private:
  std::unordered_map<std::uint64_t, std::size_t> numbers_;  // by a hash; looked up, never walked
  std::vector<PeerState> states_;
};

}  // namespace ingest::visibility
