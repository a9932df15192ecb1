#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/model/route.h"

// Measurements as other systems publish them ⇄ outages and signals.
namespace feeds::outages {

// Something that IODA measures: what its codes of regions stand for.
struct Entity {
  std::string type;  // "country", "region", "asn", "geoasn", …
  std::string code;  // "TR", "4107", "9121"
  std::string name;
  model::Scope scope;  // empty for what no scope of ours can say
  std::string extra;   // JSON of the other members
};

// What was given to a country by its registry (RIPEstat's country-resource-list).
struct Resources {
  std::string country;
  std::vector<std::uint32_t> asns;
  std::vector<model::Prefix> prefixes;  // ranges of addresses cut into networks
};

struct Parsed {
  std::vector<model::Outage> outages;
  std::vector<model::Signal> signals;
  std::vector<model::RouteChange> routes;  // in the order of the document
  std::string routes_of;  // of what, as it was asked for: "AS131279", a prefix; empty: not said
  std::vector<Entity> entities;
  std::vector<Resources> resources;
  std::vector<model::Warning> warnings;  // records that could not be read; the rest was kept

  std::string refusal;                // what the source says instead of an answer; empty: it is one
  std::size_t records = 0;            // of the answer's list, read or not: what paging counts
  std::optional<std::int64_t> total;  // of all pages, where the answer says
  std::string next;         // where the answer says that it goes on; empty: it does not say
  std::size_t samples = 0;  // of all signals
  bool too_many = false;    // samples; said once
};

// One function per format. Each keeps what it can and warns, with the place, of what it cannot.
// `url` is where the answer came from, empty when unknown: some answers do not repeat of which
// place they speak.
Parsed parse_csv(std::string_view bytes);    // header line names the columns; RFC 4180
Parsed parse_jsonl(std::string_view bytes);  // outages or signal samples, one object a line
Parsed parse_ioda(std::string_view bytes);   // IODA v2: events, alerts, raw signals, entities
// Cloudflare Radar: annotations, traffic anomalies, BGP hijacks and leaks, timeseries
Parsed parse_radar(std::string_view bytes, std::string_view url);
// RIPEstat: bgp-updates, routing-history, country-resource-stats and -list
Parsed parse_ripestat(std::string_view bytes);
Parsed parse_ris_live(std::string_view bytes);  // a stream kept as it came, one message a line
Parsed parse_ooni(std::string_view bytes, std::string_view url);  // incidents, aggregation
Parsed parse_stop(std::string_view bytes);  // Access Now STOP: CSV or JSON lines

// How a table or list of somebody's own is to be read; see mapping.h.
struct Mapping;
Parsed parse_mapped(std::string_view bytes, const Mapping& mapping);

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
