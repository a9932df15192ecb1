#include "correlate/timeline_parts.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace correlate {
namespace {

using model::Instant;
using model::Seconds;
using model::TimelineLine;
using model::VerdictKind;

constexpr Seconds kDay{86400};

std::int64_t day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

// From half a day before the first outage to half a day after the last one.
std::optional<model::Interval> window_of(const std::vector<model::Outage>& outages) {
  if (outages.empty()) return std::nullopt;
  model::Interval out{outages.front().start, outages.front().start};
  for (const auto& outage : outages) {
    out.from = std::min(out.from, outage.start);
    out.to = std::max(out.to, outage.end.value_or(outage.start + kDay));
  }
  return model::Interval{out.from - kDay / 2, out.to + kDay / 2};
}

// What is claimed: of which outage, of what kind.
using Disputed = std::tuple<std::string, model::ClaimKind>;

struct Values {
  std::map<std::string, model::ClaimedValue> by_value;  // and verdict
  std::string measured;
};

// The values of one claim that were held against an outage.
void collect(const model::CheckedClaim& checked, const std::string& entry_id,
             std::map<Disputed, Values>& found) {
  for (const auto& verdict : checked.verdicts) {
    bool held = verdict.verdict == VerdictKind::kAgrees ||
                verdict.verdict == VerdictKind::kRounds ||
                verdict.verdict == VerdictKind::kDisagrees;
    if (!held || verdict.outage_id.empty()) continue;
    auto& values = found[{verdict.outage_id, checked.claim.kind}];
    if (values.measured.empty()) values.measured = verdict.measured;
    auto name = checked.claim.value + "|";
    name += to_string(verdict.verdict);
    auto& value = values.by_value[name];
    if (value.entry_ids.empty()) {
      value.claimed = verdict.claimed;
      value.verdict = verdict.verdict;
    }
    if (value.entry_ids.empty() || value.entry_ids.back() != entry_id) {
      value.entry_ids.push_back(entry_id);
    }
  }
}

}  // namespace

void Salience::add(const model::Extraction& extraction,
                   const std::optional<model::Timestamp>& published) {
  std::set<std::int64_t> days;
  if (published) days.insert(day_of(published->at));
  for (const auto& time : extraction.times) {
    bool day = time.interval && time.interval->length() <= kDay;
    if (day) days.insert(day_of(time.interval->from));
  }
  for (auto day : days) ++days_[day];
}

std::size_t Salience::of(Instant at) const {
  auto found = days_.find(day_of(at));
  return found == days_.end() ? 0 : found->second;
}

void keep_salient(model::TimelineIncident& incident, std::size_t most, std::size_t stories) {
  std::map<std::int64_t, std::size_t> days;
  for (const auto& line : incident.lines) {
    if (line.kind == TimelineLine::Kind::kStory) days[day_of(line.order)] = line.salience;
  }
  std::vector<std::pair<std::int64_t, std::size_t>> ranked(days.begin(), days.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  ranked.resize(std::min(ranked.size(), most));
  std::set<std::int64_t> kept;
  for (const auto& [day, salience] : ranked) kept.insert(day);
  // Of each day the stories of the most entries, the earlier of equals.
  std::map<std::int64_t, std::vector<const TimelineLine*>> of_day;
  for (const auto& line : incident.lines) {
    bool story = line.kind == TimelineLine::Kind::kStory;
    if (story && kept.contains(day_of(line.order))) of_day[day_of(line.order)].push_back(&line);
  }
  std::set<std::string> chosen;
  for (auto& [day, lines] : of_day) {
    std::stable_sort(lines.begin(), lines.end(), [](const auto* a, const auto* b) {
      return a->entries.size() > b->entries.size();
    });
    lines.resize(std::min(lines.size(), stories));
    for (const auto* line : lines) chosen.insert(line->story_id);
  }
  std::erase_if(incident.lines, [&](const TimelineLine& line) {
    return line.kind == TimelineLine::Kind::kStory && !chosen.contains(line.story_id);
  });
}

std::vector<TimelineLine> unseen(const model::Signal& signal,
                                 const std::vector<model::Outage>& outages) {
  constexpr Seconds kShortest{1800};
  auto window = window_of(outages);
  std::vector<TimelineLine> out;
  if (!window || signal.step <= Seconds{0}) return out;
  auto at = [&](std::size_t i) { return signal.from + static_cast<std::int64_t>(i) * signal.step; };
  for (std::size_t i = 0; i < signal.values.size();) {
    std::size_t end = i;
    while (end < signal.values.size() && !signal.values[end]) ++end;
    bool inside = at(end) > window->from && at(i) < window->to;
    // What lies at the ends of a series is where it was not asked for.
    bool between = i > 0 && end < signal.values.size();
    if (end > i && between && inside && at(end) - at(i) >= kShortest) {
      TimelineLine line;
      line.kind = TimelineLine::Kind::kUnseen;
      line.when = {at(i), model::Precision::kSecond, "Z"};
      line.order = at(i);
      line.until = at(end);
      line.signal_id = signal.id;
      line.inferred = false;
      out.push_back(std::move(line));
    }
    i = std::max(end, i + 1);
  }
  auto length = [](const TimelineLine& line) { return *line.until - line.order; };
  std::stable_sort(out.begin(), out.end(), [&](const TimelineLine& a, const TimelineLine& b) {
    return length(a) > length(b);
  });
  out.resize(std::min(out.size(), kMostUnseen));
  std::sort(out.begin(), out.end(),
            [](const TimelineLine& a, const TimelineLine& b) { return a.order < b.order; });
  return out;
}

void add_parts(const model::Incident& incident, model::TimelineIncident& out) {
  std::set<std::string> shown;
  for (const auto& line : out.lines) {
    shown.insert(line.story_id);
    shown.insert(line.outage_id);
    for (const auto& entry : line.entries) shown.insert(entry.entry_id);
  }
  auto is_gone = [&](const std::string& id) { return !shown.contains(id); };
  for (const auto& line : incident.summary) {
    if (shown.contains(line.entry_id)) out.summary.push_back(line);
  }
  for (auto strand : incident.strands) {
    std::erase_if(strand.story_ids, is_gone);
    std::erase_if(strand.outage_ids, is_gone);
    bool any = !strand.story_ids.empty() || !strand.outage_ids.empty();
    if (any) out.strands.push_back(std::move(strand));
  }
}

std::vector<model::Conflict> conflicts(const model::TimelineIncident& incident) {
  std::map<Disputed, Values> found;
  for (const auto& line : incident.lines) {
    for (const auto& entry : line.entries) {
      for (const auto& checked : entry.claims) collect(checked, entry.entry_id, found);
    }
  }
  std::vector<model::Conflict> out;
  for (auto& [of, values] : found) {
    bool disputed = values.by_value.size() > 1 &&
                    std::any_of(values.by_value.begin(), values.by_value.end(), [](const auto& v) {
                      return v.second.verdict == VerdictKind::kDisagrees;
                    });
    if (!disputed) continue;
    model::Conflict conflict;
    conflict.outage_id = std::get<0>(of);
    conflict.kind = std::get<1>(of);
    conflict.measured = values.measured;
    for (auto& [name, value] : values.by_value) conflict.values.push_back(std::move(value));
    std::stable_sort(
        conflict.values.begin(), conflict.values.end(),
        [](const auto& a, const auto& b) { return a.entry_ids.size() > b.entry_ids.size(); });
    out.push_back(std::move(conflict));
  }
  return out;
}

}  // namespace correlate
