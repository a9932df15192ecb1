#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <openssl/evp.h>

#include "feeds/render/render.h"
#include "feeds/render/told.h"
#include "feeds/render/uuid.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

using model::Instant;
using model::TimelineIncident;
using model::TimelineLine;

// A template of misp-objects, with the versions that the objects are made by.
struct Template {
  std::string_view name;
  std::string_view meta;
  std::string_view uuid;
  std::string_view version;
};
constexpr Template kAvailability{"availability-impact", "misc",
                                 "19b4394a-46a9-4196-a30c-080eaed06273", "1"};
constexpr Template kNewsItem{"taranis-news-item", "misc", "e4b7e5e3-2c4c-4edf-b9a3-2c2a32844e62",
                             "2"};

std::string seconds_of(Instant at) {
  return std::to_string(std::max<std::int64_t>(0, at.time_since_epoch().count()));
}

std::string precise(Instant at) {
  auto out = model::to_iso(at);
  out.pop_back();
  return out + ".000000+00:00";
}

class Object {
 public:
  Object(const Template& of, std::string_view id, Instant changed) : id_(id), changed_(changed) {
    out_["name"] = json::string(of.name);
    out_["meta-category"] = json::string(of.meta);
    out_["template_uuid"] = json::string(of.uuid);
    out_["template_version"] = json::string(of.version);
    out_["uuid"] = uuid_of("misp-object", id);
    out_["timestamp"] = seconds_of(changed);
    out_["distribution"] = "5";  // as the event
  }

  void add(std::string_view relation, std::string_view type, std::string_view category,
           std::string_view value) {
    if (value.empty()) return;
    attributes_.push_back(
        json::object{{"uuid", uuid_of("misp-attribute", fmt::format("{}/{}", id_, relation))},
                     {"object_relation", json::string(relation)},
                     {"type", json::string(type)},
                     {"category", json::string(category)},
                     {"value", json::string(value)},
                     {"to_ids", false},
                     {"disable_correlation", true},
                     {"timestamp", seconds_of(changed_)},
                     {"distribution", "5"}});
  }

  void comment(const std::string& text) { out_["comment"] = text; }

  json::object take() {
    out_["Attribute"] = std::move(attributes_);
    return std::move(out_);
  }

 private:
  std::string id_;
  Instant changed_;
  json::object out_;
  json::array attributes_;
};

std::string_view fidelity_of(std::optional<model::Seconds> uncertainty) {
  if (!uncertainty) return "minute";
  if (*uncertainty < model::Seconds{30}) return "second";
  if (*uncertainty < model::Seconds{1800}) return "minute";
  return *uncertainty < model::Seconds{43200} ? "hour" : "day";
}

json::object object_of(const model::Outage& outage) {
  Object out(kAvailability, outage.id, outage.seen_at);
  bool whole = outage.depth && *outage.depth >= 0.95;
  out.add("availability_impact", "text", "Other", whole ? "Denial" : "Significant");
  std::string text =
      fmt::format("{} outage of {}", to_string(outage.basis), to_string(outage.scope));
  for (const auto& one : outage.measurements)
    text += fmt::format("; {}: {}", one.source, one.value);
  out.add("description", "text", "Other", text);
  out.add("start_time", "datetime", "Other", model::to_iso(outage.start));
  out.add("start_time_fidelity", "text", "Other", fidelity_of(outage.start_uncertainty));
  if (outage.end) {
    out.add("end_time", "datetime", "Other", model::to_iso(*outage.end));
    out.add("end_time_fidelity", "text", "Other", fidelity_of(outage.end_uncertainty));
  }
  return out.take();
}

json::object object_of(const model::TimelineEntry& entry, const ToldLine& told) {
  auto id = fmt::format("{}/{}", entry.entry_id, entry.revision);
  Object out(kNewsItem, id, entry.known_at);
  out.add("id", "text", "Other", entry.entry_id);
  out.add("title", "text", "Other", entry.title);
  out.add("content", "text", "Other", entry.body);
  out.add("author", "text", "Other", entry.byline);
  out.add("link", "link", "External analysis", web_address(entry.url));
  out.add("language", "text", "Other", entry.language);
  out.add("story_id", "text", "Other", told.id);
  std::string review;
  for (const auto& verdict : told.verdicts) {
    bool makes =
        std::find(verdict.entries.begin(), verdict.entries.end(), &entry) != verdict.entries.end();
    if (makes) review += (review.empty() ? "" : "; ") + sentence_of(verdict);
  }
  out.add("review", "text", "Other", review);
  return out.take();
}

json::object organisation() {
  return {{"name", "Faultline"}, {"uuid", uuid_of("misp-org", "faultline")}};
}

json::array tags() { return {json::object{{"name", "tlp:clear"}, {"colour", "#ffffff"}}}; }

