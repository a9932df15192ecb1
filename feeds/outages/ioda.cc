#include <string>

#include <fmt/format.h>

#include "feeds/outages/ioda_entity.h"
#include "feeds/outages/record.h"

namespace feeds::outages {
namespace ioda {
namespace {

namespace json = boost::json;

// Events are looked for this far back: one that is as long began earlier, at a time not told.
constexpr model::Seconds kLookBack{1'209'600};

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
  auto duration = seconds_of(number_of(object, "duration"));
  if (event.start && duration) event.end = *event.start + *duration;
  event.overlaps_window = flag_of(object, "overlaps_window");
  return event;
}

// format=ioda
Event ioda_event(const json::object& object, const json::object& entity) {
  Event event;
  event.location = string_of(entity, "type") + "/" + string_of(entity, "code");
  event.scope = scope_of(entity);
  event.start = epoch_of(object, "from");
  event.end = epoch_of(object, "until");
  event.overlaps_window = flag_of(object, "overlaps_window");
  return event;
}

// True when the end is only where the window ends. overlaps_window is set for a start before the
// window too, so it proves nothing where the window is known.
bool is_open(const Event& event, const Window& window) {
  if (window.until) return event.end && *event.end >= *window.until;
  return event.overlaps_window;
}

std::string value_of(const json::object& object, const model::Outage& o) {
  std::string value;
  if (auto score = number_of(object, "score")) {
    value = fmt::format("score {:.6g}", *score);
    // The score adds up over time, so that of an event that goes on is a lower bound.
    if (o.open) value += " so far";
  }
  if (o.start_censored) {
    value += value.empty() ? "" : ", ";
    value += "since before the look-back of 14 days";
  }
  return value;
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
  o.start_censored = event.end && *event.end - o.start >= kLookBack;
  if (!o.start_censored) o.start_uncertainty = step;
  if (o.end) o.end_uncertainty = step;
  o.depth = number_of(object, "fraction");
  std::string source = "IODA " + datasource + (method.empty() ? "" : "." + method);
  o.measurements.push_back({std::move(source), value_of(object, o), "", {}, {}});
  // "uncertainty" and "status" carry nothing in any answer.
  o.extra = extra_of(
      object, {"location", "start", "duration", "uncertainty", "method", "datasource", "status",
               "fraction", "score", "location_name", "overlaps_window", "entity", "from", "until"});
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
  const auto* entity = object_in(object, "entity");
  Event event = entity != nullptr ? ioda_event(object, *entity) : codf_event(object);
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

enum class Answer { kEvents, kAlerts, kSignals, kEntities, kSummary };

// "type" names the answer; where it does not, the members of the first record tell.
Answer answer_of(const json::object& object, const json::array& data) {
  std::string type = string_of(object, "type");
  if (type.starts_with("outages.alerts")) return Answer::kAlerts;
  if (type.starts_with("outages.summary")) return Answer::kSummary;
  if (type.starts_with("signals")) return Answer::kSignals;
  if (type.starts_with("entities")) return Answer::kEntities;
  if (data.empty() || type.starts_with("outages.events")) return Answer::kEvents;
  if (data[0].is_array()) return Answer::kSignals;
  const auto* first = data[0].if_object();
  if (first == nullptr) return Answer::kEvents;
  if (first->contains("values")) return Answer::kSignals;
  if (first->contains("level")) return Answer::kAlerts;
  if (first->contains("scores")) return Answer::kSummary;
  return first->contains("code") && first->contains("type") ? Answer::kEntities : Answer::kEvents;
}

}  // namespace

void read_events(Parsed& parsed, const json::array& data, const Window& window) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    read_event(parsed, data[i], window, "data[" + std::to_string(i) + "]");
  }
}

}  // namespace ioda

Parsed parse_ioda(std::string_view bytes) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  const auto* object = root->if_object();
  if (object == nullptr) {
    parsed.refusal = "the JSON is no object, so no answer of IODA";
    parsed.warnings.push_back({"document", parsed.refusal});
    return parsed;
  }
  if (std::string error = string_of(*object, "error"); !error.empty()) {
    parsed.warnings.push_back({"error", "IODA answered: " + error});
  }
  const auto* data = array_in(*object, "data");
  if (data == nullptr) {
    if (parsed.warnings.empty()) parsed.warnings.push_back({"data", "there is no list in it"});
    parsed.refusal = parsed.warnings.back().message;
    return parsed;
  }
  parsed.records = data->size();
  switch (ioda::answer_of(*object, *data)) {
    case ioda::Answer::kEvents:
      ioda::read_events(parsed, *data, ioda::window_of(*object));
      break;
    case ioda::Answer::kAlerts:
      ioda::read_alerts(parsed, *data, ioda::window_of(*object));
      break;
    case ioda::Answer::kSignals:
      ioda::read_signals(parsed, *data);
      break;
    case ioda::Answer::kEntities:
      ioda::read_entities(parsed, *data);
      break;
    case ioda::Answer::kSummary:
      parsed.warnings.push_back(
          {"data", "is a summary of scores without any times; ask for events instead"});
      break;
  }
  return parsed;
}

}  // namespace feeds::outages
