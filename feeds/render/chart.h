#pragma once

#include <string>

#include "store/model/timeline.h"

namespace feeds::render {

// The incident's series, outages and lines on one axis of time, as SVG that needs no script: what
// was measured as a line with no gap filled, outages as bands, whiles without a sample hatched,
// each story a tick. Empty where the incident has no outage. Day lines and labels are on the clock
// of `zone`. Colours come from classes (style.css); the words for screen readers from title and
// desc.
std::string to_svg(const model::TimelineIncident& incident, std::string_view zone);

}  // namespace feeds::render
