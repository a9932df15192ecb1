#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace correlate::extraction {

// Whether a word is in a short list of literals: one_of(word, "in", "at"). The lengths are known
// when it is compiled, so that most words are told apart by their length alone.
template <std::size_t... Sizes>
bool one_of(std::string_view word, const char (&... list)[Sizes]) {
  return ((word.size() == Sizes - 1 && std::memcmp(word.data(), list, Sizes - 1) == 0) || ...);
}

}  // namespace correlate::extraction
