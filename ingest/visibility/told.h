#pragma once

#include <vector>

#include "ingest/visibility/visibility.h"

namespace ingest::visibility {

// Visibility of a few networks from what peers tell of them, where no table is at hand: RIPEstat's
// bgp-updates and RIS Live, which are asked for these networks only. A network's peers are those
// that told of it since their session began, or since the last gap, each family by itself; how
// large their tables are nobody knows. A peer that withdraws what it never announced carried it
// while it was heard: nothing else can be withdrawn (RFC 4271 section 3.1). That is believed of the
// kImplied before, however much of the past is at hand.
//
// `changes` in the order of their time, sorted (stable); as Visibility, each sample is the state at
// a multiple of the step, from `from` (or where listening begins, if that is later) to the last
// change. A network of which fewer peers told
// than `least_peers` has no sample. `longest_silence` is not used: silence is normal here. Of
// several paths with identifiers (RFC 7911) the last one told counts.
inline constexpr model::Seconds kImplied{5400};
std::vector<model::Signal> told(const std::vector<model::RouteChange>& changes, model::Micros from,
                                const Options& options, const Countries& countries);

}  // namespace ingest::visibility