struct Event {
  json::object event;
  json::object manifest;
  std::string uuid;
};

// An event report in Markdown keeps the whole timeline as people read it.
json::object report_of(const TimelineIncident& incident, Instant changed) {
  std::string text = fmt::format("# {}\n", incident.title);
  for (const auto& line : incident.lines) {
    auto told = tell(incident, line);
    text += fmt::format("\n- **{}** ({}) {}", spelled(line.when), told.basis, told.headline);
    for (const auto& verdict : told.verdicts) text += "\n  - " + sentence_of(verdict);
  }
  return {{"uuid", uuid_of("misp-report", incident.id)},
          {"name", "Timeline"},
          {"content", text},
          {"timestamp", seconds_of(changed)},
          {"distribution", "5"}};
}

Event event_of(const TimelineIncident& incident) {
  Instant changed{};
  for (const auto& line : incident.lines) {
    auto told = tell(incident, line);
    changed = std::max({changed, told.known_at, told.updated});
  }
  json::array objects;
  for (const auto& outage : incident.outages) objects.push_back(object_of(outage));
  for (const auto& line : incident.lines) {
    auto told = tell(incident, line);
    for (const auto* entry : told.entries) objects.push_back(object_of(*entry, told));
  }
  Instant first = incident.lines.empty() ? Instant{} : incident.lines.front().order;
  Event out;
  out.uuid = uuid_of("misp-event", incident.id);
  auto info = incident.title.empty() ? incident.id : incident.title;
  auto date = model::to_iso(first, model::Precision::kDay);
  json::array attributes;
  if (!incident.lines.empty()) {
    Instant last = std::max(first, incident.lines.back().order);
    attributes.push_back(json::object{{"uuid", uuid_of("misp-attribute", incident.id)},
                                      {"type", "text"},
                                      {"category", "Internal reference"},
                                      {"value", incident.id},
                                      {"to_ids", false},
                                      {"timestamp", seconds_of(changed)},
                                      {"distribution", "5"},
                                      {"first_seen", precise(first)},
                                      {"last_seen", precise(last)}});
  }
  out.event = json::object{
      {"Event", json::object{{"uuid", out.uuid},
                             {"info", info},
                             {"date", date},
                             {"timestamp", seconds_of(changed)},
                             {"published", true},
                             {"publish_timestamp", seconds_of(changed)},
                             {"threat_level_id", "4"},  // undefined
                             {"analysis", "2"},         // completed
                             {"distribution", "3"},     // all communities
                             {"Orgc", organisation()},
                             {"Tag", tags()},
                             {"Attribute", std::move(attributes)},
                             {"Object", std::move(objects)},
                             {"EventReport", json::array{report_of(incident, changed)}}}}};
  out.manifest = json::object{{"Orgc", organisation()},
                              {"Tag", tags()},
                              {"info", info},
                              {"date", date},
                              {"analysis", "2"},
                              {"threat_level_id", "4"},
                              {"timestamp", seconds_of(changed)}};
  return out;
}

// MISP keeps MD5 sums of values, to find events by them.
std::string md5(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), sum.data(), &size, EVP_md5(), nullptr) != 1) return {};
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", sum.at(i));
  return out;
}

void add_hashes(const json::object& event, const std::string& uuid, std::string& out) {
  auto add = [&](const json::value& attribute) {
    const auto& value = attribute.as_object().at("value").as_string();
    out += fmt::format("{},{}\n", md5({value.data(), value.size()}), uuid);
  };
  const auto& body = event.at("Event").as_object();
  for (const auto& attribute : body.at("Attribute").as_array()) add(attribute);
  for (const auto& object : body.at("Object").as_array()) {
    for (const auto& attribute : object.as_object().at("Attribute").as_array()) add(attribute);
  }
}

}  // namespace

std::vector<MispFile> to_misp_feed(const model::Timeline& timeline) {
  std::vector<MispFile> out;
  json::object manifest;
  std::string hashes;
  for (const auto& incident : timeline.incidents) {
    auto event = event_of(incident);
    add_hashes(event.event, event.uuid, hashes);
    out.push_back({event.uuid + ".json", json::serialize(event.event) + "\n"});
    manifest[event.uuid] = std::move(event.manifest);
  }
  out.push_back({"hashes.csv", std::move(hashes)});
  out.push_back({"manifest.json", json::serialize(manifest) + "\n"});
  return out;
}

std::string joined_manifests(const std::vector<std::string>& manifests) {
  json::object out;
  for (const auto& one : manifests) {
    boost::system::error_code failure;
    auto value = json::parse(one, failure);
    if (failure || !value.is_object()) continue;
    for (auto& member : value.get_object()) out[member.key()] = std::move(member.value());
  }
  return json::serialize(out) + "\n";
}

}  // namespace feeds::render
