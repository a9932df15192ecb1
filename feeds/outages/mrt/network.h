#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "feeds/outages/mrt/bytes.h"

namespace feeds::outages::mrt {

// An address; IPv4: the first four.
using Octets = std::array<std::uint8_t, 16>;

// One network of a list (RFC 4271 section 4.3, RFC 7911 section 3).
struct Network {
  Octets octets{};  // as sent: bits behind the length may be set
  std::uint8_t bits = 0;
  std::uint32_t path_id = 0;
  bool whole = true;  // false: cut off in the identifier, or longer than an address is
};
// Takes the next one off the list; false at its end, and where it is cut off inside the address.
// One that is longer than an address comes as bgpdump reads it, over the end of what it keeps an
// address in, so that the next octets become its length and its identifier. Where path identifiers
// stand that are not declared, as BIRD writes them, its output is full of such.
inline bool next_network(Bytes& list, bool add_path, Network& out) {
  if (list.left() == 0) return false;
  out.path_id = add_path ? list.u32() : 0;
  out.bits = list.u8();
  std::size_t size = (out.bits + 7U) / 8U;
  if (list.left() < size) return false;
  out.octets.fill(0);
  out.whole = !list.overran() && size <= out.octets.size();
  if (size <= out.octets.size()) {
    list.copy(out.octets.data(), size);
    return true;
  }
  list.copy(out.octets.data(), out.octets.size());
  auto over = list.take(size - out.octets.size());
  out.bits = *over.data();
  for (std::size_t i = 4; i < std::min<std::size_t>(over.left(), 8); ++i) {
    auto shift = 8U * static_cast<unsigned>(i - 4);
    out.path_id = (out.path_id & ~(0xFFU << shift)) | std::uint32_t{over.data()[i]} << shift;
  }
  return true;
}

}  // namespace feeds::outages::mrt
