#include <array>
#include <string>

#include <fmt/format.h>

#include "feeds/outages/record.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

// Events are looked for this far back: one that is as long began earlier, at a time not told.
constexpr model::Seconds kLookBack{1'209'600};

struct Step {
  std::string_view datasource;
  int seconds;
};

// Native steps: how exactly a datasource can tell when something began or ended.
constexpr std::array kSteps = {
    Step{"bgp", 300},
    Step{"ping-slash24", 600},
    Step{"merit-nt", 300},
    Step{"ucsd-nt", 300},
    Step{"gtr", 1800},
    Step{"gtr-sarima", 1800},
    Step{"gtr-norm", 1800},
    Step{"ping-slash24-loss", 600},
    Step{"ping-slash24-latency", 600},
    Step{"upstream-delay-penult-asns", 3600},
    Step{"mozilla", 3600},
};

std::optional<model::Seconds> step_of(std::string_view datasource) {
  for (const Step& step : kSteps) {
    if (step.datasource == datasource) return model::Seconds{step.seconds};
  }
  return std::nullopt;
}

// The part of "ASN-IBSNAZ -- Cagliari" that names the region.
std::string region_name(std::string_view name) {
  auto dashes = name.find(" -- ");
  return std::string(dashes == std::string_view::npos ? name : name.substr(dashes + 4));
}

// "country/TO", "region/1906", "asn/41678", "geoasn/3269-1906" (an AS in a region),
// "geoasn/23456-US" (an AS in a country). Empty when it is none of these.
model::Scope scope_of(std::string_view type, std::string_view code, std::string_view name) {
  model::Scope scope;
  if (type == "country") {
    scope.country = country_of(code);
  } else if (type == "region") {
    scope.region = name.empty() ? code : name;
  } else if (type == "asn") {
    scope.asn = asn_of(code);
  } else if (type == "geoasn") {
    auto dash = code.find('-');
    scope.asn = asn_of(code.substr(0, dash));
    if (!scope.asn || dash == std::string_view::npos) return {};
    auto place = code.substr(dash + 1);
    scope.country = country_of(place);
    if (scope.country.empty()) scope.region = name.empty() ? std::string(place) : region_name(name);
  }
  return scope;
}

// The country of an entity: "attrs.country_code", or the part of "attrs.fqid" behind the continent
// ("geo.netacuity.EU.IT.1906").
std::string entity_country(const json::object& entity) {
  const json::value* attrs = entity.if_contains("attrs");
  if (attrs == nullptr || !attrs->is_object()) return "";
  std::string code = country_of(string_of(attrs->get_object(), "country_code"));
  if (!code.empty()) return code;
  std::string fqid = string_of(attrs->get_object(), "fqid");
  std::size_t pos = 0;
  for (int part = 0; part < 3; ++part) {
    pos = fqid.find('.', pos);
    if (pos == std::string::npos) return "";
    ++pos;
  }
  return country_of(std::string_view(fqid).substr(pos, fqid.find('.', pos) - pos));
}

struct Event {
  model::Scope scope;
  std::string location;  // as stated
  std::optional<model::Instant> start;
  std::optional<model::Instant> end;
  bool overlaps_window = false;
};

// format=codf
Event codf_event(const json::object& object) {
  Event event;
  event.location = string_of(object, "location");
  std::string_view location = event.location;
  auto slash = location.find('/');
  if (slash != std::string_view::npos) {
    event.scope = scope_of(location.substr(0, slash), location.substr(slash + 1),
                           string_of(object, "location_name"));
  }
  event.start = epoch_of(object, "start");
  auto duration = number_of(object, "duration");
  if (event.start && duration && *duration >= 0 && *duration < 1e9) {
    event.end = *event.start + model::Seconds{static_cast<std::int64_t>(*duration)};
  }
  const json::value* overlaps = object.if_contains("overlaps_window");
  event.overlaps_window = overlaps != nullptr && overlaps->is_bool() && overlaps->get_bool();
  return event;
}

