#include "correlate/evidence/pair.h"

#include <algorithm>
#include <utility>

namespace correlate::evidence {
namespace {

using model::Instant;
using model::Interval;
using model::Seconds;

constexpr Seconds kHour{3600};
constexpr Seconds kDay{86400};

// How far `at` ± `u` lies from what an expression can mean; 0 inside it.
Seconds gap(const Interval& said, Instant at, Seconds u) {
  if (at + u < said.from) return said.from - (at + u);
  if (at - u >= said.to) return (at - u) - said.to + Seconds{1};
  return Seconds{0};
}

Lag lag_of(const Interval& written, Instant start, Instant over, Seconds u) {
  if (written.to + u < start) {
    return written.to + u + 6 * kHour < start ? Lag::kBefore : Lag::kJustBefore;
  }
  if (written.from <= over) return Lag::kDuring;
  Seconds since = written.from - over;
  if (since <= 12 * kHour) return Lag::kHalfDay;
  if (since <= 36 * kHour) return Lag::kDayAndHalf;
  if (since <= 3 * kDay) return Lag::kThreeDays;
  if (since <= 10 * kDay) return Lag::kTenDays;
  return since <= 366 * kDay ? Lag::kYear : Lag::kLater;
}

// What the claims of starts and ends come to.
struct Told {
  bool any = false;
  bool near = false;
  Fit start = Fit::kNone;
  Fit end = Fit::kNone;
  const model::Claim* start_claim = nullptr;
  const model::Claim* end_claim = nullptr;
  std::uint32_t claims = 0;
};

bool is_finer(Fit a, Fit b) { return b == Fit::kNone || a < b; }

Course course_of(const Interval& written, Instant start, const Facts& facts, Seconds moved) {
  if (written.from <= start + 36 * kHour) return Course::kBegun;
  if (!facts.outage->end) return Course::kUnknown;
  Instant over = *facts.outage->end + moved;
  if (written.to < over) return Course::kLasts;
  return written.from <= over + 3 * kDay ? Course::kJustOver : Course::kOver;
}

Told hold_told(const Reading& reading, const Facts& facts, const Country& country, Seconds moved) {
  const auto& outage = *facts.outage;
  Told out;
  std::uint32_t bit = 1;
  for (const auto& told : reading.told(outage.scope.country, country.zones)) {
    auto own = std::exchange(bit, bit << 1U);
    if (!told.start && !outage.end) continue;
    out.any = true;
    Instant at = (told.start ? outage.start : *outage.end) + moved;
    auto u = (told.start ? outage.start_uncertainty : outage.end_uncertainty).value_or(Seconds{0});
    Seconds least = Seconds::max();
    for (const auto& interval : told.readings) least = std::min(least, gap(interval, at, u));
    out.near = out.near || least <= kDay;
    if (least > Seconds{0}) continue;
    if (told.fine <= Fit::kDay) out.claims |= own;
    // No finer than it was measured.
    Fit fine = std::max(told.fine, fineness({at - u, at + u}));
    auto& best = told.start ? out.start : out.end;
    if (!is_finer(fine, best)) continue;
    best = fine;
    (told.start ? out.start_claim : out.end_claim) = told.claim;
  }
  return out;
}

// Whether a time is mentioned in which it was down.
Fit hold_mentioned(const Reading& reading, Instant start, Instant over) {
  Fit out = Fit::kNone;
  for (const auto& interval : reading.mentioned()) {
    if (interval.from > over || interval.to <= start) continue;
    if (interval.length() <= kDay * 3 / 2) return Fit::kMentionedDay;
    out = Fit::kMentioned;
  }
  return out;
}

// Whether the outage's own network, prefix or operator is named.
bool is_named(const Reading& reading, const Facts& facts) {
  const auto& scope = facts.outage->scope;
  return (scope.asn && reading.networks().contains(*scope.asn)) ||
         reading.names_prefix(scope.prefix) || reading.names_operator(facts);
}

Network network_of(const Reading& reading, const Facts& facts, std::size_t place) {
  const auto& scope = facts.outage->scope;
  bool any = !reading.networks().empty();
  // An operator or cable that broke in several countries stands for those that are named.
  bool plainly = place < kBeside;
  switch (facts.own) {
    case Own::kOperators:
      if (plainly && reading.names_operator(facts)) return Network::kOperatorsNamed;
      [[fallthrough]];
    case Own::kCountry:
      return any ? Network::kPlainNamed : Network::kPlain;
    case Own::kOperator:
      return reading.names_operator(facts) ? Network::kOwnNamed : Network::kOwn;
    case Own::kNetwork:
      break;
  }
  if (scope.asn && reading.networks().contains(*scope.asn)) return Network::kAsNamed;
  if (reading.names_prefix(scope.prefix)) return Network::kAsNamed;
  if (reading.names_operator(facts)) return Network::kAsOperator;
  if (any) return Network::kAsOther;
  bool spoken_of = place < place_bin(Named::kTitle, Others::kNone);
  return spoken_of ? Network::kAsPlace : Network::kAs;
}

}  // namespace

TimeFit fit_time(const Reading& reading, const Facts& facts, const Country& country,
                 Seconds moved) {
  const auto& outage = *facts.outage;
  TimeFit out;
  auto u = outage.start_uncertainty.value_or(Seconds{0});
  out.course = course_of(reading.written(), outage.start + moved, facts, moved);
  out.lag = lag_of(reading.written(), outage.start + moved, facts.over + moved, u);
  Told told = hold_told(reading, facts, country, moved);
  out.claims = told.claims;
  bool both = told.start != Fit::kNone && told.end != Fit::kNone;
  bool start_first = is_finer(told.start, told.end) && told.start != Fit::kNone;
  out.claim = start_first ? told.start_claim : told.end_claim;
  if (both && told.start <= Fit::kHour && told.end <= Fit::kHour) {
    out.fit = Fit::kBoth;
  } else if (out.claim != nullptr) {
    out.fit = start_first ? told.start : told.end;
  } else {
    out.fit = hold_mentioned(reading, outage.start + moved, facts.over + moved);
    if (out.fit == Fit::kNone && told.any) out.fit = told.near ? Fit::kNear : Fit::kConflict;
  }
  return out;
}

Bins article_bins(const Reading& reading) {
  Bins out;
  out.set(Feature::kWords, reading.words_bin());
  out.set(Feature::kHappening, reading.happening_bin());
  out.set(Feature::kClaims, reading.claims_bin());
  out.set(Feature::kPlans, static_cast<std::size_t>(reading.plans()));
  return out;
}

Bins fixed_bins(const Reading& reading, const Facts& facts) {
  const auto& outage = *facts.outage;
  Bins out = article_bins(reading);
  bool whole = facts.own == Own::kCountry || facts.own == Own::kOperators;
  std::size_t place = reading.place(outage.scope.country, !whole && is_named(reading, facts));
  out.set(Feature::kPlace, place);
  out.set(Feature::kNetwork, static_cast<std::size_t>(network_of(reading, facts, place)));
  Region region = Region::kNone;
  if (!outage.scope.region.empty()) {
    region = reading.names_region(outage.scope.region) ? Region::kNamed : Region::kOther;
  }
  out.set(Feature::kRegion, static_cast<std::size_t>(region));
  out.set(Feature::kDepth, static_cast<std::size_t>(reading.depth(outage.depth)));
  out.set(Feature::kCause, static_cast<std::size_t>(reading.cause(facts.cause)));
  return out;
}

void fit_length(Bins& bins, const Reading& reading, const Facts& facts, const Country& country,
                Seconds moved) {
  const auto& outage = *facts.outage;
  Duration best = Duration::kNone;
  bins.chance = 1;
  bins.lengths = 0;
  std::uint32_t bit = 1;
  for (const auto& length : reading.lengths()) {
    auto own = std::exchange(bit, bit << 1U);
    double lasted = 0;
    auto u = outage.start_uncertainty.value_or(Seconds{0});
    if (length.so_far) {
      if (reading.written().from <= outage.start + moved) continue;
      lasted = static_cast<double>((reading.written().from - outage.start - moved).count());
    } else if (outage.end) {
      lasted = static_cast<double>((*outage.end - outage.start).count());
      u += outage.end_uncertainty.value_or(Seconds{0});
    } else {
      continue;
    }
    auto slack = static_cast<double>(u.count());
    bool fits = lasted + slack >= length.least && lasted - slack <= length.most;
    if (fits) bins.lengths |= own;
    if (!fits && best != Duration::kNone) continue;
    double chance = country.share(length.least - slack, length.most + slack);
    // The rarest that fits; of those that do not, the first.
    if (fits && best == Duration::kFits && chance >= bins.chance) continue;
    best = fits ? Duration::kFits : Duration::kOff;
    bins.chance = chance;
  }
  bins.set(Feature::kDuration, static_cast<std::size_t>(best));
}

}  // namespace correlate::evidence
