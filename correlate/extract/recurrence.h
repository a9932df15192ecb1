#pragma once

#include <optional>

#include "correlate/extract/circumstances.h"

namespace correlate::extraction {

// That an outage is one of several: "for the second time in two days", "down again", "the third
// outage this week". The value is the ordinal, "again" where none is given; the basis is what it
// counts over ("in two days", "since the restoration"), empty where the text does not say.
std::optional<Saying> find_recurrence(const Page& page, const Clause& clause);

}  // namespace correlate::extraction
