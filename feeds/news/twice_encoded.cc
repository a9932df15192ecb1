#include "feeds/news/twice_encoded.h"

#include <algorithm>

#include "feeds/news/entities.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

constexpr std::size_t kFewest = 3;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// The character of two or three bytes at `pos`, and behind it; 0 for longer ones.
char32_t next_character(std::string_view text, std::size_t& pos) {
  auto byte = [&](std::size_t ahead) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[pos + ahead]));
  };
  auto lead = byte(0);
  char32_t c = 0;
  if (lead >= 0xC2 && lead < 0xE0 && pos + 1 < text.size()) {
    c = ((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU);
    pos += 2;
  } else if (lead >= 0xE0 && lead < 0xF0 && pos + 2 < text.size()) {
    c = ((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    pos += 3;
  }
  return c;
}

// The byte of windows-1252 that stands for it; those that stand for none are taken as they are.
std::optional<unsigned char> byte_of(char32_t c) {
  if (c >= 0x80 && c <= 0xFF) return static_cast<unsigned char>(c);
  for (unsigned byte = 0x80; byte < 0xA0; ++byte) {
    if (from_windows_1252(byte) == c) return static_cast<unsigned char>(byte);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> encoded_once(std::string_view text) {
  // Each sequence begins with one of Â to ô, which UTF-8 begins with C3; another character of the
  // kind follows.
  auto first = text.find('\xC3');
  if (first == text.npos || first + 2 >= text.size() || is_ascii(text[first + 2])) {
    return std::nullopt;
  }
  auto begin = text.begin() + static_cast<std::ptrdiff_t>(first);
  if (!std::all_of(text.begin(), begin, is_ascii)) return std::nullopt;
  std::string out(text.substr(0, first));
  std::size_t sequences = 0;
  unsigned missing = 0;  // bytes of the sequence that is being read
  for (std::size_t pos = first; pos < text.size();) {
    if (is_ascii(text[pos])) {
      if (missing > 0) return std::nullopt;
      out += text[pos++];
      continue;
    }
    auto byte = byte_of(next_character(text, pos));
    if (!byte) return std::nullopt;
    if (missing > 0) {
      if ((*byte & 0xC0U) != 0x80) return std::nullopt;
      --missing;
    } else {
      if (*byte < 0xC2 || *byte > 0xF4) return std::nullopt;
      missing = *byte < 0xE0 ? 1 : *byte < 0xF0 ? 2 : 3;
      ++sequences;
    }
    out += static_cast<char>(*byte);
  }
  bool whole = missing == 0 && sequences >= kFewest && model::is_utf8(out);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace feeds::news
