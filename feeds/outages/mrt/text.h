#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace feeds::outages::mrt {

// Characters that are put together faster than by a stream or a format string: a table has tens of
// millions of lines.
class Text {
 public:
  std::string_view view() const { return {buffer_.data(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }
  // Forgets what stands behind the first `size` characters.
  void cut(std::size_t size) { size_ = size; }

  void put(char c) {
    *room(1) = c;
    ++size_;
  }
  void put(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void number(std::uint32_t value);
  void signed_number(std::uint32_t value);               // as %d prints an unsigned value
  void padded(std::uint32_t value, std::size_t digits);  // with zeros in front
  void v4(const std::uint8_t* octets);
  void v4(std::uint32_t address);
  // As bgpdump spells it: the longest run of zero groups is "::", also of one group; IPv4 in IPv6
  // (::ffff:0:0/96, and ::/96 but for :: and ::1) ends in dots.
  void v6(const std::uint8_t* octets);

 private:
  // Where `count` more characters go.
  char* room(std::size_t count) {
    if (size_ + count > buffer_.size()) grow(count);
    return buffer_.data() + size_;
  }
  void grow(std::size_t count);

  std::vector<char> buffer_ = std::vector<char>(512);
  std::size_t size_ = 0;
};

}  // namespace feeds::outages::mrt
