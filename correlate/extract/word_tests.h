#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "correlate/extract/one_of.h"

namespace correlate::extraction {

// Small tests of single folded words that the readers of time expressions share.

inline bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

inline bool is_dash(std::string_view word) { return word == "-" || word == "‑" || word == "–"; }

}  // namespace correlate::extraction
