#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "feeds/outages/radar.h"
#include "feeds/outages/record.h"

namespace feeds::outages::radar {
namespace {

namespace json = boost::json;

// Radar's own reading of its score: 1 to 4 low, 5 to 7 middling, 8 and above high.
std::string_view confidence(double score) {
  return score >= 8 ? "high" : score >= 5 ? "mid" : "low";
}

// Of a long list; the rest is counted.
constexpr std::size_t kMostShown = 20;

struct Words {
  std::string text;
  void operator()(const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
  }
};

std::string joined(const json::array* list) {
  std::string out;
  if (list == nullptr) return out;
  for (std::size_t i = 0; i < list->size() && i < kMostShown; ++i) {
    const json::value& value = (*list)[i];
    std::string text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    out += (out.empty() ? "" : " ") + text;
  }
  if (list->size() > kMostShown) out += fmt::format(" and {} more", list->size() - kMostShown);
  return out;
}

std::string joined_networks(const json::array* list) {
  std::string out;
  for (std::size_t i = 0; list != nullptr && i < std::min(list->size(), kMostShown); ++i) {
    if (auto asn = asn_in((*list)[i])) out += fmt::format("{}AS{}", out.empty() ? "" : " ", *asn);
  }
  return out;
}

std::string said(std::string_view what, const std::string& value) {
  return value.empty() ? "" : std::string(what) + " " + value;
}

std::string value_of_anomaly(const json::object& item) {
  Words words;
  words(string_of(item, "status"));
  words(said("seen in", joined(array_in(item, "visibleInDataSources"))));
  return words.text.empty() ? "traffic anomaly" : "traffic anomaly " + words.text;
}

void read_anomaly(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* item = value.if_object();
  if (item == nullptr) return warn("is no traffic anomaly");
  auto start = moment_of(string_of(*item, "startDate"));
  if (!start) return warn("has no startDate that can be read");
  std::string end_text = string_of(*item, "endDate");
  auto end = moment_of(end_text);
  if (!end && !end_text.empty()) return warn("has an endDate that cannot be read");
  std::string type = string_of(*item, "type");
  auto networks = networks_of(*item);
  bool of_networks = type == "AS" || type == "ASN";
  auto scopes = scopes_of(countries_of(*item, parsed, place), networks, of_networks);
  if (scopes.empty()) {
    return warn(object_in(*item, "originDetails") != nullptr
                    ? "is of a cloud's region, which is no place and no network"
                    : "names no country and no network");
  }
  std::string id = string_of(*item, "uuid");
  for (model::Scope& scope : scopes) {
    model::Outage o;
    o.scope = scope;
    if (!id.empty()) o.id = "radar-anomaly-" + id;
    if (scopes.size() > 1) o.id += "-" + short_name(scope);
    o.start = start->at;
    if (end) o.end = end->at;
    o.open = !end;
    o.measurements.push_back({"Cloudflare Radar traffic", value_of_anomaly(*item), "", {}, {}});
    o.extra = extra_of(*item, {"uuid", "type", "status", "startDate", "endDate", "asnDetails",
                               "locationDetails", "originDetails", "visibleInDataSources"});
    add(parsed, std::move(o), place);
  }
}

std::string tags_of(const json::object& item) {
  std::string out;
  const auto* tags = array_in(item, "tags");
  if (tags == nullptr) return out;
  for (const json::value& value : *tags) {
    const auto* tag = value.if_object();
    if (tag == nullptr) continue;
    out += (out.empty() ? "" : ", ") + string_of(*tag, "name") + " " + string_of(*tag, "score");
  }
  return out;
}

std::string value_of_hijack(const json::object& item) {
  Words words;
  if (auto score = number_of(item, "confidence_score")) {
    words(fmt::format("confidence {:g} ({})", *score, confidence(*score)));
  }
  if (auto asn = asn_of(string_of(item, "hijacker_asn"))) {
    auto country = string_of(item, "hijacker_country");
    words(fmt::format("by AS{}{}", *asn, country.empty() ? "" : " (" + country + ")"));
  }
  words(said("of", joined_networks(array_in(item, "victim_asns"))));
  words(said("seen by peers:", string_of(item, "peer_ip_count")));
  words(tags_of(item));
  return words.text;
}

// The only element of a list, as text; empty when there are none or more.
std::string only(const json::array* list) {
  if (list == nullptr || list->size() != 1) return "";
  const json::value& value = (*list)[0];
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

// Its prefixes, or the networks that they were taken from.
std::vector<model::Scope> hijacked(const json::object& item, Parsed& parsed,
                                   const std::string& place) {
  std::vector<model::Scope> scopes;
  std::string country = country_of(only(array_in(item, "victim_countries")));
  auto asn = asn_of(only(array_in(item, "victim_asns")));
  if (const auto* prefixes = array_in(item, "prefixes")) {
    for (const json::value& value : *prefixes) {
      auto prefix =
          value.is_string() ? model::canonical_prefix(std::string(value.get_string())) : "";
      if (prefix.empty()) {
        parsed.warnings.push_back({place, "names a prefix that is none; that prefix was left out"});
      } else if (scopes.size() < kMostScopes) {
        scopes.push_back({country, "", asn, prefix});
      }
    }
  }
  const auto* victims = array_in(item, "victim_asns");
  if (!scopes.empty() || victims == nullptr) return scopes;
  for (const json::value& value : *victims) {
    auto victim = asn_in(value);
    if (victim && scopes.size() < kMostScopes) scopes.push_back({country, "", victim, ""});
  }
  return scopes;
}

// Times are without zone: UTC.
struct Times {
  std::optional<model::Timestamp> start, end;
};

// "duration" counts from the first message to the last; where it is missing the last one tells.
Times times_of_hijack(const json::object& item) {
  Times times{moment_of(string_of(item, "min_hijack_ts")),
              moment_of(string_of(item, "max_msg_ts"))};
  if (!times.end) times.end = moment_of(string_of(item, "max_hijack_ts"));
  auto duration = seconds_of(number_of(item, "duration"));
  if (times.start && duration) {
    times.end = model::Timestamp{times.start->at + *duration, model::Precision::kSecond, ""};
  }
  return times;
}

void read_hijack(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* item = value.if_object();
  if (item == nullptr) return warn("is no event");
  auto times = times_of_hijack(*item);
  if (!times.start) return warn("has no min_hijack_ts that can be read");
  auto scopes = hijacked(*item, parsed, place);
  if (scopes.empty()) return warn("names no prefix and no victim");
  bool open = number_of(*item, "on_going_count").value_or(0) > 0 && !flag_of(*item, "is_stale");
  std::string id = string_of(*item, "id");
  for (model::Scope& scope : scopes) {
    model::Outage o;
    o.kind = model::OutageKind::kHijack;
    o.scope = scope;
    if (!id.empty()) o.id = "radar-hijack-" + id;
    if (!id.empty() && scopes.size() > 1) o.id += "-" + short_name(scope);
    o.start = times.start->at;
    o.open = open;
    if (!open && times.end) o.end = times.end->at;
    o.measurements.push_back({"Cloudflare Radar BGP hijacks", value_of_hijack(*item), "", {}, {}});
    o.extra = extra_of(
        *item, {"id", "duration", "hijacker_asn", "hijacker_country", "is_stale", "max_hijack_ts",
                "max_msg_ts", "min_hijack_ts", "on_going_count", "peer_ip_count", "prefixes",
                "tags", "victim_asns", "victim_countries", "confidence_score"});
    add(parsed, std::move(o), place);
  }
}

std::string value_of_leak(const json::object& item) {
  Words words;
  words(said("type", string_of(item, "leak_type")));
  words(said("between", joined_networks(array_in(item, "leak_seg"))));
  words(said("prefixes:", string_of(item, "prefix_count")));
  words(said("origins:", string_of(item, "origin_count")));
  words(said("peers:", string_of(item, "peer_count")));
  words(said("countries", joined(array_in(item, "countries"))));
  return words.text;
}

void read_leak(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* item = value.if_object();
  if (item == nullptr) return warn("is no event");
  auto asn = asn_of(string_of(*item, "leak_asn"));
  if (!asn) return warn("has no leak_asn");
  auto start = moment_of(string_of(*item, "min_ts"));
  if (!start) start = moment_of(string_of(*item, "detected_ts"));
  if (!start) return warn("has no min_ts that can be read");
  model::Outage o;
  o.kind = model::OutageKind::kLeak;
  o.scope.asn = asn;
  if (std::string id = string_of(*item, "id"); !id.empty()) o.id = "radar-leak-" + id;
  o.start = start->at;
  auto end = moment_of(string_of(*item, "max_ts"));
  // Without a word on it, an event that has a last message is over.
  o.open = item->contains("finished") ? !flag_of(*item, "finished") : !end;
  if (!o.open && end) o.end = end->at;
  o.measurements.push_back({"Cloudflare Radar BGP leaks", value_of_leak(*item), "", {}, {}});
  o.extra =
      extra_of(*item, {"id", "min_ts", "max_ts", "finished", "leak_asn", "leak_seg", "leak_type",
                       "countries", "origin_count", "peer_count", "prefix_count"});
  add(parsed, std::move(o), place);
}

template <typename Read>
void read_each(Parsed& parsed, const json::array& list, std::string_view name, const Read& read) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    read(parsed, list[i], fmt::format("{}[{}]", name, i));
  }
}

}  // namespace

void read_anomalies(Parsed& parsed, const json::array& list) {
  read_each(parsed, list, "trafficAnomalies", read_anomaly);
}

void read_hijacks(Parsed& parsed, const json::array& list) {
  read_each(parsed, list, "events", read_hijack);
}

void read_leaks(Parsed& parsed, const json::array& list) {
  read_each(parsed, list, "events", read_leak);
}

}  // namespace feeds::outages::radar
