#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "feeds/outages/outages.h"

// What Cloudflare Radar's answers share.
namespace feeds::outages::radar {

// Locations, networks or prefixes that one record may name.
inline constexpr std::size_t kMostScopes = 1000;

struct Network {
  std::uint32_t asn;
  std::string country;
};

// "asns", "asnsDetails" and "asnDetails" of a record, each network once.
std::vector<Network> networks_of(const boost::json::object& item);
// Codes of "locations" and "locationDetails", each with a warning when it is no country.
std::vector<std::string> countries_of(const boost::json::object& item, Parsed& parsed,
                                      const std::string& place);
// One scope for each location; for what is about networks one for each of these. The only network
// that is named belongs to the scope, more are evidence.
std::vector<model::Scope> scopes_of(const std::vector<std::string>& countries,
                                    const std::vector<Network>& networks, bool of_networks);
std::string listed(const std::vector<Network>& networks);  // " AS64496 AS64497"

void read_anomalies(Parsed& parsed, const boost::json::array& list);
void read_hijacks(Parsed& parsed, const boost::json::array& list);
void read_leaks(Parsed& parsed, const boost::json::array& list);
// `result` of /http/timeseries, /netflows/timeseries and the like; `url` is what was asked.
void read_series(Parsed& parsed, const boost::json::object& result, std::string_view url);
// Series that a person saved: [{"name": "Tonga", "timestamps": [...], "values": [...]}].
void read_named_series(Parsed& parsed, const boost::json::array& list);

}  // namespace feeds::outages::radar
