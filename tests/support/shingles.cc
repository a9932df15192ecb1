#include "tests/support/shingles.h"

#include <algorithm>
#include <map>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace support {
namespace {

// The code point at `at`, which moves behind it; negative where it is no UTF-8.
UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  auto pos = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, pos, static_cast<int32_t>(text.size()), c);  // NOLINT(readability-function-size)
  at = static_cast<std::size_t>(pos);
  return c;
}

bool is_word_character(UChar32 c) {
  if (c < 0) return false;
  auto type = u_charType(c);
  return u_isalnum(c) || c == '_' || type == U_OTHER_NUMBER || type == U_LETTER_NUMBER;
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    auto here = at;
    bool word = is_word_character(next_character(text, at));
    if (word && !inside) begin = here;
    if (!word && inside) out.push_back(text.substr(begin, here - begin));
    inside = word;
  }
  if (inside) out.push_back(text.substr(begin));
  return out;
}

std::map<std::vector<std::string_view>, long> shingles_of(std::string_view text) {
  constexpr std::size_t kLength = 4;
  auto tokens = tokens_of(text);
  std::map<std::vector<std::string_view>, long> out;
  for (std::size_t i = 0; i < tokens.size() && (i == 0 || i + kLength <= tokens.size()); ++i) {
    std::vector<std::string_view> shingle;
    for (std::size_t n = i; n < std::min(i + kLength, tokens.size()); ++n)
      shingle.push_back(tokens[n]);
    ++out[shingle];
  }
  return out;
}

}  // namespace

Match match_shingles(std::string_view truth, std::string_view read) {
  auto expected = shingles_of(truth);
  auto got = shingles_of(read);
  double common = 0;
  double all_expected = 0;
  double all_got = 0;
  for (const auto& [shingle, n] : expected) {
    all_expected += static_cast<double>(n);
    auto found = got.find(shingle);
    if (found != got.end()) common += static_cast<double>(std::min(n, found->second));
  }
  for (const auto& [shingle, n] : got) all_got += static_cast<double>(n);
  if (all_expected == 0 && all_got == 0) return {1, 1};
  return {all_got == 0 ? 0 : common / all_got, all_expected == 0 ? 0 : common / all_expected};
}

}  // namespace support
