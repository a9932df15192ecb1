#include "feeds/render/changed.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "feeds/render/shared.h"
#include "feeds/render/told.h"

namespace feeds::render {
namespace {

using model::Instant;
using model::TimelineEntry;
using model::TimelineIncident;
using Kind = ChangedPart::Kind;

// A claim judged: what it claims of what, and how that came out. Claims of another revision have
// other ids, so they are known by what they say.
struct Judged {
  std::string verdict_id;
  std::string claimed;
  model::VerdictKind verdict;
  std::string measured;
  std::string line;
};

struct Told {
  std::map<std::string, const model::TimelineLine*> lines;
  std::map<std::string, const TimelineEntry*> entries;
  std::map<std::string, std::string> line_of;  // by entry
  std::map<std::string, Judged> judged;        // by entry, kind, what it says, outage
  std::map<std::string, const model::Outage*> outages;
  std::map<std::int64_t, const model::Edit*> edits;
};

std::string id_of(const model::TimelineLine& line) {
  switch (line.kind) {
    case model::TimelineLine::Kind::kStory:
      return line.story_id;
    case model::TimelineLine::Kind::kOutageStart:
      return line.outage_id + "/start";
    case model::TimelineLine::Kind::kOutageEnd:
      return line.outage_id + "/end";
    case model::TimelineLine::Kind::kUnseen:
      return {};
  }
  return {};
}

void take(const std::vector<model::Edit>& edits, Told& out) {
  for (const auto& edit : edits) out.edits.emplace(edit.seq, &edit);
}

void take(const TimelineEntry& entry, const std::string& line, Told& out) {
  out.entries.emplace(entry.entry_id, &entry);
  out.line_of.emplace(entry.entry_id, line);
  take(entry.notes, out);
  for (const auto& claim : entry.claims) {
    for (const auto& verdict : claim.verdicts) {
      auto key = fmt::format("{}|{}|{}|{}", entry.entry_id, to_string(claim.claim.kind),
                             claim.claim.span.text, verdict.outage_id);
      out.judged.emplace(
          key, Judged{verdict.id, claim.claim.span.text, verdict.verdict, verdict.measured, line});
    }
  }
}

Told told_of(const TimelineIncident& incident) {
  Told out;
  take(incident.notes, out);
  take(incident.corrections, out);
  for (const auto& outage : incident.outages) out.outages.emplace(outage.id, &outage);
  for (const auto& line : incident.lines) {
    auto id = id_of(line);
    if (id.empty()) continue;
    out.lines.emplace(id, &line);
    take(line.notes, out);
    take(line.corrections, out);
    for (const auto& entry : line.entries) take(entry, id, out);
  }
  return out;
}

std::string headline(const TimelineIncident& incident, const model::TimelineLine& line) {
  return tell(incident, line).headline;
}

void compare_verdicts(const Told& before, const Told& after, std::vector<ChangedPart>& out) {
  for (const auto& [key, now] : after.judged) {
    auto was = before.judged.find(key);
    if (was == before.judged.end() || was->second.verdict == now.verdict) continue;
    out.push_back({Kind::kVerdict, now.line,
                   fmt::format("“{}”: {}, was {}{}", now.claimed, to_string(now.verdict),
                               to_string(was->second.verdict),
                               now.measured.empty() ? "" : "; measured " + now.measured),
                   now.verdict_id});
  }
}

void compare_outages(const Told& before, const Told& after, std::vector<ChangedPart>& out) {
  for (const auto& [id, now] : after.outages) {
    auto was = before.outages.find(id);
    bool fresh = was == before.outages.end();
    if (!fresh && was->second->start == now->start && was->second->end == now->end) continue;
    out.push_back({Kind::kMeasured, id + (fresh ? "/start" : "/end"),
                   fmt::format("{}: {}{}", to_string(now->scope), interval_of(*now, "UTC"),
                               fresh ? "" : ", was " + interval_of(*was->second, "UTC")),
                   id});
  }
}

void compare_edits(const Told& before, const Told& after, std::vector<ChangedPart>& out) {
  for (const auto& [seq, edit] : after.edits) {
    if (before.edits.contains(seq)) continue;
    out.push_back({Kind::kCorrected, {}, edit_of(*edit), std::to_string(seq)});
  }
}

void compare_entries(const Told& before, const Told& after, std::vector<ChangedPart>& out) {
  for (const auto& [id, now] : after.entries) {
    auto was = before.entries.find(id);
    if (was == before.entries.end() || was->second->revision == now->revision) continue;
    auto title = was->second->title == now->title
                     ? "“" + now->title + "”"
                     : fmt::format("“{}”, was “{}”", now->title, was->second->title);
    out.push_back({Kind::kRevised, after.line_of.at(id),
                   fmt::format("{}: revision {}, was {}: {}", now->byline, now->revision,
                               was->second->revision, title),
                   id});
  }
}

}  // namespace

std::string_view to_string(Kind kind) {
  constexpr std::array<std::string_view, 6> kNames = {"verdict", "measured", "corrected",
                                                      "revised", "added",    "gone"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::vector<ChangedPart> changed(const TimelineIncident& before, const TimelineIncident& after) {
  auto was = told_of(before), now = told_of(after);
  std::vector<ChangedPart> out;
  compare_verdicts(was, now, out);
  compare_outages(was, now, out);
  compare_edits(was, now, out);
  compare_entries(was, now, out);
  // A line is the same while one of its entries is in it: ids of stories may change.
  for (const auto& [id, line] : now.lines) {
    bool known = was.lines.contains(id) ||
                 std::any_of(line->entries.begin(), line->entries.end(), [&](const auto& entry) {
                   return was.entries.contains(entry.entry_id);
                 });
    bool measured = !line->outage_id.empty();
    if (!known && !measured) out.push_back({Kind::kAdded, id, headline(after, *line), id});
  }
  for (const auto& [id, line] : was.lines) {
    bool kept = now.lines.contains(id) ||
                std::any_of(line->entries.begin(), line->entries.end(), [&](const auto& entry) {
                  return now.entries.contains(entry.entry_id);
                });
    if (!kept) out.push_back({Kind::kGone, {}, headline(before, *line), id});
  }
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < after.lines.size(); ++i) place.emplace(id_of(after.lines[i]), i);
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    auto at = [&](const auto& part) {
      auto found = place.find(part.line);
      return found == place.end() ? place.size() : found->second;
    };
    return at(a) < at(b);
  });
  return out;
}

std::vector<Instant> moments(const TimelineIncident& incident, std::size_t most) {
  std::set<Instant> all;
  auto take_edits = [&](const std::vector<model::Edit>& edits) {
    for (const auto& edit : edits) all.insert(edit.at);
  };
  take_edits(incident.notes);
  take_edits(incident.corrections);
  for (const auto& outage : incident.outages) {
    all.insert(outage.start);
    if (outage.end) all.insert(*outage.end);
  }
  for (const auto& line : incident.lines) {
    take_edits(line.notes);
    take_edits(line.corrections);
    for (const auto& entry : line.entries) {
      all.insert(entry.known_at);
      take_edits(entry.notes);
    }
  }
  std::vector<Instant> sorted(all.begin(), all.end());
  if (sorted.size() <= most || most < 2) return sorted;
  std::vector<Instant> out;
  for (std::size_t i = 0; i < most; ++i) {
    out.push_back(sorted[i * (sorted.size() - 1) / (most - 1)]);
  }
  return out;
}

}  // namespace feeds::render
