#include "correlate/verdict/point.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "correlate/verdict/timex_value.h"
#include "store/model/text.h"

namespace correlate::verdict {
namespace {

using model::Instant;
using model::Seconds;
using model::VerdictKind;

// From this on a measurement is exact to the day only and says nothing about parts of it; past an
// hour it says nothing about times on the clock.
constexpr Seconds kDayExact{12 * 3600};
constexpr Seconds kHourExact{3600};

// Words beside a time that make it approximate, where no TIMEX3 mod says so.
constexpr std::array<std::string_view, 34> kHedges = {
    "about",      "around",   "roughly",   "approximately", "circa",     "just before",
    "just after", "shortly",  "ago",       "nearly",        "almost",    "toward",
    "gegen",      "rund",     "kurz",      "etwa",          "vers",      "environ",
    "peu ",       "hacia",    "alrededor", "poco ",         "por volta", "cerca",
    "около",      "примерно", "близько",   "ごろ",          "頃",        "左右",
    "무렵",       "께",       "حوالي",     "sekitar"};

bool is_hedged(const model::Claim& claim) {
  if (!claim.mod.empty() && claim.mod != "START" && claim.mod != "END") return true;
  std::string folded = model::fold(claim.span.text);
  return std::any_of(kHedges.begin(), kHedges.end(), [&](std::string_view hedge) {
    return folded.find(hedge) != std::string::npos;
  });
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

// The smallest unit written: a minute, a quarter or an hour.
Seconds clock_unit(const model::Claim& claim, const CivilRange& range) {
  std::string folded = model::fold(claim.span.text);
  if (has_any(folded, {"quarter", "half past", "halb ", "viertel", "quart", "et demie", "y media",
                       "e meia", "четверть"})) {
    return Seconds{900};
  }
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 1; i + 2 < folded.size(); ++i) {
    bool separator = folded[i] == ':' || folded[i] == '.' || folded[i] == 'h';
    if (separator && digit(folded[i - 1]) && digit(folded[i + 1]) && digit(folded[i + 2])) {
      return Seconds{60};
    }
  }
  if (has_any(folded, {"分", "분", "دقيقة"})) return Seconds{60};
  return range.from.minute != 0 ? Seconds{60} : Seconds{3600};
}

struct Reading {
  std::string zone;
  std::string name;  // for the note
};

std::vector<Reading> readings(const model::Claim& claim, const CivilRange& range,
                              const Clocks& clocks) {
  if (claim.zone == "local") {
    std::vector<Reading> local;
    for (const auto& zone : clocks.place) local.push_back({zone, "local time"});
    if (!local.empty()) return local;
  } else if (model::is_zone(claim.zone)) {
    return {{claim.zone, ""}};
  }
  std::vector<Reading> out;
  auto add = [&out](const std::string& zone, const char* name) {
    if (!zone.empty()) out.push_back({zone, name});
  };
  add(clocks.publisher, "the publisher's zone");
  for (const auto& zone : clocks.place) add(zone, "the place's zone");
  if (range.clock || range.part || clocks.publisher.empty()) add("UTC", "UTC");
  return out;
}

int rank(VerdictKind kind) {
  if (kind == VerdictKind::kAgrees) return 2;
  return kind == VerdictKind::kRounds ? 1 : 0;
}

VerdictKind hold_clock(Instant claimed, Instant measured, Seconds unit, bool hedged, Seconds u) {
  Seconds off = claimed > measured ? claimed - measured : measured - claimed;
  Seconds tight = hedged ? std::max(unit, Seconds{900}) + u : unit / 2 + u;
  Seconds wide = hedged ? 2 * tight : unit + u;
  if (off <= tight) return VerdictKind::kAgrees;
  return off <= wide ? VerdictKind::kRounds : VerdictKind::kDisagrees;
}

class Point {
 public:
  Point(const model::Claim& claim, Instant measured, Seconds uncertainty)
      : claim_(claim), measured_(measured), u_(uncertainty), hedged_(is_hedged(claim)) {}

  VerdictKind read_in(const std::string& zone, const CivilRange& range) const {
    auto from = model::from_local(range.from, zone);
    auto to = model::from_local(range.to, zone);
    if (!from || !to) return VerdictKind::kUndecided;
    if (range.clock) {
      return hold_clock(*from, measured_, clock_unit(claim_, range), hedged_, u_);
    }
    bool inside = measured_ + u_ >= *from && measured_ - u_ < *to;
    return inside ? VerdictKind::kAgrees : VerdictKind::kDisagrees;
  }

  // The best over the ways in which the words can be read.
  VerdictKind best_in(const std::string& zone, const std::vector<CivilRange>& ranges) const {
    VerdictKind best = VerdictKind::kDisagrees;
    for (const auto& range : ranges) {
      VerdictKind found = read_in(zone, range);
      if (rank(found) > rank(best)) best = found;
    }
    return best;
  }

  // Whether any instant that was possibly measured lies within an hour of any that is claimed.
  bool possible_in(const std::string& zone, const std::vector<CivilRange>& ranges) const {
    constexpr Seconds kNear{3600};
    return std::any_of(ranges.begin(), ranges.end(), [&](const CivilRange& range) {
      auto from = model::from_local(range.from, zone);
      auto to = model::from_local(range.to, zone);
      return from && to && measured_ + u_ > *from - kNear && measured_ - u_ < *to + kNear;
    });
  }

 private:
  const model::Claim& claim_;
  Instant measured_;
  Seconds u_;
  bool hedged_;
};

// "fits if the time is …", for a stated zone that makes an otherwise exact claim wrong.
std::string other_zone(const Point& point, const std::vector<CivilRange>& ranges,
                       const Clocks& clocks) {
  std::vector<Reading> others{{"UTC", "UTC"}};
  for (const auto& zone : clocks.place) others.push_back({zone, "local time there"});
  if (!clocks.publisher.empty()) others.push_back({clocks.publisher, "the publisher's own time"});
  for (const Reading& other : others) {
    if (point.best_in(other.zone, ranges) == VerdictKind::kAgrees) {
      return "fits if the time is " + other.name;
    }
  }
  return "";
}

}  // namespace

PointVerdict hold_point(const model::Claim& claim, Instant measured, Seconds uncertainty,
                        const Clocks& clocks) {
  auto ranges = parse_civil(claim.value, claim.mod);
  if (ranges.empty()) return {VerdictKind::kUndecided, "it names no time that can be compared"};
  Point point(claim, measured, uncertainty);
  auto zones = readings(claim, ranges.front(), clocks);
  bool too_coarse = (ranges.front().part && uncertainty >= kDayExact) ||
                    (ranges.front().clock && uncertainty > kHourExact);
  if (too_coarse && point.possible_in(zones.front().zone, ranges)) {
    return {VerdictKind::kUndecided, fmt::format("the measurement is only exact to ± {}",
                                                 model::human_duration(uncertainty))};
  }
  bool stated = !claim.zone.empty();
  PointVerdict out{VerdictKind::kDisagrees, ""};
  for (const auto& reading : zones) {
    VerdictKind found = point.best_in(reading.zone, ranges);
    if (rank(found) <= rank(out.verdict)) continue;
    out.verdict = found;
    if (claim.zone.empty())
      out.note = "read in " + reading.name + " (" + reading.zone + "), one reading";
  }
  if (stated && out.verdict == VerdictKind::kDisagrees && ranges.front().clock) {
    out.note = other_zone(point, ranges, clocks);
  }
  return out;
}

}  // namespace correlate::verdict
