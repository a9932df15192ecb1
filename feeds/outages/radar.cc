#include "feeds/outages/radar.h"

#include <string>

#include "feeds/outages/record.h"

namespace feeds::outages {
namespace radar {
namespace {

namespace json = boost::json;

std::string value_of(const json::object& item, const std::string& type,
                     const std::vector<Network>& networks) {
  std::string value = string_of(item, "description");
  auto append = [&value](const std::string& part) {
    if (!part.empty()) value += (value.empty() ? "" : "; ") + part;
  };
  append(string_of(item, "scope"));
  append(type);
  if (networks.size() > 1) append("networks" + listed(networks));
  return value;
}

// Empty when the annotation is about an outage, else what it is.
std::string no_outage(const json::object& item) {
  std::string event = string_of(item, "eventType");
  bool outage = event.empty() || event == "OUTAGE" || object_in(item, "outage") != nullptr;
  return outage ? "" : "is no outage but " + event.substr(0, 40);
}

// One outage for each scope, the same but for id and place.
void add_each(Parsed& parsed, const model::Outage& outage, std::vector<model::Scope> scopes,
              const json::object& item, const std::string& type, const std::string& place) {
  std::string id = string_of(item, "id");
  bool many = scopes.size() > 1;
  for (model::Scope& scope : scopes) {
    model::Outage one = outage;
    one.scope = std::move(scope);
    if (type == "REGIONAL") one.scope.region = string_of(item, "scope");
    if (!id.empty()) one.id = "radar-" + id;
    if (!id.empty() && many) {
      one.id += "-" + short_name(one.scope);
    }
    add(parsed, std::move(one), place);
  }
}

void read_annotation(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const json::object* item = value.if_object();
  if (item == nullptr) return warn("is no annotation");
  if (std::string other = no_outage(*item); !other.empty()) return warn(other);
  auto start = moment_of(string_of(*item, "startDate"));
  if (!start) return warn("has no startDate that can be read");
  std::string end_text = string_of(*item, "endDate");
  auto end = moment_of(end_text);
  if (!end && !end_text.empty()) return warn("has an endDate that cannot be read");
  const auto* details = object_in(*item, "outage");
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
  outage.extra =
      extra_of(*item, {"id", "dataSource", "description", "scope", "startDate", "endDate",
                       "locations", "asns", "origins", "geoIds", "tags", "eventType", "linkedUrl",
                       "asnsDetails", "locationsDetails", "originsDetails", "outage"});
  add_each(parsed, outage, std::move(scopes), *item, type, place);
}

void read_annotations(Parsed& parsed, const json::array& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    read_annotation(parsed, list[i], "annotations[" + std::to_string(i) + "]");
  }
}

void note_errors(Parsed& parsed, const json::object& answer) {
  const auto* errors = array_in(answer, "errors");
  if (errors == nullptr) return;
  for (const json::value& error : *errors) {
    const auto* details = error.if_object();
    parsed.warnings.push_back(
        {"errors", "Radar answered: " + (details != nullptr ? string_of(*details, "message")
                                                            : json::serialize(error))});
  }
}

// Whichever list the result has.
void read_result(Parsed& parsed, const json::object& result, std::string_view url) {
  auto take = [&parsed](const json::array* list, auto read) {
    if (list == nullptr) return false;
    parsed.records = list->size();
    read(parsed, *list);
    return true;
  };
  if (take(array_in(result, "annotations"), read_annotations)) return;
  for (std::string_view name : {"trafficAnomalies", "traffic_anomalies", "anomalies"}) {
    if (take(array_in(result, name), read_anomalies)) return;
  }
  if (const auto* events = array_in(result, "events")) {
    const auto* first = events->empty() ? nullptr : (*events)[0].if_object();
    bool leaks = first != nullptr && first->contains("leak_asn");
    take(events, leaks ? read_leaks : read_hijacks);
    return;
  }
  std::size_t before = parsed.signals.size() + parsed.warnings.size();
  read_series(parsed, result, url);
  if (parsed.signals.size() + parsed.warnings.size() == before) {
    parsed.refusal = "there is no list that we know in it";
    parsed.warnings.push_back({"result", parsed.refusal});
  }
}

}  // namespace
}  // namespace radar

Parsed parse_radar(std::string_view bytes, std::string_view url) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  if (const auto* list = root->if_array()) {
    radar::read_named_series(parsed, *list);
    return parsed;
  }
  const auto* object = root->if_object();
  if (object == nullptr) {
    parsed.refusal = "the JSON is no object, so no answer of Radar";
    parsed.warnings.push_back({"document", parsed.refusal});
    return parsed;
  }
  radar::note_errors(parsed, *object);
  const auto* result = object_in(*object, "result");
  // With an error there is a null result; the error is told already.
  if (result == nullptr && !parsed.warnings.empty()) {
    parsed.refusal = parsed.warnings.back().message;
    return parsed;
  }
  radar::read_result(parsed, result == nullptr ? *object : *result, url);
  if (const auto* info = object_in(*object, "result_info")) {
    if (auto total = number_of(*info, "total_count"); total && *total >= 0 && *total < 1e12) {
      parsed.total = static_cast<std::int64_t>(*total);
    }
  }
  return parsed;
}

}  // namespace feeds::outages
