#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "store/model/route.h"

namespace ingest::visibility {

// Which peer carries a route to which network: one bit each. Networks get numbers from 0 on, in the
// order in which they are first met, and keep them. 26 bytes a network, 4 to 8 of an index, and 8
// for each 64 peers: a full table of 1,200,000 networks and 100 peers is 70 MB.
class Rib {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  // Today's tables have 1.2 million; a hostile dump shall not take all the memory.
  static constexpr std::size_t kMostNetworks = 8'000'000;

  std::uint32_t find(const model::Prefix& prefix) const;
  // Adds it where it is not there; kNone when there are too many.
  std::uint32_t insert(const model::Prefix& prefix);
  const model::Prefix& prefix(std::uint32_t network) const { return prefixes_[network]; }
  std::size_t size() const { return prefixes_.size(); }

  // Makes room for peers 0 … count - 1.
  void set_peers(std::size_t count);
  std::size_t words() const { return words_; }
  bool carries(std::uint32_t network, std::size_t peer) const;
  // True when that changed something.
  bool set(std::uint32_t network, std::size_t peer, bool carries);
  // Takes all routes of all peers whose bit is set in `mask` (words() of them).
  void clear(const std::vector<std::uint64_t>& mask);
  // How many of the peers in `mask` carry a route to it.
  unsigned carriers(std::uint32_t network, const std::vector<std::uint64_t>& mask) const;

 private:
  static std::size_t hash(const model::Prefix& prefix);
  std::size_t slot(const model::Prefix& prefix) const;
  void grow();

  std::vector<model::Prefix> prefixes_;
  std::vector<std::uint64_t> bits_;   // words_ for each network
  std::vector<std::uint32_t> index_;  // open addressing, a power of two, at most 3/4 full
  std::size_t words_ = 1;
};

}  // namespace ingest::visibility
