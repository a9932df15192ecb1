#include "feeds/news/entities.h"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include <gumbo.h>

namespace feeds::news {
namespace {

// The longest name in HTML's table has 31 letters ("CounterClockwiseContourIntegral").
constexpr std::size_t kLongestName = 32;
// HTML has 2,231 names; what exceeds this comes from an attacker.
constexpr std::size_t kMostNamesKept = 4096;

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What gumbo makes of `reference` ("&copy;") as the text of a body.
std::string by_gumbo(const std::string& reference) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  GumboOutput* output = gumbo_parse_with_options(&options, reference.data(), reference.size());
  std::string text;
  const GumboVector& children = output->root->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* node = static_cast<const GumboNode*>(children.data[i]);
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      text += node->v.text.text;
    }
  }
  gumbo_destroy_output(&options, output);
  return text;
}

// `reference` decoded, remembered for the next time.
const std::string& decoded(const std::string& reference) {
  thread_local std::unordered_map<std::string, std::string> known;
  if (auto found = known.find(reference); found != known.end()) return found->second;
  if (known.size() >= kMostNamesKept) known.clear();
  return known.emplace(reference, by_gumbo(reference)).first->second;
}

int digit_of(char c, int radix) {
  int value = c >= '0' && c <= '9'   ? c - '0'
              : c >= 'a' && c <= 'f' ? c - 'a' + 10
              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                     : radix;
  return value < radix ? value : -1;
}

// Reads "#8217;" or "#x2019;" at `pos`, which moves behind it. Nothing, and `pos` unmoved, when
// there are no digits.
std::optional<char32_t> numeric(std::string_view text, std::size_t& pos) {
  std::size_t at = pos + 1;
  int radix = 10;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X')) {
    radix = 16;
    ++at;
  }
  std::size_t first = at;
  char32_t value = 0;
  for (int digit = 0; at < text.size() && (digit = digit_of(text[at], radix)) >= 0; ++at) {
    if (value <= 0x10FFFF) {
      value = value * static_cast<char32_t>(radix) + static_cast<char32_t>(digit);
    }
  }
  if (at == first) return std::nullopt;
  if (at < text.size() && text[at] == ';') ++at;
  pos = at;
  return value;
}

}  // namespace

void append_utf8(std::string& out, char32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

char32_t from_windows_1252(char32_t c) {
  static constexpr std::array<char16_t, 32> kTable = {
      0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  return c >= 0x80 && c <= 0x9F ? kTable[c - 0x80] : c;
}

std::string named_entity(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return "";
  std::string reference = "&" + std::string(name) + ";";
  const std::string& text = decoded(reference);
  // A legacy name at its beginning ("&notes;" → "¬es;") is not the name that was asked for.
  return text == reference || text.empty() || (text.back() == ';' && name != "semi") ? "" : text;
}

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t pos = 0;
  while (pos < text.size()) {
    std::size_t amp = text.find('&', pos);
    out += text.substr(pos, amp - pos);
    if (amp == std::string_view::npos) break;
    pos = amp + 1;
    if (pos < text.size() && text[pos] == '#') {
      if (auto c = numeric(text, pos)) {
        append_utf8(out, from_windows_1252(*c));
        continue;
      }
    }
    std::size_t end = pos;
    while (end < text.size() && end - pos < kLongestName && is_alnum(text[end])) ++end;
    if (end == pos) {
      out += '&';
      continue;
    }
    if (end < text.size() && text[end] == ';') ++end;
    out += decoded(std::string(text.substr(amp, end - amp)));
    pos = end;
  }
  return out;
}

}  // namespace feeds::news
