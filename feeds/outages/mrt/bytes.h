#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace feeds::outages::mrt {

// Octets in network order, read from the front. Reading past the end gives zeros and is remembered:
// dumps that a collector cut off are read as far as they go, as bgpdump reads them.
class Bytes {
 public:
  Bytes() = default;
  Bytes(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}

  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  const std::uint8_t* data() const { return at_; }
  bool overran() const { return overran_; }  // something was read that was not there

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return number(4); }
  std::uint32_t asn(unsigned octets) { return octets == 4 ? u32() : u16(); }

  void copy(std::uint8_t* to, std::size_t count) {
    std::size_t there = std::min(count, left());
    if (there > 0) std::memcpy(to, at_, there);
    if (there < count) {
      std::memset(to + there, 0, count - there);
      overran_ = true;
    }
    at_ += there;
  }
  // The next `count` octets, or what there is of them.
  Bytes take(std::size_t count) {
    std::size_t there = std::min(count, left());
    overran_ = overran_ || there < count;
    Bytes out(at_, there);
    at_ += there;
    return out;
  }
  void skip(std::size_t count) { take(count); }

 private:
  std::uint32_t number(std::size_t octets) {
    std::uint32_t out = 0;
    if (left() >= octets) {
      for (std::size_t i = 0; i < octets; ++i) out = out << 8U | at_[i];
      at_ += octets;
      return out;
    }
    for (std::size_t i = 0; i < octets; ++i) out = out << 8U | (at_ < end_ ? *at_++ : 0U);
    overran_ = true;
    return out;
  }

  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  bool overran_ = false;
};

}  // namespace feeds::outages::mrt
