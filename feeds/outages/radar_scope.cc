#include "feeds/outages/radar.h"
#include "feeds/outages/record.h"

namespace feeds::outages::radar {
namespace {

namespace json = boost::json;

// The country of a network: "location", or "locations" as older documentation has it; an object or
// a list of them.
std::string network_country(const json::object& details) {
  for (std::string_view name : {"location", "locations"}) {
    const json::value* value = details.if_contains(name);
    if (value == nullptr) continue;
    const json::object* place = value->if_object();
    if (value->is_array() && !value->get_array().empty()) place = value->get_array()[0].if_object();
    if (place != nullptr) return country_of(string_of(*place, "code"));
  }
  return "";
}

// The details of networks: a list of objects, or one object alone.
template <typename Visit>
void for_each_object(const json::value* value, const Visit& visit) {
  if (value == nullptr) return;
  if (const auto* object = value->if_object()) visit(*object);
  if (const auto* list = value->if_array()) {
    for (const json::value& part : *list) {
      if (const auto* object = part.if_object()) visit(*object);
    }
  }
}

}  // namespace

std::vector<Network> networks_of(const json::object& item) {
  std::vector<Network> networks;
  auto put = [&networks](std::optional<std::uint32_t> asn, const std::string& country) {
    if (!asn || networks.size() >= kMostScopes) return;
    for (Network& known : networks) {
      if (known.asn != *asn) continue;
      if (known.country.empty()) known.country = country;
      return;
    }
    networks.push_back({*asn, country});
  };
  if (const auto* asns = array_in(item, "asns")) {
    for (const json::value& asn : *asns) put(asn_in(asn), "");
  }
  for (std::string_view name : {"asnsDetails", "asnDetails"}) {
    for_each_object(item.if_contains(name), [&](const json::object& details) {
      put(asn_of(string_of(details, "asn")), network_country(details));
    });
  }
  return networks;
}

std::vector<std::string> countries_of(const json::object& item, Parsed& parsed,
                                      const std::string& place) {
  std::vector<std::string> countries;
  auto put = [&](const std::string& code) {
    std::string country = country_of(code);
    if (country.empty()) {
      parsed.warnings.push_back({place, "has an unknown country, \"" + code.substr(0, 40) + "\""});
    } else if (countries.size() < kMostScopes) {
      countries.push_back(std::move(country));
    }
  };
  if (const auto* locations = array_in(item, "locations")) {
    for (const json::value& value : *locations) {
      if (const auto* text = value.if_string()) put(std::string(*text));
      if (const auto* object = value.if_object()) put(string_of(*object, "code"));
    }
  }
  for_each_object(item.if_contains("locationDetails"),
                  [&](const json::object& details) { put(string_of(details, "code")); });
  return countries;
}

std::vector<model::Scope> scopes_of(const std::vector<std::string>& countries,
                                    const std::vector<Network>& networks, bool of_networks) {
  std::vector<model::Scope> scopes;
  if (!networks.empty() && (of_networks || countries.empty())) {
    for (const Network& network : networks) {
      std::string country = network.country;
      if (country.empty() && countries.size() == 1) country = countries[0];
      scopes.push_back({country, "", network.asn, ""});
    }
    return scopes;
  }
  for (const std::string& country : countries) {
    model::Scope scope{country, "", {}, ""};
    bool here = networks.size() == 1 && (networks[0].country == country ||
                                         (networks[0].country.empty() && countries.size() == 1));
    if (here) scope.asn = networks[0].asn;
    scopes.push_back(std::move(scope));
  }
  return scopes;
}

std::string listed(const std::vector<Network>& networks) {
  std::string list;
  for (const Network& network : networks) list += " AS" + std::to_string(network.asn);
  return list;
}

}  // namespace feeds::outages::radar
