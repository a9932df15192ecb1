#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/told.h"
#include "feeds/render/uuid.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

using model::Instant;
using model::TimelineEntry;
using model::TimelineIncident;
using model::VerdictKind;

// With milliseconds, which some importers want.
std::string time_of(Instant at) {
  auto out = model::to_iso(at);
  if (out.ends_with('Z')) out.insert(out.size() - 1, ".000");
  return out;
}

std::string id_of(std::string_view type, std::string_view id) {
  return fmt::format("{}--{}", type, uuid_of(type, id));
}

// Everything in the bundle is made by Faultline.
const std::string& identity_id() {
  static const std::string kId = id_of("identity", "faultline");
  return kId;
}

json::object begin(std::string_view type, std::string_view id, Instant created, Instant modified) {
  json::object out;
  out["type"] = json::string(type);
  out["spec_version"] = "2.1";
  out["id"] = id_of(type, id);
  if (type != "identity") out["created_by_ref"] = identity_id();
  out["created"] = time_of(created);
  out["modified"] = time_of(std::max(created, modified));
  return out;
}

json::object identity() {
  auto out = begin("identity", "faultline", Instant{}, Instant{});
  out["name"] = "Faultline";
  out["identity_class"] = "system";
  out["description"] = "Holds what news claims against what was measured.";
  return out;
}

json::array references(const std::vector<const TimelineEntry*>& entries) {
  json::array out;
  for (const auto* entry : entries) {
    json::object one;
    one["source_name"] = entry->byline.empty() ? "unnamed source" : entry->byline;
    one["description"] = entry->title;
    if (auto url = web_address(entry->url); !url.empty()) one["url"] = json::string(url);
    one["external_id"] = fmt::format("{}/{}", entry->entry_id, entry->revision);
    out.push_back(std::move(one));
  }
  return out;
}

// strongly-disagree … strongly-agree, of how a claim stands to the measurement.
std::string_view opinion_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kAgrees:
      return "strongly-agree";
    case VerdictKind::kRounds:
      return "agree";
    case VerdictKind::kDisagrees:
      return "disagree";
    default:
      return "neutral";
  }
}

class Bundle {
 public:
  std::string write(const model::Timeline& timeline) {
    put(identity());
    std::string ids;
    for (const auto& incident : timeline.incidents) {
      write(incident);
      ids += incident.id + "\n";
    }
    json::object out;
    out["type"] = "bundle";
    out["id"] = id_of("bundle", ids + timeline.query);
    out["objects"] = std::move(objects_);
    return json::serialize(out) + "\n";
  }

 private:
  void put(json::object object) {
    auto id = std::string(object["id"].as_string());
    if (known_.insert(id).second) objects_.push_back(std::move(object));
  }

  void write(const TimelineIncident& incident) {
    Instant first = Instant::max();
    Instant last{};
    for (const auto& line : incident.lines) {
      auto told = tell(incident, line);
      first = std::min(first, told.known_at);
      last = std::max({last, told.known_at, told.updated});
    }
    if (first == Instant::max()) first = Instant{};
    auto object = begin("incident", incident.id, first, last);
    object["name"] = incident.title.empty() ? incident.id : incident.title;
    auto id = std::string(object["id"].as_string());
    put(std::move(object));
    json::array of_report{id};
    for (const auto& outage : incident.outages) write(outage, id, of_report);
    for (const auto& line : incident.lines) write(incident, line, id, of_report);
    auto report = begin("report", incident.id, first, last);
    report["name"] = incident.title.empty() ? incident.id : incident.title;
    report["published"] = time_of(first);
    report["report_types"] = json::array{"observed-data"};
    report["object_refs"] = std::move(of_report);
    put(std::move(report));
  }

  // What was measured: the network, that it was observed, and that this sights the incident.
  void write(const model::Outage& outage, const std::string& incident, json::array& of_report) {
    json::array seen;
    if (outage.scope.asn) {
      json::object as;
      as["type"] = "autonomous-system";
      as["spec_version"] = "2.1";
      as["id"] = id_of("autonomous-system", std::to_string(*outage.scope.asn));
      as["number"] = *outage.scope.asn;
      seen.push_back(as["id"]);
      put(std::move(as));
    }
    if (!outage.scope.prefix.empty()) {
      bool six = outage.scope.prefix.find(':') != std::string::npos;
      json::object address;
      std::string_view type = six ? "ipv6-addr" : "ipv4-addr";
      address["type"] = json::string(type);
      address["spec_version"] = "2.1";
      address["id"] = id_of(type, outage.scope.prefix);
      address["value"] = outage.scope.prefix;
      seen.push_back(address["id"]);
      put(std::move(address));
    }
    auto end = outage.end.value_or(outage.start);
    std::string data;
    if (!seen.empty()) {
      auto observed = begin("observed-data", outage.id, outage.first_seen_at, outage.seen_at);
      observed["first_observed"] = time_of(outage.start);
      observed["last_observed"] = time_of(end);
      observed["number_observed"] = 1;
      observed["object_refs"] = std::move(seen);
      data = observed["id"].as_string();
      of_report.push_back(observed["id"]);
      put(std::move(observed));
    }
    auto sighting = begin("sighting", outage.id, outage.first_seen_at, outage.seen_at);
    sighting["sighting_of_ref"] = incident;
    sighting["first_seen"] = time_of(outage.start);
    if (end > outage.start) sighting["last_seen"] = time_of(end);
    sighting["count"] = 1;
    if (!data.empty()) sighting["observed_data_refs"] = json::array{data};
    std::string text =
        fmt::format("{} outage of {}", to_string(outage.basis), to_string(outage.scope));
    if (outage.end) text += ", " + model::human_duration(*outage.duration());
    if (outage.open) text += ", still down";
    sighting["description"] = text;
    json::array measured;
    for (const auto& one : outage.measurements) {
      json::object reference{{"source_name", one.source.empty() ? "measurement" : one.source}};
      if (!one.value.empty()) reference["description"] = one.value;
      if (auto url = web_address(one.url); !url.empty()) reference["url"] = json::string(url);
      // The schema wants more than a name.
      if (reference.size() == 1) reference["external_id"] = outage.id;
      measured.push_back(std::move(reference));
    }
    if (!measured.empty()) sighting["external_references"] = std::move(measured);
    of_report.push_back(sighting["id"]);
    put(std::move(sighting));
  }

  // What was reported: a note, and an opinion on it for each claim that was held against something.
  void write(const TimelineIncident& incident, const model::TimelineLine& line,
             const std::string& incident_id, json::array& of_report) {
    auto told = tell(incident, line);
    if (told.entries.empty()) return;
    auto note = begin("note", told.id, told.known_at, told.updated);
    note["abstract"] = told.headline;
    note["content"] = plain_text(told);
    note["object_refs"] = json::array{incident_id};
    note["external_references"] = references(told.entries);
    auto id = std::string(note["id"].as_string());
    of_report.push_back(note["id"]);
    put(std::move(note));
    for (const auto& verdict : told.verdicts) {
      if (verdict.verdict->outage_id.empty()) continue;
      auto opinion = begin("opinion", verdict.verdict->id, told.known_at, told.updated);
      opinion["explanation"] = sentence_of(verdict);
      opinion["opinion"] = json::string(opinion_of(verdict.verdict->verdict));
      opinion["object_refs"] = json::array{id};
      of_report.push_back(opinion["id"]);
      put(std::move(opinion));
    }
  }

  json::array objects_;
  std::set<std::string> known_;
};

}  // namespace

std::string to_stix(const model::Timeline& timeline) { return Bundle().write(timeline); }

}  // namespace feeds::render
