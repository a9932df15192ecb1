#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace correlate::extraction {

// Whether a word is in a short list.
inline bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace correlate::extraction
