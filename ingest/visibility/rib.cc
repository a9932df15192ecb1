#include "ingest/visibility/rib.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ingest::visibility {
namespace {

constexpr std::size_t kBits = 64;
constexpr std::size_t kFirstIndex = 1024;

}  // namespace

std::size_t Rib::hash(const model::Prefix& prefix) {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), prefix.octets.data(), prefix.octets.size());
  // Multiply and fold: addresses differ in few bits, which must reach the low ones.
  auto mixed = words[0] * 0x9E3779B97F4A7C15ULL;
  mixed ^= mixed >> 32U;
  mixed = (mixed + words[1]) * 0xC2B2AE3D27D4EB4FULL;
  mixed ^= mixed >> 29U;
  mixed = (mixed + prefix.bits + (prefix.v6 ? 256U : 0U)) * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::size_t>(mixed ^ mixed >> 32U);
}

// Where it is, or where it would go.
std::size_t Rib::slot(const model::Prefix& prefix) const {
  auto at = hash(prefix) & (index_.size() - 1);
  while (index_[at] != kNone && !(prefixes_[index_[at]] == prefix)) {
    at = (at + 1) & (index_.size() - 1);
  }
  return at;
}

void Rib::grow() {
  index_.assign(std::max(kFirstIndex, index_.size() * 2), kNone);
  for (std::uint32_t i = 0; i < prefixes_.size(); ++i) index_[slot(prefixes_[i])] = i;
}

std::uint32_t Rib::find(const model::Prefix& prefix) const {
  return index_.empty() ? kNone : index_[slot(prefix)];
}

std::uint32_t Rib::insert(const model::Prefix& prefix) {
  if (index_.empty()) grow();
  auto at = slot(prefix);
  if (index_[at] != kNone) return index_[at];
  if (prefixes_.size() >= kMostNetworks) return kNone;
  if ((prefixes_.size() + 1) * 4 > index_.size() * 3) {
    grow();
    at = slot(prefix);
  }
  auto number = static_cast<std::uint32_t>(prefixes_.size());
  prefixes_.push_back(prefix);
  bits_.resize(bits_.size() + words_, 0);
  index_[at] = number;
  return number;
}

void Rib::set_peers(std::size_t count) {
  auto words = std::max<std::size_t>(1, (count + kBits - 1) / kBits);
  if (words <= words_) return;
  std::vector<std::uint64_t> wider(prefixes_.size() * words, 0);
  for (std::size_t i = 0; i < prefixes_.size(); ++i) {
    for (std::size_t w = 0; w < words_; ++w) wider[i * words + w] = bits_[i * words_ + w];
  }
  bits_ = std::move(wider);
  words_ = words;
}

bool Rib::carries(std::uint32_t network, std::size_t peer) const {
  return (bits_[network * words_ + peer / kBits] >> (peer % kBits) & 1U) != 0;
}

bool Rib::set(std::uint32_t network, std::size_t peer, bool carries) {
  auto& word = bits_[network * words_ + peer / kBits];
  auto bit = std::uint64_t{1} << (peer % kBits);
  auto before = word;
  word = carries ? word | bit : word & ~bit;
  return word != before;
}

void Rib::clear(const std::vector<std::uint64_t>& mask) {
  for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] &= ~mask[i % words_];
}

unsigned Rib::carriers(std::uint32_t network, const std::vector<std::uint64_t>& mask) const {
  unsigned out = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    out += static_cast<unsigned>(std::popcount(bits_[network * words_ + w] & mask[w]));
  }
  return out;
}

}  // namespace ingest::visibility
