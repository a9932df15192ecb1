#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/model/timeline.h"

namespace feeds::render {

// The incident's series, outages and lines on one axis of time, as SVG that needs no script: what
// was measured as a line with no gap filled, outages as bands, whiles without a sample hatched,
// each story a tick. Empty where the incident has no outage. Day lines and labels are on the clock
// of `zone`. Colours come from classes (style.css); the words for screen readers from title and
// desc.
std::string to_svg(const model::TimelineIncident& incident, std::string_view zone);

// The same for a script that draws it, as one line of JSON:
// {"from","to","zone","outages":[{"id","name","label","from","to"?,"open"}],
//  "unseen":[{"from","to"}],"series":[{"label","unit","from","step","min":[…],"max":[…]}],
//  "marks":[{"id","from","to","kind","title","basis","verdicts":"✓✗"}],
//  "claims":[{"id","kind","verdict","text","from","to"}]}
// Times are seconds since 1970 UTC; `id` of a mark is its line's anchor. Series are about the
// window, in at most kMostBuckets buckets; null where nothing was measured.
inline constexpr std::size_t kMostBuckets = 2000;
std::string to_chart_json(const model::TimelineIncident& incident, std::string_view zone);

}  // namespace feeds::render
