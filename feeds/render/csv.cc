#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/shared.h"

namespace feeds::render {
namespace {

using model::TimelineLine;

std::string cell(std::string_view text) {
  std::string out = "\"";
  // What a spreadsheet takes for a formula (OWASP, CSV injection).
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) {
    out += '\'';
  }
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

void row(std::string& out, std::initializer_list<std::string_view> cells) {
  bool first = true;
  for (auto text : cells) {
    if (!first) out += ',';
    out += cell(text);
    first = false;
  }
  out += "\r\n";
}

std::string verdicts_of(const model::TimelineEntry& entry) {
  std::string out;
  for (const auto& checked : entry.claims) {
    for (const auto& verdict : checked.verdicts) {
      if (!out.empty()) out += "; ";
      out += fmt::format("{} \"{}\": {}", to_string(checked.claim.kind), verdict.claimed,
                         to_string(verdict.verdict));
      if (!verdict.measured.empty()) out += ", measured " + verdict.measured;
    }
  }
  return out;
}

// What editors wrote of the entry and of its line.
std::string notes_of(const TimelineLine& line, const model::TimelineEntry& entry) {
  std::string out;
  for (const auto* list : {&line.corrections, &line.notes, &entry.notes}) {
    for (const auto& edit : *list) out += (out.empty() ? "" : "; ") + edit_of(edit);
  }
  return out;
}

void add_measured(std::string& out, const model::TimelineIncident& incident,
                  const TimelineLine& line) {
  for (const auto& outage : incident.outages) {
    if (outage.id != line.outage_id) continue;
    std::string source = outage.measurements.empty() ? "" : outage.measurements.front().source;
    std::string url = outage.measurements.empty() ? "" : outage.measurements.front().url;
    row(out, {incident.id, model::to_iso(line.when.at, line.when.precision), "measured",
              to_string(line.happening), to_string(outage.scope), source, url, "", outage.id, "",
              outage.document_id, outage.place, "", ""});
  }
}

}  // namespace

std::string to_csv(const model::Timeline& timeline) {
  std::string out;
  row(out, {"incident", "happened", "basis", "happening", "title", "publisher", "url", "published",
            "record", "revision", "document", "place", "verdicts", "notes"});
  for (const auto& incident : timeline.incidents) {
    for (const auto& line : incident.lines) {
      if (line.kind == TimelineLine::Kind::kUnseen) {
        std::string text = "no sample until " + model::to_iso(*line.until);
        row(out, {incident.id, model::to_iso(line.when.at, line.when.precision), "not measured", "",
                  text, "", "", "", line.signal_id, "", "", "", "", ""});
        continue;
      }
      if (line.kind != TimelineLine::Kind::kStory) {
        add_measured(out, incident, line);
        continue;
      }
      for (const auto& entry : line.entries) {
        auto published = entry.published
                             ? model::to_iso(entry.published->at, entry.published->precision)
                             : std::string();
        row(out, {incident.id, model::to_iso(line.when.at, line.when.precision), "inferred",
                  to_string(line.happening), entry.title, entry.byline, entry.url, published,
                  entry.entry_id, std::to_string(entry.revision), entry.document_id, entry.place,
                  verdicts_of(entry), notes_of(line, entry)});
      }
    }
  }
  return out;
}

}  // namespace feeds::render
