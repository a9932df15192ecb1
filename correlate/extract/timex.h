#pragma once

#include <cstddef>
#include <vector>

#include "correlate/extract/lexicon.h"
#include "correlate/extract/tokens.h"
#include "store/model/claim.h"
#include "store/model/instant.h"

namespace correlate::extraction {

// A time expression and the tokens [first, last) it stands in.
struct FoundTime {
  model::Timex timex;
  std::size_t first = 0;
  std::size_t last = 0;
  bool future = false;   // read as lying after the anchor
  int numbered_day = 0;  // "day four" of what is told
};

// ISO-TimeML TIMEX3 (ISO 24617-1) over one text, in order, none overlapping. `anchor` is the time
// of writing; days and clock times are read on the anchor's clock, or on that of the zone stated
// beside them. Without an anchor (at == Instant::min()) incomplete dates keep X for what is open.
std::vector<FoundTime> find_times(const Tokens& tokens, const Lexicon& lexicon,
                                  const model::Timestamp& anchor);

}  // namespace correlate::extraction
