#pragma once

#include <string_view>

#include "correlate/extract/one_of.h"

namespace correlate::extraction {

// Small tests of single folded words that the readers of time expressions share.

inline bool is_dash(std::string_view word) { return word == "-" || word == "‑" || word == "–"; }

}  // namespace correlate::extraction
