#include <algorithm>

#include <boost/url.hpp>
#include <fmt/format.h>

#include "feeds/outages/countries.h"
#include "feeds/outages/record.h"
#include "ingest/measure/adapters.h"

namespace ingest::measure {
namespace {

using model::Errc;
using model::Error;
using model::Result;

Error wrong(std::string sentence) { return {Errc::kInvalid, std::move(sentence)}; }

// A value in a query, with everything escaped that is not plain.
std::string escaped(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

// What was asked for, checked.
struct Place {
  std::string country, asn, region, prefix;  // the AS as a bare number
};

Result<Place> place_of(const Wanted& wanted) {
  Place place;
  place.region = wanted.region;
  if (!wanted.country.empty()) {
    place.country = feeds::outages::country_named(wanted.country);
    if (place.country.empty()) {
      return wrong(fmt::format("--country: there is no country “{}”", wanted.country));
    }
  }
  if (!wanted.asn.empty()) {
    auto asn = feeds::outages::asn_of(wanted.asn);
    if (!asn) return wrong(fmt::format("--asn: “{}” is no number of a network", wanted.asn));
    place.asn = std::to_string(*asn);
  }
  if (!wanted.prefix.empty()) {
    place.prefix = model::canonical_prefix(wanted.prefix);
    if (place.prefix.empty()) {
      return wrong(fmt::format("--prefix: write “{}” as 192.0.2.0/24", wanted.prefix));
    }
  }
  return place;
}

std::string shown(const Place& place) {
  std::string out;
  auto add = [&out](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  };
  add(place.country);
  add(place.region);
  add(place.asn.empty() ? "" : "AS" + place.asn);
  add(place.prefix);
  return out;
}

// The entity that IODA knows: type and code.
Result<std::pair<std::string, std::string>> entity_of(const Place& place) {
  using Entity = std::pair<std::string, std::string>;
  if (!place.prefix.empty())
    return wrong("IODA knows countries, regions and networks, no prefixes");
  if (!place.asn.empty() && !place.region.empty()) {
    return Entity{"geoasn", place.asn + "-" + place.region};
  }
  if (!place.asn.empty() && !place.country.empty()) {
    return Entity{"geoasn", place.asn + "-" + place.country};
  }
  if (!place.asn.empty()) return Entity{"asn", place.asn};
  if (!place.region.empty()) return Entity{"region", place.region};
  return Entity{"country", place.country};  // empty: all of them
}

// Path and query that stand for the place, each beginning with "/" or "&"; or why there are none.
struct Part {
  std::string path, query;
};

Result<Part> ioda(const Adapter& adapter, const Place& place) {
  auto entity = entity_of(place);
  if (!entity) return entity.error();
  auto [type, code] = *entity;
  if (adapter.name == "ioda-signals") {
    if (code.empty())
      return wrong("IODA's signals are of one place: say --country, --asn or --region");
    return Part{"/" + type + "/" + escaped(code), ""};
  }
  return Part{"", "&entityType=" + type + (code.empty() ? "" : "&entityCode=" + escaped(code))};
}

Result<Part> radar(const Adapter& adapter, const Place& place) {
  if (!place.region.empty())
    return wrong("Radar is asked by country, network or prefix, not by region");
  bool bgp = adapter.name == "radar-hijacks" || adapter.name == "radar-leaks";
  if (!place.prefix.empty() && adapter.name != "radar-hijacks") {
    return wrong(fmt::format("Radar's {} cannot be asked by prefix", adapter.data));
  }
  Part part;
  if (!place.country.empty()) {
    part.query += (bgp ? "&involvedCountry=" : "&location=") + place.country;
  }
  if (!place.asn.empty()) part.query += (bgp ? "&involvedAsn=" : "&asn=") + place.asn;
  if (!place.prefix.empty()) part.query += "&prefix=" + escaped(place.prefix);
  if (part.query.empty() && adapter.name == "radar-traffic") {
    return wrong("Radar's traffic is of one place: say --country or --asn");
  }
  return part;
}

Result<Part> ripestat(const Adapter& adapter, const Place& place) {
  bool of_country = adapter.name == "ripestat-country" || adapter.name == "ripestat-resources";
  if (!place.region.empty()) return wrong("RIPEstat knows no regions");
  if (of_country) {
    if (place.country.empty()) {
      return wrong(fmt::format("RIPEstat's {} is asked by --country", adapter.data));
    }
    return Part{"", "&resource=" + place.country};
  }
  auto resource = place.prefix.empty() ? (place.asn.empty() ? "" : "AS" + place.asn) : place.prefix;
  if (resource.empty()) {
    return wrong(fmt::format("RIPEstat's {} are asked by --asn or --prefix", adapter.data));
  }
  return Part{"", "&resource=" + escaped(resource)};
}

Result<Part> ooni(const Adapter& adapter, const Place& place) {
  if (!place.region.empty() || !place.prefix.empty()) {
    return wrong("OONI is asked by country or network");
  }
  if (adapter.name == "ooni-incidents") {
    // The API takes no place: the list is short, and all of it is read.
    return Part{};
  }
  Part part;
  if (!place.country.empty()) part.query += "&probe_cc=" + place.country;
  if (!place.asn.empty()) part.query += "&probe_asn=AS" + place.asn;
  if (part.query.empty())
    return wrong("OONI's aggregation is of one place: say --country or --asn");
  return part;
}

Result<Part> ris_live(const Place& place) {
  if (!place.country.empty() || !place.region.empty()) {
    return wrong("RIS Live is asked by --asn (in the path) or --prefix (and what is inside it)");
  }
  Part part;
  if (!place.asn.empty()) part.query += "&path=" + place.asn;
  if (!place.prefix.empty()) part.query += "&prefix=" + escaped(place.prefix);
  if (part.query.empty()) {
    return wrong("RIS Live sends far more than fits unless it is asked for an --asn or a --prefix");
  }
  return part;
}

Result<Part> stop(const Place& place) {
  if (!shown(place).empty())
    return wrong("a sheet of STOP is read whole; it cannot be asked by place");
  return Part{};
}

Result<Part> part_of(const Adapter& adapter, const Place& place) {
  if (adapter.provider == "ioda") return ioda(adapter, place);
  if (adapter.provider == "radar") return radar(adapter, place);
  if (adapter.provider == "ripestat") return ripestat(adapter, place);
  if (adapter.provider == "ooni") return ooni(adapter, place);
  if (adapter.provider == "stop") return stop(place);
  return ris_live(place);
}

std::string base_of(const Wanted& wanted, const Provider& provider) {
  std::string base = wanted.base.empty() ? std::string(provider.base) : wanted.base;
  while (!wanted.base.empty() && base.ends_with('/')) base.pop_back();
  return base;
}

// What most want of it: what can be asked with what was said.
std::vector<std::string> usual(const Wanted& wanted) {
  if (wanted.provider == "ioda") return {"events"};
  if (wanted.provider == "radar") return {"outages", "anomalies"};
  if (wanted.provider == "ripestat") {
    bool network = !wanted.asn.empty() || !wanted.prefix.empty();
    return {network ? "updates" : "country"};
  }
  if (wanted.provider == "ooni") return {"incidents"};
  if (wanted.provider == "stop") return {"reports"};
  return {"updates"};
}

std::string data_of(std::string_view provider) {
  std::string out;
  for (const auto& adapter : adapters()) {
    if (adapter.provider == provider) out += (out.empty() ? "" : ", ") + std::string(adapter.data);
  }
  return out;
}

}  // namespace

Result<std::vector<Question>> questions(const Wanted& wanted) {
  const auto* provider = provider_named(wanted.provider);
  if (provider == nullptr) return wrong(fmt::format("there is no provider “{}”", wanted.provider));
  if (provider->base.empty() && wanted.base.empty()) {
    return wrong(
        fmt::format("{} is published as a sheet whose address changes: give it with --base, "
                    "as CSV",
                    provider->name));
  }
  auto place = place_of(wanted);
  if (!place) return place.error();
  std::vector<Question> out;
  for (const auto& data : wanted.data.empty() ? usual(wanted) : wanted.data) {
    auto list = adapters();
    auto found = std::find_if(list.begin(), list.end(), [&](const Adapter& one) {
      return one.provider == provider->name && one.data == data;
    });
    if (found == list.end()) {
      return wrong(fmt::format("--data: {} has no “{}”; there are {}", provider->name, data,
                               data_of(provider->name)));
    }
    auto part = part_of(*found, *place);
    if (!part) return part.error();
    std::string query = std::string(found->fixed) + part->query;
    if (query.starts_with('&')) query.erase(0, 1);
    auto address = base_of(wanted, *provider) + std::string(found->path) + part->path +
                   (query.empty() ? "" : "?" + query);
    auto where = shown(*place);
    auto title =
        fmt::format("{} {}{}", provider->name, found->data,
                    where.empty() || found->name == "ooni-incidents" ? "" : " of " + where);
    out.push_back({&*found, std::move(address), std::move(title)});
  }
  return out;
}

std::string region_search(const Wanted& wanted) {
  const auto* provider = provider_named("ioda");
  return base_of(wanted, *provider) +
         "/entities/query?entityType=region&search=" + escaped(wanted.region);
}

}  // namespace ingest::measure
