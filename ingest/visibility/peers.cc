#include "ingest/visibility/peers.h"

#include <algorithm>

namespace ingest::visibility {
namespace {

// IODA: a peer with more networks than this has a full table of the family.
constexpr std::size_t kFullV4 = 400'000;
constexpr std::size_t kFullV6 = 10'000;
// Old tables are smaller: then half of what the largest has.
constexpr std::size_t kPartOfLargest = 2;

// A transfer is through when so much of what the peer had is back …
constexpr double kBackAgain = 0.98;
// … or when for so long it has not grown by a hundredth.
constexpr model::Micros kQuiet = 60'000'000;

bool is_through(const PeerState& peer, model::Micros now) {
  if (peer.networks() == 0) return false;
  auto before = static_cast<double>(peer.before);
  auto networks = static_cast<double>(peer.networks());
  if (peer.before > 0 && networks >= kBackAgain * before) return true;
  if (peer.ended && networks * kPartOfLargest >= before) return true;
  return now - peer.grew_at >= kQuiet;
}

// FNV-1a.
std::uint64_t hash_of(const model::RouteChange& change) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  auto add = [&hash](std::uint8_t octet) { hash = (hash ^ octet) * 0x100000001B3ULL; };
  for (auto octet : change.peer.octets) add(octet);
  for (unsigned shift = 0; shift < 32; shift += 8) {
    add(static_cast<std::uint8_t>(change.peer_as >> shift));
  }
  for (char c : change.collector) add(static_cast<std::uint8_t>(c));
  return hash;
}

}  // namespace

std::size_t Peers::number(const model::RouteChange& change) {
  // Asked for each change, so no key is built. Of two peers with one hash the second goes on to the
  // next number.
  for (auto hash = hash_of(change);; ++hash) {
    auto known = numbers_.find(hash);
    if (known == numbers_.end()) {
      if (states_.size() >= kMostPeers) return kNone;
      numbers_.emplace(hash, states_.size());
      PeerState peer;
      peer.collector = change.collector;
      peer.address = change.peer;
      peer.as = change.peer_as;
      states_.push_back(std::move(peer));
      return states_.size() - 1;
    }
    const auto& peer = states_[known->second];
    bool same = peer.as == change.peer_as && peer.address == change.peer &&
                peer.collector == change.collector;
    if (same) return known->second;
  }
}

void Peers::settle(model::Micros now) {
  for (auto& peer : states_) {
    if (peer.standing != Standing::kTransferring) continue;
    auto grown = peer.grown_to + std::max<std::size_t>(1, peer.grown_to / 100);
    if (peer.networks() >= grown) {
      peer.grown_to = peer.networks();
      peer.grew_at = now;
    }
    if (is_through(peer, now)) peer.standing = Standing::kKnown;
  }
}

std::size_t Peers::full_feeds(bool v6, std::size_t words, std::vector<std::uint64_t>& mask) const {
  mask.assign(words, 0);
  auto size = [v6](const PeerState& peer) { return v6 ? peer.v6 : peer.v4; };
  std::size_t largest = 0;
  for (const auto& peer : states_) {
    if (peer.standing == Standing::kKnown) largest = std::max(largest, size(peer));
  }
  auto least = std::min(v6 ? kFullV6 : kFullV4, largest / kPartOfLargest);
  std::size_t count = 0;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i].standing != Standing::kKnown || size(states_[i]) <= least) continue;
    mask[i / 64] |= std::uint64_t{1} << (i % 64);
    ++count;
  }
  return count;
}

}  // namespace ingest::visibility
