#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/names.h"
#include "store/model/result.h"

// Lists of names: who and what entries may speak of.
namespace feeds::names {

struct Parsed {
  std::string title;  // as the list says it; empty: it does not
  std::vector<model::NamedThing> things;
  std::vector<model::Warning> warnings;  // rows that were left out; the rest was kept
};

// Reads a cluster file of a MISP galaxy ({"name": …, "type": "threat-actor", "values": [{"value":
// …, "uuid": …, "meta": {"synonyms": […], "country": …}}]}), JSON lines ({"name": …, "synonyms" or
// "aliases": […], "kind" or "list": …, "country": …, "id": …}), CSV with a header line (name,
// aliases parted by "|", kind, country, id; other columns are passed over), or ASes: CSV lines
// "range-start,range-end,asn,name" (ip-location-db) or RIPE's asnames ("17557 PKTELECOM-AS-PK
// Pakistan Telecommunication Company Limited, PK"), an AS a thing of kind "network" and of id
// "AS17557". kInvalid for what is none of these.
model::Result<Parsed> parse(std::string_view bytes);

}  // namespace feeds::names
