#pragma once

#include <vector>

#include "correlate/extract/claims.h"

namespace correlate::extraction {

// "Day four of the outage", "for a third day": the day that the count has come to, where the text
// says on which day it began: by a claim, else by "since Friday". Where it does not, the value
// stays
// XXXX-XX-XX, and `extent` is that many days up to the time of writing, which the count cannot be
// ahead of.
void date_numbered_days(const std::vector<model::Claim>& claims, Page& page);

}  // namespace correlate::extraction
