#include <string>
#include <vector>

#include "feeds/outages/record.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

// Locations or networks that one annotation may name.
constexpr std::size_t kMostScopes = 1000;

const json::array* array_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

const json::object* object_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

struct Network {
  std::uint32_t asn;
  std::string country;
};

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

std::vector<Network> networks_of(const json::object& item) {
  std::vector<Network> networks;
  auto put = [&networks](std::string_view text, const std::string& country) {
    auto asn = asn_of(text);
    if (!asn || networks.size() >= kMostScopes) return;
    for (Network& known : networks) {
      if (known.asn != *asn) continue;
      if (known.country.empty()) known.country = country;
      return;
    }
    networks.push_back({*asn, country});
  };
  if (const auto* asns = array_of(item, "asns")) {
    for (const json::value& asn : *asns) {
      put(asn.is_string() ? std::string(asn.get_string()) : json::serialize(asn), "");
    }
  }
  if (const auto* details = array_of(item, "asnsDetails")) {
    for (const json::value& value : *details) {
      if (const auto* object = value.if_object()) {
        put(string_of(*object, "asn"), network_country(*object));
      }
    }
  }
  return networks;
}

// Codes of "locations", each with a warning when it is no country.
std::vector<std::string> countries_of(const json::object& item, Parsed& parsed,
                                      const std::string& place) {
  std::vector<std::string> countries;
  const auto* locations = array_of(item, "locations");
  if (locations == nullptr) return countries;
  for (const json::value& value : *locations) {
    std::string code;
    if (const auto* text = value.if_string()) code = std::string(*text);
    if (const auto* object = value.if_object()) code = string_of(*object, "code");
    std::string country = country_of(code);
    if (country.empty()) {
      parsed.warnings.push_back({place, "has an unknown country, \"" + code.substr(0, 40) + "\""});
    } else if (countries.size() < kMostScopes) {
      countries.push_back(std::move(country));
    }
  }
  return countries;
}

// One scope for each location; for an outage of networks one for each of these. The only network
// that is named belongs to the scope, more are evidence.
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

std::string value_of(const json::object& item, const std::string& type,
                     const std::vector<Network>& networks) {
  std::string value = string_of(item, "description");
  auto append = [&value](const std::string& part) {
    if (!part.empty()) value += (value.empty() ? "" : "; ") + part;
  };
  append(string_of(item, "scope"));
  append(type);
  if (networks.size() > 1) {
    std::string list;
    for (const Network& network : networks) list += " AS" + std::to_string(network.asn);
    append("networks" + list);
  }
  return value;
}

void read_annotation(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const json::object* item = value.if_object();
  if (item == nullptr) return warn("is no annotation");
  std::string event = string_of(*item, "eventType");
  const json::object* details = object_of(*item, "outage");
  if (details == nullptr && !event.empty() && event != "OUTAGE") {
    return warn("is no outage but " + event.substr(0, 40));
  }
  auto start = model::parse_iso(string_of(*item, "startDate"));
  if (!start) return warn("has no startDate that can be read");
  std::string end_text = string_of(*item, "endDate");
  auto end = model::parse_iso(end_text);
  if (!end && !end_text.empty()) return warn("has an endDate that cannot be read");
  std::string type = details == nullptr ? "" : string_of(*details, "outageType");
  auto networks = networks_of(*item);
  auto scopes = scopes_of(countries_of(*item, parsed, place), networks, type == "NETWORK");
  if (scopes.empty()) return warn("names no country and no network");
  model::Outage outage;
  outage.start = start->at;
  if (end) outage.end = end->at;
  outage.open = !end;
  if (details != nullptr) outage.cause = string_of(*details, "outageCause");
  outage.measurements.push_back(
      {"Cloudflare Radar", value_of(*item, type, networks), string_of(*item, "linkedUrl"), {}, {}});
  std::string id = string_of(*item, "id");
  for (const model::Scope& scope : scopes) {
    model::Outage one = outage;
    one.scope = scope;
    if (type == "REGIONAL") one.scope.region = string_of(*item, "scope");
    if (!id.empty()) one.id = "radar-" + id;
    if (!id.empty() && scopes.size() > 1) {
      one.id += "-" + (scope.asn ? "AS" + std::to_string(*scope.asn) : scope.country);
    }
    add(parsed, std::move(one), place);
  }
}

}  // namespace

Parsed parse_radar(std::string_view bytes) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  const json::object* object = root->if_object();
  if (object == nullptr) {
    parsed.warnings.push_back({"document", "the JSON is no object, so no answer of Radar"});
    return parsed;
  }
  if (const auto* errors = array_of(*object, "errors")) {
    for (const json::value& error : *errors) {
      const auto* details = error.if_object();
      parsed.warnings.push_back(
          {"errors", "Radar answered: " + (details != nullptr ? string_of(*details, "message")
                                                              : json::serialize(error))});
    }
  }
  const json::object* result = object_of(*object, "result");
  const json::array* list = array_of(result == nullptr ? *object : *result, "annotations");
  if (list == nullptr) {
    if (parsed.warnings.empty()) {
      parsed.warnings.push_back({"result", "there is no list of annotations"});
    }
    return parsed;
  }
  std::size_t index = 0;
  for (const json::value& value : *list) {
    read_annotation(parsed, value, "annotations[" + std::to_string(index++) + "]");
  }
  return parsed;
}

}  // namespace feeds::outages
