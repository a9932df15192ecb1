#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/outage.h"
#include "store/model/result.h"

// Measurements as other systems publish them ⇄ outages and signals.
namespace feeds::outages {

struct Parsed {
  std::vector<model::Outage> outages;
  std::vector<model::Signal> signals;
  std::vector<model::Warning> warnings;  // records that could not be read; the rest was kept
};

// One function per format. Each keeps what it can and warns, with the place, of what it cannot.
Parsed parse_csv(std::string_view bytes);          // header line names the columns; RFC 4180
Parsed parse_jsonl(std::string_view bytes);        // outages or signal samples, one object a line
Parsed parse_ioda_events(std::string_view bytes);  // IODA v2 /outages/events, codf and ioda formats
Parsed parse_radar(std::string_view bytes);        // Cloudflare Radar /annotations/outages

// Samples of signals, as JSON of any of these forms, alone, in arrays or one a line; for detection,
// so it is lenient: {"scope","source","kind","unit","step","from","values"}; IODA's raw signals and
// scores ("entity" or "entityCode", "datasource", "from" and "until" as seconds since 1970);
// "timestamps" beside "values" (Radar), in any order, from which the step is worked out.
Parsed parse_signals(std::string_view bytes);

// `faultline outages`: the outage as one line of JSON, without the line break.
std::string to_json_line(const model::Outage& outage);
// A scope as JSON: {"country":"KP","asn":131279}.
std::string scope_json(const model::Scope& scope);

}  // namespace feeds::outages
