#include "feeds/render/told.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "feeds/render/render.h"
#include "feeds/render/shared.h"
#include "feeds/render/uuid.h"
#include "store/model/text.h"

namespace feeds::render {
namespace {

using model::Happening;
using model::TimelineEntry;
using model::TimelineIncident;
using model::TimelineLine;
using model::VerdictKind;

const model::Outage* outage_of(const TimelineIncident& incident, const std::string& id) {
  for (const auto& outage : incident.outages) {
    if (outage.id == id) return &outage;
  }
  return nullptr;
}

void tell_measured(const TimelineIncident& incident, const TimelineLine& line, ToldLine& out) {
  const auto* outage = outage_of(incident, line.outage_id);
  bool start = line.kind == TimelineLine::Kind::kOutageStart;
  out.id = line.outage_id + (start ? "/start" : "/end");
  out.basis = "measured";
  if (outage == nullptr) return;
  out.outage = outage;
  auto scope = to_string(outage->scope);
  out.headline = start ? "Down: " + scope : "Back: " + scope;
  if (outage->end) out.headline += ", " + model::human_duration(*outage->duration());
  if (start && !outage->end) {
    out.headline += outage->open ? ", still down" : ", when it ended was not measured";
  }
  out.known_at = outage->first_seen_at;
  out.updated = outage->seen_at;
}

void tell_unseen(const TimelineIncident& incident, const TimelineLine& line, ToldLine& out) {
  out.id = fmt::format("{}/{}", line.signal_id, line.order.time_since_epoch().count());
  out.basis = "not measured";
  for (const auto& signal : incident.signals) {
    if (signal.id != line.signal_id) continue;
    out.headline = fmt::format("Not seen: no sample of {} by {} for {}", signal.kind, signal.source,
                               model::human_duration(*line.until - line.order));
  }
  out.known_at = out.updated = *line.until;
}

void add_verdicts(const TimelineLine& line, ToldLine& out) {
  std::map<std::string, std::size_t> known;
  for (const auto& entry : line.entries) {
    for (const auto& checked : entry.claims) {
      for (const auto& verdict : checked.verdicts) {
        if (!is_shown(line, checked.claim, verdict)) continue;
        auto key = fmt::format("{}|{}|{}|{}", to_string(checked.claim.kind), verdict.claimed,
                               verdict.outage_id, to_string(verdict.verdict));
        auto [found, fresh] = known.try_emplace(key, out.verdicts.size());
        if (fresh) out.verdicts.push_back({&checked.claim, &verdict, nullptr, {}});
        auto& told = out.verdicts[found->second];
        if (checked.confirmed) told.confirmed = &*checked.confirmed;
        if (told.entries.empty() || told.entries.back() != &entry) told.entries.push_back(&entry);
      }
    }
  }
}

void add_notes(const TimelineLine& line, ToldLine& out) {
  for (const auto* list : {&line.corrections, &line.notes}) {
    for (const auto& edit : *list) out.notes.push_back(edit_of(edit));
  }
  for (const auto& entry : line.entries) {
    for (const auto& edit : entry.notes) out.notes.push_back(edit_of(edit));
  }
}

void tell_story(const TimelineLine& line, ToldLine& out) {
  out.id = line.story_id;
  out.basis = "reported";
  for (const auto& entry : line.entries) out.entries.push_back(&entry);
  if (line.entries.empty()) return;
  out.headline = line.title.empty() ? line.entries.front().title : line.title;
  out.known_at = out.updated = line.entries.front().known_at;
  for (const auto& entry : line.entries) {
    out.known_at = std::min(out.known_at, entry.known_at);
    out.updated = std::max(out.updated, entry.known_at);
  }
  add_verdicts(line, out);
  add_notes(line, out);
}

// "Reuters, 23 December 2014: “Title” (revision 2)"
std::string source_of(const TimelineEntry& entry) {
  std::string out = entry.byline;
  if (entry.published) out += ", " + spelled(*entry.published);
  out += fmt::format(": “{}”", entry.title);
  if (entry.revisions > 1) out += fmt::format(" (revision {})", entry.revision);
  if (!entry.copy_of.empty()) out += " (near-copy)";
  return out;
}

// Where in what was read it stands: "ent-… revision 1, entries[3] of document 0123456789ab"
std::string provenance_of(std::string_view id, int revision, std::string_view place,
                          std::string_view document) {
  return fmt::format("{} revision {}, {} of document {:.12}", id, revision, place, document);
}

// "Dyn Research: 4 of 4 networks withdrawn"
std::string measurement_of(const model::Measurement& one) {
  return one.value.empty() ? one.source : one.source + ": " + one.value;
}

// A link to `url`, where that is one to follow, around text that is escaped already.
std::string linked(const std::string& text, std::string_view url) {
  auto web = web_address(url);
  return web.empty() ? text : fmt::format("<a href=\"{}\">{}</a>", escaped(web), text);
}

void append_escaped(std::string& out, std::string_view text, std::size_t& i) {
  auto c = static_cast<unsigned char>(text[i]);
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      break;
  }
  bool forbidden = (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F;
  // U+FFFE and U+FFFF
  bool none = c == 0xEF && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF &&
              static_cast<unsigned char>(text[i + 2]) >= 0xBE;
  if (none) i += 2;
  if (forbidden || none) {
    out += "\xEF\xBF\xBD";
  } else {
    out += text[i];
  }
}

}  // namespace

ToldLine tell(const TimelineIncident& incident, const TimelineLine& line) {
  ToldLine out;
  if (line.kind == TimelineLine::Kind::kStory) {
    tell_story(line, out);
  } else if (line.kind == TimelineLine::Kind::kUnseen) {
    tell_unseen(incident, line, out);
  } else {
    tell_measured(incident, line, out);
  }
  out.headline = model::squeeze(out.headline);
  if (out.headline.empty()) out.headline = out.id;
  return out;
}

bool is_shown(const TimelineLine& line, const model::Claim& claim, const model::Verdict& verdict) {
  if (!is_measurable(claim.kind) && claim.kind != model::ClaimKind::kCause) return false;
  bool held = verdict.verdict != VerdictKind::kNotMeasured &&
              verdict.verdict != VerdictKind::kNotMeasurable;
  bool of_outage = line.happening == Happening::kOutage ||
                   line.happening == Happening::kOutageStart ||
                   line.happening == Happening::kRelapse || line.happening == Happening::kOutageEnd;
  return held || of_outage || !verdict.outage_id.empty();
}

std::string_view sign_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kAgrees:
      return "✓";
    case VerdictKind::kRounds:
      return "≈";
    case VerdictKind::kDisagrees:
      return "✗";
    default:
      return "?";
  }
}

