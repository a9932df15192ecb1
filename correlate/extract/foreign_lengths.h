#pragma once

#include "correlate/extract/clause.h"

namespace correlate::extraction {

// Whether a length of time is none of an outage's: ages, "the worst in years", "five hours of
// talks", "one day after it was gone", "will take four weeks", and every vague one ("for hours").
bool is_foreign_length(const Page& page, const Clause& clause, const FoundTime& time);

}  // namespace correlate::extraction
