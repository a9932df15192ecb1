#include <array>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "feeds/outages/query.h"
#include "feeds/outages/record.h"
#include "feeds/outages/series.h"
#include "store/model/text.h"

namespace feeds::outages {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostScopes = 1000;

bool is_text_in(const json::array* list, std::initializer_list<std::string_view> words) {
  if (list == nullptr) return false;
  for (const json::value& value : *list) {
    if (!value.is_string()) continue;
    auto text = model::fold(value.get_string());
    if (std::find(words.begin(), words.end(), text) != words.end()) return true;
  }
  return false;
}

// OONI tells mostly of interference; of outages where it says so.
model::OutageKind kind_of(const json::object& item) {
  auto type = model::fold(string_of(item, "event_type"));
  bool outage =
      type.find("outage") != std::string::npos || type.find("shutdown") != std::string::npos ||
      is_text_in(array_in(item, "tags"), {"outage", "outages", "shutdown", "shutdowns",
                                          "internet shutdown", "internet outage", "blackout"});
  return outage ? model::OutageKind::kOutage : model::OutageKind::kInterference;
}

// What is published beside incidents and is no happening of the network.
bool is_other(std::string_view type) {
  constexpr std::array kOther = {"announcement", "release", "blog_post", "report"};
  return std::find(kOther.begin(), kOther.end(), type) != kOther.end();
}

std::string listed(const json::array* list, std::string_view before) {
  std::string out;
  constexpr std::size_t kMostShown = 20;
  for (std::size_t i = 0; list != nullptr && i < std::min(list->size(), kMostShown); ++i) {
    const json::value& value = (*list)[i];
    std::string text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    out += (out.empty() ? "" : " ") + std::string(before) + text;
  }
  return out;
}

std::string value_of(const json::object& item) {
  std::string value = string_of(item, "title");
  auto append = [&value](std::string_view what, const std::string& part) {
    if (part.empty()) return;
    value += (value.empty() ? "" : "; ") + std::string(what) + part;
  };
  append("", string_of(item, "event_type"));
  append("domains ", listed(array_in(item, "domains"), ""));
  append("tests ", listed(array_in(item, "test_names"), ""));
  const auto* asns = array_in(item, "ASNs");
  if (asns != nullptr && asns->size() > 1) append("networks ", listed(asns, "AS"));
  append("reported by ", string_of(item, "reported_by"));
  return value;
}

// One for each country; the only network that is named belongs to the only country.
std::vector<model::Scope> scopes_of(const json::object& item, Parsed& parsed,
                                    const std::string& place) {
  std::vector<model::Scope> scopes;
  if (const auto* countries = array_in(item, "CCs")) {
    for (const json::value& value : *countries) {
      std::string code = value.is_string() ? std::string(value.get_string()) : "";
      std::string country = country_of(code);
      if (country.empty()) {
        parsed.warnings.push_back(
            {place, "has an unknown country, \"" + code.substr(0, 40) + "\""});
      } else if (scopes.size() < kMostScopes) {
        scopes.push_back({country, "", {}, ""});
      }
    }
  }
  const auto* asns = array_in(item, "ASNs");
  if (asns == nullptr) return scopes;
  if (scopes.size() == 1 && asns->size() == 1) scopes[0].asn = asn_in((*asns)[0]);
  for (std::size_t i = 0; scopes.empty() && i < std::min(asns->size(), kMostScopes); ++i) {
    if (auto asn = asn_in((*asns)[i])) scopes.push_back({"", "", asn, ""});
  }
  return scopes;
}

// Most are dated by the day: midnight to the second is a day.
std::optional<model::Seconds> uncertainty_of(const model::Timestamp& stamp) {
  bool day = stamp.at == std::chrono::floor<std::chrono::days>(stamp.at);
  return day ? std::optional(model::Seconds{86400}) : std::nullopt;
}

void read_incident(Parsed& parsed, const json::value& value, const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* item = value.if_object();
  if (item == nullptr) return warn("is no incident");
  std::string type = string_of(*item, "event_type");
  if (is_other(type)) return warn("is no incident but \"" + type + "\"");
  auto start = moment_of(string_of(*item, "start_time"));
  if (!start) return warn("has no start_time that can be read");
  std::string end_text = string_of(*item, "end_time");
  auto end = moment_of(end_text);
  if (!end && !end_text.empty()) return warn("has an end_time that cannot be read");
  auto scopes = scopes_of(*item, parsed, place);
  if (scopes.empty()) return warn("names no country and no network");
  std::string id = string_of(*item, "id");
  for (model::Scope& scope : scopes) {
    model::Outage o;
    o.kind = kind_of(*item);
    o.basis = model::Basis::kReported;
    o.scope = scope;
    if (!id.empty()) o.id = "ooni-" + id;
    if (!id.empty() && scopes.size() > 1) o.id += "-" + short_name(scope);
    o.start = start->at;
    o.start_uncertainty = uncertainty_of(*start);
    if (end) o.end = end->at;
    if (end) o.end_uncertainty = uncertainty_of(*end);
    o.open = !end;
    std::string url = id.empty() ? "" : "https://explorer.ooni.org/findings/" + id;
    o.measurements.push_back({"OONI", value_of(*item), std::move(url), {}, {}});
    o.extra = extra_of(*item, {"id", "title", "start_time", "end_time", "CCs", "ASNs", "domains",
                               "test_names", "event_type", "reported_by", "text"});
    add(parsed, std::move(o), place);
  }
}

constexpr std::array<std::string_view, 5> kCounts = {
    "measurement_count", "ok_count", "anomaly_count", "confirmed_count", "failure_count"};

// What one row of an aggregation is about beside its day: country, network, domain, test, …
struct Group {
  model::Scope scope;
  std::string about;  // "domain=example.org"

