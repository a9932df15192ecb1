#include "correlate/timeline_edits.h"

#include <fmt/format.h>

#include "store/model/text.h"

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;
using model::Happening;

std::vector<std::string> entries_of(const model::TimelineLine& line) {
  std::vector<std::string> out;
  for (const auto& entry : line.entries) out.push_back(entry.entry_id);
  return out;
}

std::optional<Happening> happening_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Happening::kRelapse); ++i) {
    auto kind = static_cast<Happening>(i);
    if (model::to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string happenings() {
  std::string out;
  for (int i = 0; i <= static_cast<int>(Happening::kRelapse); ++i) {
    if (i > 0) out += ", ";
    out += model::to_string(static_cast<Happening>(i));
  }
  return out;
}

}  // namespace

void annotate(const Decisions& decisions, model::TimelineEntry& entry) {
  std::vector<std::string> ids{entry.entry_id};
  for (const auto& link : entry.links) ids.push_back(link.id);
  for (auto& checked : entry.claims) {
    for (const auto& verdict : checked.verdicts) {
      ids.push_back(verdict.id);
      auto judged = decisions.verdicts.find(verdict.id);
      if (judged != decisions.verdicts.end() && judged->second.kind == EditKind::kPin) {
        checked.confirmed = judged->second;
      }
    }
  }
  entry.notes = decisions.notes_on(ids);
}

void annotate(const Decisions& decisions, model::TimelineLine& line) {
  auto ids = ids_to_look_under(line.story_id, entries_of(line));
  line.notes = decisions.notes_on(ids);
  if (const auto* edit = decisions.correction(ids, "title")) {
    line.title = edit->value;
    line.corrections.push_back(*edit);
  }
  if (const auto* edit = decisions.correction(ids, "type")) {
    if (auto kind = happening_named(edit->value)) {
      line.happening = *kind;
      line.corrections.push_back(*edit);
    }
  }
  if (const auto* edit = decisions.correction(ids, "happened")) {
    if (auto when = model::parse_iso(edit->value)) {
      line.when = *when;
      line.order = when->at;
      line.corrections.push_back(*edit);
    }
  }
}

void annotate(const Decisions& decisions, model::TimelineIncident& incident) {
  std::vector<std::string> entries;
  for (const auto& line : incident.lines) {
    for (const auto& entry : line.entries) entries.push_back(entry.entry_id);
  }
  auto ids = ids_to_look_under(incident.id, entries);
  if (const auto* edit = decisions.correction(ids, "title")) {
    incident.title = edit->value;
    incident.corrections.push_back(*edit);
  }
  for (const auto& outage : incident.outages) ids.push_back(outage.id);
  incident.notes = decisions.notes_on(ids);
}

std::string why_not(std::string_view target, std::string_view field, std::string_view value) {
  bool of_story = target.starts_with("sty-");
  if (!of_story && !target.starts_with("inc-")) {
    return fmt::format("{} is neither a story (sty-…) nor an incident (inc-…)", target);
  }
  if (field == "title") return model::trim(value).empty() ? "a title cannot be empty" : "";
  if (of_story && field == "type") {
    return happening_named(value)
               ? ""
               : fmt::format("“{}” is no type; they are {}", value, happenings());
  }
  if (of_story && field == "happened") {
    return model::parse_iso(value)
               ? ""
               : fmt::format("“{}” is no time; write 2014-12-22, or 2014-12-22T16:15Z", value);
  }
  return fmt::format("{} has no “{}” to correct; there is {}", target, field,
                     of_story ? "title, type, happened" : "title");
}

}  // namespace correlate
