#pragma once

#include <optional>

#include "correlate/extract/clause.h"

namespace correlate::extraction {

// Below this outage_score() a page is not about an outage, and its times are not held against
// measurements.
constexpr double kAboutOutage = 0.12;

// What the time page.times[index] in `clause` says of the outage that the page tells of: its start,
// its end, how long it lasted; nothing where it dates or measures something else.
std::optional<model::ClaimKind> read_as_outage_time(const Page& page, const Clause& clause,
                                                    std::size_t index);

}  // namespace correlate::extraction
