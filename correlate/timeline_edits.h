#pragma once

#include "correlate/decisions.h"
#include "store/model/timeline.h"

// What editors wrote and corrected, put onto the lines of a timeline. What was worked out stays
// readable beside a correction. Pure.
namespace correlate {

// Notes on the entry, its links and its verdicts, and which claims are confirmed.
void annotate(const Decisions& decisions, model::TimelineEntry& entry);

// Notes on a story, and its title, type and time as they were corrected.
void annotate(const Decisions& decisions, model::TimelineLine& line);

// Notes on an incident and its outages, and its title.
void annotate(const Decisions& decisions, model::TimelineIncident& incident);

// What `field` of a story or incident may be corrected to: nothing where `value` can be, else what
// is wrong with it.
std::string why_not(std::string_view target, std::string_view field, std::string_view value);

}  // namespace correlate
