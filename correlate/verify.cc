#include "correlate/verify.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "correlate/verdict/timex_value.h"
#include "correlate/verdict/verdict.h"
#include "store/model/hash.h"

namespace correlate {
namespace {

using model::Claim;
using model::ClaimKind;
using model::Instant;
using model::Link;
using model::Outage;
using model::Seconds;
using model::Verdict;

constexpr Seconds kDay{24 * 3600};

// A start or end as a text tells it.
struct Point {
  bool start = true;
  model::Interval interval;
  std::string value;  // TIMEX3
  std::string mod;
  std::string zone;
};

// The linked outages that a claim can be about, most probable first.
std::vector<const Outage*> said(const std::vector<Link>& links, const OutageIndex& outages,
                                const Claim& claim) {
  std::vector<const Outage*> all;
  std::vector<const Outage*> of_place;
  for (const auto& link : links) {
    const Outage* outage = outages.find(link.outage_id);
    if (link.probability < kSaidFrom || outage == nullptr) continue;
    all.push_back(outage);
    const auto& countries = claim.countries;
    if (std::find(countries.begin(), countries.end(), outage->scope.country) != countries.end()) {
      of_place.push_back(outage);
    }
  }
  return of_place.empty() ? all : of_place;
}

// How far an instant is from a time; nothing inside it.
Seconds distance(const model::Interval& time, Instant at) {
  if (at < time.from) return time.from - at;
  return at >= time.to ? at - time.to : Seconds{0};
}

// How far an instant is from a calendar time on the clocks of some zones.
std::optional<Seconds> distance(const std::vector<verdict::CivilRange>& ranges,
                                const std::vector<std::string>& zones, Instant at) {
  std::optional<Seconds> least;
  for (const auto& range : ranges) {
    for (const auto& zone : zones) {
      auto from = model::from_local(range.from, zone);
      auto to = model::from_local(range.to, zone);
      if (!from || !to) continue;
      Seconds off = distance(model::Interval{*from, *to}, at);
      if (!least || off < *least) least = off;
    }
  }
  return least;
}

// How far an outage's start or end is from a told time; nothing when it cannot be meant. A local
// time is read on the clocks of the outage's place, or, should the writer have mixed them up, as
// UTC, which then has to be the nearer by `kMixedUp`.
std::optional<Seconds> distance(const Outage& outage, const Point& point) {
  constexpr Seconds kMixedUp{1800};
  if (!point.start && !outage.end && point.interval.to <= outage.start) return std::nullopt;
  Instant at = point.start ? outage.start : outage.end.value_or(outage.start);
  if (point.zone != "local") return distance(point.interval, at);
  auto ranges = verdict::parse_civil(point.value, point.mod);
  auto local = distance(ranges, verdict::place_zones(outage.scope, outage.start), at);
  auto utc = distance(ranges, {"UTC"}, at);
  if (!local || !utc) return distance(point.interval, at);
  return std::min(*local, *utc + kMixedUp);
}

// The outage whose start or end lies nearest to a time; the most probable of equals.
const Outage* nearest(const std::vector<const Outage*>& outages, const Point& point) {
  const Outage* best = nullptr;
  Seconds least{};
  for (const auto* outage : outages) {
    auto off = distance(*outage, point);
    if (off && (best == nullptr || *off < least)) {
      least = *off;
      best = outage;
    }
  }
  return best;
}

// The time that a claim's sentence gives for the start or end of the outage it speaks of, if any.
std::optional<Point> told_time(const Claim& claim, const model::Extraction& extraction) {
  auto point_of = [](const Claim& from) {
    return Point{from.kind == ClaimKind::kStart, *from.interval, from.value, from.mod, from.zone};
  };
  auto is_point = [](const Claim& other) {
    bool point = other.kind == ClaimKind::kStart || other.kind == ClaimKind::kEnd;
    return point && other.interval.has_value();
  };
  if (is_point(claim)) return point_of(claim);
  for (const auto& other : extraction.claims) {
    if (is_point(other) && other.sentence == claim.sentence) return point_of(other);
  }
  for (const auto& time : extraction.times) {
    bool inside = time.span.begin >= claim.sentence.begin && time.span.end <= claim.sentence.end;
    if (!inside || !time.interval || time.interval->to - time.interval->from > kDay) continue;
    return Point{true, *time.interval, time.value, time.mod, time.zone};
  }
  return std::nullopt;
}

// `meant`, unless a claimed length is of quite another order than its own and of the order of
// another's: who writes "half an hour" does not speak of the nine hours, even beside their times.
const Outage* of_that_order(const Outage* meant, const std::vector<const Outage*>& outages,
                            const Claim& claim) {
  auto claimed = verdict::parse_length(claim.value);
  if (claim.kind != ClaimKind::kDuration || !claimed || claimed->seconds <= 0) return meant;
  auto ratio = [&](const Outage& outage) {
    double length = outage.end ? static_cast<double>(outage.duration()->count()) : 0;
    if (length <= 0) return std::numeric_limits<double>::infinity();
    return std::max(length / claimed->seconds, claimed->seconds / length);
  };
  constexpr double kAnotherOrder = 3;
  constexpr double kSameOrder = 1.5;
  if (ratio(*meant) <= kAnotherOrder) return meant;
  auto like = std::find_if(outages.begin(), outages.end(),
                           [&](const Outage* outage) { return ratio(*outage) <= kSameOrder; });
  return like == outages.end() ? meant : *like;
}

// Which outage a claim speaks of: the one that the times of its own sentence name, else the one
// that is most probably meant. Never the one that merely fits best: that would prove anything.
const Outage* choose(const Claim& claim, const model::Extraction& extraction,
                     const std::vector<const Outage*>& outages) {
  if (outages.empty()) return nullptr;
  const Outage* meant = outages.front();
  if (auto point = told_time(claim, extraction)) {
    if (const Outage* named = nearest(outages, *point)) meant = named;
  }
  return of_that_order(meant, outages, claim);
}

bool tells_the_end(const model::Extraction& extraction) {
  return extraction.happening == model::Happening::kOutageEnd ||
         std::any_of(extraction.claims.begin(), extraction.claims.end(), [](const Claim& claim) {
           return claim.kind == ClaimKind::kEnd && !claim.denied;
         });
}

// What can show that a place was connected: routes, answers to probes, traffic. Not loss or
// latency, and not how often single services were blocked.
bool shows_connection(const model::Signal& signal) {
  constexpr std::array kNames = {"visible", "bgp", "ping-slash24", "merit-nt",
                                 "ucsd-nt", "gtr", "traffic",      "netflows"};
  constexpr std::array kOthers = {"loss", "latency", "delay", "asns"};
  auto has = [&](const char* name) { return signal.kind.find(name) != std::string::npos; };
  return std::any_of(kNames.begin(), kNames.end(), has) &&
         std::none_of(kOthers.begin(), kOthers.end(), has);
}

// The signals that a claim without an outage is held against: those of the whole country, where
// there are any; one network that stayed up says little of the others.
SignalList signals_of(const Claim& claim, const SignalList& signals) {
  SignalList whole;
  SignalList parts;
  for (const auto* signal : signals) {
    const auto& countries = claim.countries;
    const auto& scope = signal->scope;
    bool meant = std::find(countries.begin(), countries.end(), scope.country) != countries.end();
    if (!meant || !shows_connection(*signal)) continue;
    bool part = scope.asn || !scope.region.empty() || !scope.prefix.empty();
    (part ? parts : whole).push_back(signal);
  }
  return whole.empty() ? parts : whole;
}

// What a measurement can be asked about, though it has no answer to a cause. Statements, threats
// and the like are not checked.
bool is_checked(ClaimKind kind) {
  return is_measurable(kind) || kind == ClaimKind::kCause || kind == ClaimKind::kAttribution;
}

// Who is said to have it first: the measurer that the entry cites, since whoever is quoted has it
// from there, else who says it.
std::string source_of(const Claim& claim, const model::Extraction& extraction) {
  const std::string* cited = nullptr;
  for (const auto& mention : extraction.mentions) {
    if (mention.kind != model::MentionKind::kMeasurer) continue;
    bool here =
        mention.span.begin >= claim.sentence.begin && mention.span.end <= claim.sentence.end;
    if (here || mention.name == claim.speaker) return mention.name;
    if (cited == nullptr) cited = &mention.name;
  }
  if (!claim.speaker.empty()) return claim.via.empty() ? claim.speaker : claim.via.back();
  return cited == nullptr ? "" : *cited;
}

}  // namespace

std::vector<Verdict> verify(const Article& article, const model::Extraction& extraction,
                            const std::vector<Link>& links, const OutageIndex& outages,
                            const SignalList& signals) {
  std::vector<Verdict> out;
  verdict::Writing writing{article.anchor.interval(), article.anchor.zone,
                           tells_the_end(extraction)};
  for (const auto& claim : extraction.claims) {
    if (!is_checked(claim.kind)) continue;
    const Outage* outage = choose(claim, extraction, said(links, outages, claim));
    Verdict verdict;
    if (outage != nullptr) {
      verdict = verdict::judge(claim, *outage, writing);
      verdict.outage_id = outage->id;
    } else {
      auto when = claim.interval.value_or(extraction.happened.interval());
      verdict = verdict::judge_unlinked(claim, when, signals_of(claim, signals));
    }
    verdict.claim_id = claim.id;
    verdict.entry_id = article.id;
    verdict.revision = article.revision;
    verdict.source = source_of(claim, extraction);
    verdict.id = model::make_id("vrd", claim.id + "\n" + verdict.outage_id);
    out.push_back(std::move(verdict));
  }
  return out;
}

}  // namespace correlate