std::string provenance_of(const TimelineEntry& entry) {
  return provenance_of(entry.entry_id, entry.revision, entry.place, entry.document_id);
}

std::string provenance_of(const model::Outage& outage) {
  return provenance_of(outage.id, outage.number, outage.place, outage.document_id);
}

std::string sentence_of(const ToldVerdict& told, std::string_view cited) {
  std::string out = fmt::format("{} “{}”: {}", to_string(told.claim->kind), told.verdict->claimed,
                                to_string(told.verdict->verdict));
  if (!told.verdict->measured.empty()) out += ", measured " + told.verdict->measured;
  if (!cited.empty()) out += " " + std::string(cited);
  if (!told.verdict->note.empty()) out += " (" + told.verdict->note + ")";
  const auto& speaker = told.claim->speaker;
  if (!speaker.empty() && told.verdict->note.find(speaker) == std::string::npos) {
    out += ", says " + speaker;
  }
  if (told.confirmed != nullptr) out += ", confirmed by " + told.confirmed->who;
  return out;
}

std::string plain_text(const ToldLine& told) {
  std::string out = std::string(told.basis) + ".";
  for (const auto& verdict : told.verdicts) out += "\n\n" + sentence_of(verdict);
  for (const auto& note : told.notes) out += "\n\n" + note;
  if (told.outage != nullptr) {
    for (const auto& one : told.outage->measurements) {
      out += "\n\n" + measurement_of(one);
      if (!web_address(one.url).empty()) out += "\n" + one.url;
    }
    out += "\n\n" + provenance_of(*told.outage);
  }
  for (const auto* entry : told.entries) {
    out += "\n\n" + source_of(*entry);
    if (!web_address(entry->url).empty()) out += "\n" + entry->url;
    out += "\n" + provenance_of(*entry);
  }
  return out;
}

std::string html_text(const ToldLine& told) {
  std::string out = fmt::format("<p>{}.</p>", escaped(told.basis));
  auto list = [&](const auto& items, auto text) {
    if (items.empty()) return;
    out += "<ul>";
    for (const auto& item : items) out += "<li>" + text(item) + "</li>";
    out += "</ul>";
  };
  list(told.verdicts, [](const ToldVerdict& one) { return escaped(sentence_of(one)); });
  list(told.notes, [](const std::string& note) { return escaped(note); });
  if (told.outage != nullptr) {
    list(told.outage->measurements, [](const model::Measurement& one) {
      return linked(escaped(measurement_of(one)), one.url);
    });
    out += "<p>" + escaped(provenance_of(*told.outage)) + "</p>";
  }
  list(told.entries, [](const TimelineEntry* entry) {
    return linked(escaped(source_of(*entry)), entry->url) + ", " + escaped(provenance_of(*entry));
  });
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) append_escaped(out, text, i);
  return out;
}

std::string_view web_address(std::string_view url) {
  auto begins = [&](std::string_view scheme) {
    return url.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), url.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  };
  bool web = begins("http://") || begins("https://");
  // A blank or a control character ends any address.
  bool plain = std::all_of(url.begin(), url.end(), [](char c) {
    auto octet = static_cast<unsigned char>(c);
    return octet > 0x20 && octet != 0x7F;
  });
  return web && plain ? url : std::string_view();
}

std::string spelled(const model::Timestamp& time) {
  using model::Precision;
  constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
  bool whole_days = time.precision >= Precision::kDay;
  bool stated = whole_days && model::is_zone(time.zone);
  auto c = model::local_time(time.at, stated ? time.zone : "UTC");
  auto month = kMonths[std::clamp(c.month, 1U, 12U) - 1];
  if (time.precision == Precision::kYear) return fmt::format("{}", c.year);
  if (time.precision == Precision::kMonth) return fmt::format("{} {}", month, c.year);
  if (time.precision == Precision::kDay) return fmt::format("{} {} {}", c.day, month, c.year);
  return fmt::format("{} {} {}, {:02}:{:02} UTC", c.day, month, c.year, c.hour, c.minute);
}

std::string Site::line_url(const std::string& incident, const std::string& line) const {
  std::string fragment = line;
  std::replace(fragment.begin(), fragment.end(), '/', '-');
  return fmt::format("{}incidents/{}#{}", base, incident, fragment);
}

std::string title_of(const model::Timeline& timeline) {
  if (timeline.incidents.size() == 1 && !timeline.incidents.front().title.empty()) {
    return model::squeeze(timeline.incidents.front().title);
  }
  return timeline.query.empty() ? "Faultline" : "Faultline: " + model::squeeze(timeline.query);
}

std::string feed_id(const model::Timeline& timeline) {
  return "query/" + uuid_of("query", timeline.query);
}

}  // namespace feeds::render
