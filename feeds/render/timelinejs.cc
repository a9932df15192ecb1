#include <boost/json.hpp>

#include "feeds/render/render.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

namespace json = boost::json;

using model::Precision;
using model::TimelineLine;

// TimelineJS knows no zones: all of its dates are in UTC, and display_date says so.
json::object date_of(const model::Timestamp& time) {
  bool stated = time.precision >= Precision::kDay && model::is_zone(time.zone);
  auto c = model::local_time(time.at, stated ? time.zone : "UTC");
  json::object out{{"year", c.year}};
  if (time.precision < Precision::kYear) out["month"] = c.month;
  if (time.precision < Precision::kMonth) out["day"] = c.day;
  if (time.precision < Precision::kDay) {
    out["hour"] = c.hour;
    out["minute"] = c.minute;
  }
  if (time.precision == Precision::kSecond) out["second"] = c.second;
  out["display_date"] = spelled(time);
  return out;
}

json::object date_of(model::Instant at) {
  return date_of(model::Timestamp{at, Precision::kSecond, "Z"});
}

json::object text_of(std::string_view headline, const std::string& text) {
  return {{"headline", escaped(headline)}, {"text", text}};
}

// An end that equals the start is dropped in silence, so none is given then.
void set_end(json::object& out, model::Instant start, std::optional<model::Instant> end) {
  if (end && *end - start >= model::Seconds{1}) out["end_date"] = date_of(*end);
}

json::object event_of(const model::TimelineIncident& incident, const TimelineLine& line) {
  auto told = tell(incident, line);
  json::object out;
  out["unique_id"] = told.id;
  out["start_date"] = date_of(line.when);
  if (line.kind == TimelineLine::Kind::kUnseen) set_end(out, line.when.at, line.until);
  for (const auto& outage : incident.outages) {
    bool start = line.kind == TimelineLine::Kind::kOutageStart && outage.id == line.outage_id;
    if (start) set_end(out, outage.start, outage.end);
  }
  out["group"] = json::string(told.basis);
  out["text"] = text_of(told.headline, html_text(told));
  return out;
}

}  // namespace

std::string to_timelinejs(const model::Timeline& timeline) {
  json::array events;
  json::array eras;
  std::string title;
  for (const auto& incident : timeline.incidents) {
    if (title.empty()) title = incident.title;
    for (const auto& line : incident.lines) events.push_back(event_of(incident, line));
    for (const auto& outage : incident.outages) {
      if (!outage.end || *outage.end <= outage.start) continue;
      eras.push_back(json::object{{"start_date", date_of(outage.start)},
                                  {"end_date", date_of(*outage.end)},
                                  {"text", text_of("Down: " + to_string(outage.scope), "")}});
    }
  }
  json::object out;
  if (!title.empty()) {
    out["title"] = json::object{
        {"unique_id", timeline.incidents.front().id},
        {"text", text_of(title,
                         "<p>Times in UTC. Measured, reported and not measured are kept "
                         "apart.</p>")}};
  }
  out["events"] = std::move(events);
  if (!eras.empty()) out["eras"] = std::move(eras);
  return json::serialize(out) + "\n";
}

}  // namespace feeds::render
