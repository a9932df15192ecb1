#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/model/timeline.h"

// What has changed between two tellings of an incident: as of then, and as of later.
namespace feeds::render {

struct ChangedPart {
  enum class Kind : std::uint8_t {
    kVerdict,    // a claim is judged otherwise
    kMeasured,   // an outage is new, or its end became known
    kCorrected,  // an editor corrected or noted something
    kRevised,    // an entry says something else
    kAdded,      // a line is new
    kGone        // … is there no more
  };
  Kind kind = Kind::kAdded;
  std::string line;  // id of the line, as ToldLine has it; empty: of the incident
  std::string text;  // one sentence
  std::string id;    // of the verdict, entry, outage or edit
};
std::string_view to_string(ChangedPart::Kind kind);  // "verdict"

// The weightiest kind first, each in the order of the lines. Linear in what both tell.
std::vector<ChangedPart> changed(const model::TimelineIncident& before,
                                 const model::TimelineIncident& after);

// The moments at which what is known of the incident changed: revisions that came out, outages that
// began and ended, edits; each once, in order, at most `most` of them, evenly chosen.
std::vector<model::Instant> moments(const model::TimelineIncident& incident, std::size_t most);

}  // namespace feeds::render
