#include "feeds/outages/mrt/text.h"

#include <algorithm>
#include <charconv>

namespace feeds::outages::mrt {
namespace {

constexpr std::size_t kLongestNumber = 11;
constexpr std::size_t kGroups = 8;

struct Octet {
  std::array<char, 3> digits{};
  std::uint8_t size = 0;
};

constexpr std::array<Octet, 256> octet_texts() {
  std::array<Octet, 256> out{};
  for (unsigned value = 0; value < 256; ++value) {
    auto& text = out[value];
    if (value >= 100) text.digits[text.size++] = static_cast<char>('0' + value / 100);
    if (value >= 10) text.digits[text.size++] = static_cast<char>('0' + value / 10 % 10);
    text.digits[text.size++] = static_cast<char>('0' + value % 10);
  }
  return out;
}

constexpr auto kOctets = octet_texts();

// The first of the longest runs of zero groups: [begin, end); empty when there is none.
std::pair<std::size_t, std::size_t> zero_run(const std::array<unsigned, kGroups>& groups) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (std::size_t begin = 0; begin < kGroups; ++begin) {
    std::size_t end = begin;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - begin > best.second - best.first) best = {begin, end};
    begin = std::max(begin, end);
  }
  return best;
}

}  // namespace

void Text::grow(std::size_t count) { buffer_.resize(std::max(buffer_.size() * 2, size_ + count)); }

void Text::number(std::uint32_t value) {
  auto* to = room(kLongestNumber);
  size_ += static_cast<std::size_t>(std::to_chars(to, to + kLongestNumber, value).ptr - to);
}

void Text::signed_number(std::uint32_t value) {
  auto* to = room(kLongestNumber);
  auto printed = static_cast<std::int32_t>(value);
  size_ += static_cast<std::size_t>(std::to_chars(to, to + kLongestNumber, printed).ptr - to);
}

void Text::padded(std::uint32_t value, std::size_t digits) {
  std::array<char, kLongestNumber> text{};
  auto* end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  auto size = static_cast<std::size_t>(end - text.data());
  for (; digits > size; --digits) put('0');
  put(std::string_view(text.data(), size));
}

void Text::v4(const std::uint8_t* octets) {
  char* to = room(16);
  char* begin = to;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) *to++ = '.';
    const auto& text = kOctets[octets[i]];
    std::memcpy(to, text.digits.data(), 3);  // there is room for all three, needed or not
    to += text.size;
  }
  size_ += static_cast<std::size_t>(to - begin);
}

void Text::v4(std::uint32_t address) {
  std::array<std::uint8_t, 4> octets{
      static_cast<std::uint8_t>(address >> 24U), static_cast<std::uint8_t>(address >> 16U),
      static_cast<std::uint8_t>(address >> 8U), static_cast<std::uint8_t>(address)};
  v4(octets.data());
}

void Text::v6(const std::uint8_t* octets) {
  std::array<unsigned, kGroups> groups{};
  for (std::size_t i = 0; i < kGroups; ++i) {
    groups[i] = static_cast<unsigned>(octets[2 * i] << 8U | octets[2 * i + 1]);
  }
  auto [begin, end] = zero_run(groups);
  bool compatible = begin == 0 && end >= 6 && (groups[6] != 0 || groups[7] > 1);
  bool mapped = begin == 0 && end == 5 && groups[5] == 0xFFFF;
  if (compatible || mapped) {
    put(mapped ? "::ffff:" : "::");
    return v4(octets + 12);
  }
  char* to = room(40);
  char* from = to;
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == begin && end > begin) {
      if (i == 0) *to++ = ':';
      *to++ = ':';
      i = end - 1;
      continue;
    }
    to = std::to_chars(to, to + 4, groups[i], 16).ptr;
    if (i + 1 < kGroups) *to++ = ':';
  }
  size_ += static_cast<std::size_t>(to - from);
}

}  // namespace feeds::outages::mrt
