#pragma once

#include <string>
#include <vector>

#include "correlate/extract/claims.h"

namespace correlate::extraction {

// The zones of a place by tz data: of its region where the table has it (words/regions.zones), else
// all of its country.
std::vector<std::string> zones_of(const model::Scope& place);

// "1:30 a.m. local time" is of the place that the sentence names nearest before it, else behind it,
// else of the nearest named earlier. Its interval becomes that on the clock there; of a country
// with several zones, from the earliest that it can be to the latest. `zone` becomes the zone where
// all agree, and stays "local" where they don't, or where no place is named. The value stays as it
// is.
void place_local_times(Page& page);

}  // namespace correlate::extraction
