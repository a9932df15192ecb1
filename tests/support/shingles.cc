#include "tests/support/shingles.h"

#include <algorithm>
#include <map>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace support {
namespace {

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> out;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  auto size = static_cast<int32_t>(text.size());
  int32_t begin = 0;
  bool inside = false;
  for (int32_t at = 0; at <= size;) {
    int32_t here = at;
    UChar32 c = ' ';
    if (at < size) {
      U8_NEXT(bytes, at, size, c);
    } else {
      ++at;
    }
    bool word = c >= 0 && (u_isalnum(c) || c == '_' || u_charType(c) == U_OTHER_NUMBER ||
                           u_charType(c) == U_LETTER_NUMBER);
    if (word && !inside) begin = here;
    if (!word && inside) {
      out.push_back(
          text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(here - begin)));
    }
    inside = word;
  }
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