  bool operator<(const Group& other) const {
    auto key = [](const Group& g) { return model::to_string(g.scope) + "|" + g.about; };
    return key(*this) < key(other);
  }
};

Group group_of(const json::object& row, std::string_view url) {
  Group group;
  auto text = [&](std::string_view name) {
    std::string value = string_of(row, name);
    return value.empty() ? query_value(url, name) : value;
  };
  group.scope.country = country_of(text("probe_cc"));
  group.scope.asn = asn_of(text("probe_asn"));
  for (std::string_view name : {"test_name", "domain", "input", "category_code"}) {
    std::string value = text(name);
    if (!value.empty()) group.about += " " + std::string(name) + "=" + value;
  }
  return group;
}

using Table = std::map<Group, std::array<std::vector<Sample>, kCounts.size()>>;

void read_row(Parsed& parsed, const json::value& value, std::string_view url, Table& table,
              const std::string& place) {
  auto warn = [&](std::string message) {
    parsed.warnings.push_back({place, std::move(message) + "; left out"});
  };
  const auto* row = value.if_object();
  if (row == nullptr) return warn("is no row");
  auto at = moment_of(string_of(*row, "measurement_start_day"));
  if (!at) return warn("has no measurement_start_day: only counts over time are a series");
  Group group = group_of(*row, url);
  if (group.scope.empty()) {
    return warn(
        "does not say of which country or network it is, and neither does the address "
        "that it came from");
  }
  auto& columns = table[std::move(group)];
  for (std::size_t i = 0; i < kCounts.size(); ++i) {
    auto count = number_of(*row, kCounts.at(i));
    if (count && *count >= 0) columns.at(i).push_back({at->at, count});
  }
}

// Rows count hours, days (unless asked for otherwise) or weeks; months have no one length.
model::Seconds grain_of(std::string_view url) {
  constexpr int kHour = 3600;
  auto grain = query_value(url, "time_grain");
  if (grain == "hour") return model::Seconds{kHour};
  if (grain == "week") return model::Seconds{7 * 24 * kHour};
  return model::Seconds{24 * kHour};
}

void put_table(Parsed& parsed, Table& table, std::string_view url) {
  for (auto& [group, columns] : table) {
    for (std::size_t i = 0; i < kCounts.size(); ++i) {
      if (columns.at(i).empty()) continue;
      model::Signal signal;
      signal.scope = group.scope;
      signal.source = "OONI";
      signal.kind = std::string(kCounts.at(i)) + group.about;
      signal.unit = "measurements that people ran; few are no outage";
      signal.place = "result";
      set_samples(signal, std::move(columns.at(i)), grain_of(url));
      if (!signal.values.empty()) add(parsed, std::move(signal));
    }
  }
}

void read_aggregation(Parsed& parsed, const json::value& result, std::string_view url) {
  Table table;
  const auto* rows = result.if_array();
  if (rows == nullptr) {
    read_row(parsed, result, url, table, "result");
  } else {
    parsed.records = rows->size();
    for (std::size_t i = 0; i < rows->size(); ++i) {
      read_row(parsed, (*rows)[i], url, table, "result[" + std::to_string(i) + "]");
    }
  }
  put_table(parsed, table, url);
}

}  // namespace

Parsed parse_ooni(std::string_view bytes, std::string_view url) {
  Parsed parsed;
  auto root = parse_json(text_of(bytes, parsed), parsed, "document");
  if (!root) return parsed;
  const auto* answer = root->if_object();
  if (answer == nullptr) {
    parsed.refusal = "the JSON is no object, so no answer of OONI";
    parsed.warnings.push_back({"document", parsed.refusal});
    return parsed;
  }
  for (std::string_view name : {"error", "msg"}) {
    if (std::string said = string_of(*answer, name); !said.empty()) {
      parsed.warnings.push_back({std::string(name), "OONI answered: " + said.substr(0, 300)});
      parsed.refusal = parsed.warnings.back().message;
    }
  }
  if (const auto* metadata = object_in(*answer, "metadata")) {
    parsed.next = string_of(*metadata, "next_url");
  }
  const json::value* one = answer->if_contains("incident");
  if (const auto* incidents = array_in(*answer, "incidents")) {
    parsed.records = incidents->size();
    for (std::size_t i = 0; i < incidents->size(); ++i) {
      read_incident(parsed, (*incidents)[i], "incidents[" + std::to_string(i) + "]");
    }
  } else if (one != nullptr) {
    parsed.records = 1;
    read_incident(parsed, *one, "incident");
  } else if (const json::value* result = answer->if_contains("result")) {
    read_aggregation(parsed, *result, url);
  } else if (const auto* results = array_in(*answer, "results")) {
    parsed.records = results->size();
    parsed.warnings.push_back({"results",
                               "are single measurements, from which no series is made; ask for an "
                               "aggregation by measurement_start_day instead"});
  } else if (parsed.warnings.empty()) {
    parsed.refusal = "has neither incidents nor the result of an aggregation";
    parsed.warnings.push_back({"document", parsed.refusal});
  }
  return parsed;
}

}  // namespace feeds::outages
