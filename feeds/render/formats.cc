#include "feeds/render/render.h"

namespace feeds::render {
namespace {

using model::Timeline;

// The events of a feed as one document.
std::string misp_events(const Timeline& timeline) {
  std::string out;
  for (const auto& file : to_misp_feed(timeline)) {
    if (file.name.ends_with(".json") && file.name != "manifest.json") out += file.bytes;
  }
  return out;
}

template <std::string (*kWrite)(const Timeline&)>
std::string nowhere(const Timeline& timeline, const Site&) {
  return kWrite(timeline);
}

}  // namespace

const std::vector<Format>& formats() {
  static const std::vector<Format> kFormats = {
      {"json", "timeline.json", "JSON", "application/json", nowhere<to_json>},
      {"csv", "timeline.csv", "CSV", "text/csv; charset=utf-8", nowhere<to_csv>},
      {"timelinejs", "timelinejs.json", "TimelineJS 3", "application/json", nowhere<to_timelinejs>},
      {"jsonfeed", "feed.json", "JSON Feed", "application/feed+json", to_json_feed},
      {"atom", "atom.xml", "Atom", "application/atom+xml", to_atom},
      {"ics", "timeline.ics", "iCalendar", "text/calendar; charset=utf-8", to_icalendar},
      {"stix", "stix.json", "STIX 2.1", "application/stix+json;version=2.1", nowhere<to_stix>},
      {"misp", "misp.json", "MISP", "application/json", nowhere<misp_events>},
      {"jsonld", "timeline.jsonld", "JSON-LD", "application/ld+json", to_json_ld}};
  return kFormats;
}

const Format* format_named(std::string_view name) {
  for (const auto& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const Format* format_of_file(std::string_view file) {
  for (const auto& format : formats()) {
    if (format.file == file) return &format;
  }
  return nullptr;
}

}  // namespace feeds::render