// format=ioda
Event ioda_event(const json::object& object, const json::object& entity) {
  Event event;
  std::string type = string_of(entity, "type");
  std::string code = string_of(entity, "code");
  event.location = type + "/" + code;
  event.scope = scope_of(type, code, string_of(entity, "name"));
  if (!event.scope.empty() && event.scope.country.empty()) {
    event.scope.country = entity_country(entity);
  }
  event.start = epoch_of(object, "from");
  event.end = epoch_of(object, "until");
  return event;
}

// The window that was asked for.
struct Window {
  std::optional<model::Instant> from;
  std::optional<model::Instant> until;
};

// True when the end is only where the window ends. overlaps_window is set for a start before the
// window too, so it proves nothing where the window is known.
bool is_open(const Event& event, const Window& window) {
  if (window.until) return event.end && *event.end >= *window.until;
  return event.overlaps_window;
}

model::Outage outage_of(const json::object& object, const Event& event, const Window& window) {
  model::Outage o;
  o.scope = event.scope;
  o.start = *event.start;
  o.open = is_open(event, window);
  if (!o.open) o.end = event.end;
  std::string datasource = string_of(object, "datasource");
  std::string method = string_of(object, "method");
  auto step = step_of(datasource);
  // Neither end of the look-back is where anything was seen to change.
  bool since_before = event.end && *event.end - o.start >= kLookBack;
  if (!since_before) o.start_uncertainty = step;
  if (o.end) o.end_uncertainty = step;
  o.depth = number_of(object, "fraction");
  std::string value;
  if (auto score = number_of(object, "score")) {
    value = fmt::format("score {:.6g}", *score);
    // The score adds up over time, so that of an event that goes on is a lower bound.
    if (o.open) value += " so far";
  }
  if (since_before)
    value += value.empty() ? "since before the look-back of 14 days"
                           : ", since before the look-back of 14 days";
  std::string source = "IODA " + datasource + (method.empty() ? "" : "." + method);
  o.measurements.push_back({std::move(source), std::move(value), "", {}, {}});
  return o;
}

void read_event(Parsed& parsed, const json::value& value, const Window& window,
                const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  if (!value.is_object()) {
    warn("is no event");
    return;
  }
  const auto& object = value.get_object();
  const json::value* entity = object.if_contains("entity");
  bool ioda = entity != nullptr && entity->is_object();
  Event event = ioda ? ioda_event(object, entity->get_object()) : codf_event(object);
  if (event.scope.empty()) {
    warn("is at \"" + event.location.substr(0, 60) +
         "\", which is no country, region or network we know");
  } else if (!event.start) {
    warn("has no start in seconds since 1970");
  } else if (!event.end) {
    warn("has no duration");
  } else {
    add(parsed, outage_of(object, event, window), place);
  }
}

}  // namespace

Parsed parse_ioda_events(std::string_view bytes) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  if (!root->is_object()) {
    parsed.warnings.push_back({"document", "the JSON is no object, so no answer of IODA"});
    return parsed;
  }
  const auto& object = root->get_object();
  if (std::string error = string_of(object, "error"); !error.empty()) {
    parsed.warnings.push_back({"error", "IODA answered: " + error});
  }
  Window window;
  const json::value* asked = object.if_contains("requestParameters");
  if (asked != nullptr && asked->is_object()) {
    window.from = epoch_of(asked->get_object(), "from");
    window.until = epoch_of(asked->get_object(), "until");
  }
  const json::value* data = object.if_contains("data");
  if (data == nullptr || !data->is_array()) {
    if (parsed.warnings.empty()) parsed.warnings.push_back({"data", "there is no list of events"});
    return parsed;
  }
  std::size_t index = 0;
  for (const json::value& value : data->get_array()) {
    read_event(parsed, value, window, "data[" + std::to_string(index++) + "]");
  }
  return parsed;
}

}  // namespace feeds::outages
