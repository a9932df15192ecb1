#include "correlate/hints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace correlate {
namespace {

using model::Instant;
using model::Reason;
using model::Seconds;

// How often something is so of ordered shutdowns, and of spontaneous outages.
struct Rates {
  double ordered;
  double spontaneous;

  // A share as small as 0.2 % was counted on few outages, and relapses recur too: no sign alone
  // weighs more than 16 to 1.
  double bits() const { return std::clamp(std::log2(ordered / spontaneous), -4.0, 4.0); }
};

constexpr Rates kOnTheHour{0.706, 0.231};
constexpr Rates kHalfHour{0.848 - 0.706, 0.395 - 0.231};
constexpr Rates kOffTheHour{1 - 0.848, 1 - 0.395};
constexpr Rates kAllSignals{0.945, 0.539};
constexpr Rates kNotAllSignals{1 - 0.945, 1 - 0.539};
constexpr Rates kRecurs{0.677, 0.002};
constexpr Rates kDoesNot{1 - 0.677, 1 - 0.002};
constexpr Rates kFriday{0.060, 1.0 / 7};
constexpr Rates kNoFriday{1 - 0.060, 6.0 / 7};

constexpr Seconds kDay{86400};
// A start known no better than this tells no minute of the hour.
constexpr Seconds kFineEnough{900};
constexpr Seconds kUsualStep{300};
// The features hang together (who orders one for an exam orders the next), so their sum says more
// than they know; and no shape proves an order.
constexpr double kMostBits = 8;

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

Reason reason(std::string feature, const Rates& rates, std::string_view what) {
  return {std::move(feature), rates.bits(),
          fmt::format("{}: so {} of ordered shutdowns and {} of spontaneous outages", what,
                      percent(rates.ordered), percent(rates.spontaneous))};
}

// Distance to the nearest multiple of `unit` after midnight, on that clock.
std::int64_t off(const model::Civil& local, std::int64_t unit) {
  std::int64_t second = local.hour * 3600 + local.minute * 60 + local.second;
  auto rest = second % unit;
  return std::min(rest, unit - rest);
}

std::string clock(const model::Civil& local, const std::string& zone) {
  return fmt::format("{:02}:{:02} in {}", local.hour, local.minute, zone);
}

// Hour and half-hour, in the zone that fits best.
std::optional<Reason> start_reason(const model::Outage& outage, const HintContext& context) {
  auto unsure = outage.start_uncertainty.value_or(kUsualStep);
  if (context.zones.empty() || outage.start_censored || unsure > kFineEnough) return std::nullopt;
  auto slack = std::clamp<std::int64_t>(unsure.count(), 60, kUsualStep.count());
  const std::string* best = &context.zones.front();
  for (const auto& zone : context.zones) {
    auto here = off(model::local_time(outage.start, zone), 3600);
    if (here < off(model::local_time(outage.start, *best), 3600)) best = &zone;
  }
  auto local = model::local_time(outage.start, *best);
  auto at = clock(local, *best);
  if (off(local, 3600) <= slack) return reason("clock", kOnTheHour, "began on the hour, " + at);
  if (off(local, 1800) <= slack) return reason("clock", kHalfHour, "began at a half hour, " + at);
  return reason("clock", kOffTheHour, "began at no full or half hour, " + at);
}

std::optional<Reason> weekday_reason(const model::Outage& outage, const HintContext& context) {
  if (context.zones.empty() || outage.start_censored) return std::nullopt;
  auto offset = model::utc_offset(context.zones.front(), outage.start);
  if (!offset) return std::nullopt;
  auto day = std::chrono::floor<std::chrono::days>(outage.start + *offset);
  bool friday = std::chrono::weekday(day) == std::chrono::Friday;
  return friday ? reason("weekday", kFriday, "began on a Friday")
                : reason("weekday", kNoFriday, "began on no Friday");
}

// Whether another outage began 1 to 4 days before or after. That none did counts only where four
// days to either side were watched.
std::optional<Reason> recurrence_reason(const model::Outage& outage, const HintContext& context) {
  Instant nearest{};
  bool recurs = false;
  for (Instant other : context.others) {
    auto apart = std::chrono::abs(other - outage.start);
    if (apart < kDay - Seconds{3600} || apart > 4 * kDay + Seconds{3600}) continue;
    if (!recurs || apart < std::chrono::abs(nearest - outage.start)) nearest = other;
    recurs = true;
  }
  if (recurs) {
    return reason("recurrence", kRecurs,
                  fmt::format("another began {} {}",
                              model::human_duration(std::chrono::abs(nearest - outage.start)),
                              nearest < outage.start ? "before" : "after"));
  }
  bool seen = context.watched && context.watched->from <= outage.start - 4 * kDay &&
              outage.start + 4 * kDay < context.watched->to;
  if (!seen) return std::nullopt;
  return reason("recurrence", kDoesNot, "no other began within one to four days");
}

bool names(const model::Outage& outage, std::initializer_list<std::string_view> words) {
  for (const auto& measurement : outage.measurements) {
    std::string text = measurement.source + " " + measurement.value;
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    for (auto word : words) {
      if (text.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

// Routes, probing and the telescope. One system alone does not tell which others saw nothing: it
// counts against an order only where two kinds are known and a third is not among them.
std::optional<Reason> signal_reason(const model::Outage& outage) {
  int seen = 0;
  seen += names(outage, {"bgp", "route", "prefix"}) ? 1 : 0;
  seen += names(outage, {"ping", "prob", "trinocular"}) ? 1 : 0;
  seen += names(outage, {"telescope", "ucsd-nt", "merit-nt"}) ? 1 : 0;
  if (seen == 3) {
    return reason("signals", kAllSignals, "seen in routes, by probing and by a telescope");
  }
  if (seen < 2) return std::nullopt;
  return reason("signals", kNotAllSignals, "seen in two of routes, probing and telescope only");
}

// Quantiles of the duration in hours: 5, 25, 50, 75, 95 %. Between them, evenly spread on a
// logarithmic scale; beyond, a twentieth over as many hours again.
using Quantiles = std::array<double, 7>;
constexpr Quantiles kOrderedHours{0.2, 0.83, 4.5, 5.5, 8, 49.8, 240};
constexpr Quantiles kSpontaneousHours{0.08, 0.25, 1, 2, 4.5, 16.3, 240};
constexpr std::array<double, 6> kShares{0.05, 0.20, 0.25, 0.25, 0.20, 0.05};

double density(const Quantiles& hours, double at) {
  at = std::clamp(at, hours.front() * 1.0001, hours.back() * 0.9999);
  std::size_t i = 0;
  while (i + 2 < hours.size() && at >= hours[i + 1]) ++i;
  return kShares[i] / std::log(hours[i + 1] / hours[i]);
}

std::optional<Reason> duration_reason(const model::Outage& outage) {
  auto length = outage.duration();
  if (!length || length->count() <= 0 || outage.start_censored) return std::nullopt;
  double hours = static_cast<double>(length->count()) / 3600;
  // The quantiles are coarse; what they say is bounded.
  double bits = std::clamp(
      std::log2(density(kOrderedHours, hours) / density(kSpontaneousHours, hours)), -2.5, 2.5);
  return Reason{"duration", bits,
                fmt::format("lasted {}: half of ordered shutdowns last 4.5 to 8 h (median 5.5), "
                            "half of spontaneous outages 1 to 4.5 h (median 2)",
                            model::human_duration(*length))};
}

}  // namespace

CauseHints hints(const model::Outage& outage, const HintContext& context) {
  CauseHints out;
  double bits = 0;
  for (auto found :
       {start_reason(outage, context), duration_reason(outage), recurrence_reason(outage, context),
        signal_reason(outage), weekday_reason(outage, context)}) {
    if (!found) continue;
    bits += found->bits;
    out.reasons.push_back(std::move(*found));
  }
  bits = std::clamp(bits, -kMostBits, kMostBits);
  double odds = kOrderedShare / (1 - kOrderedShare) * std::exp2(bits);
  out.ordered = odds / (1 + odds);
  out.caveat = fmt::format(
      "A hint from the outage's shape alone; of 1,704 curated outages {} were ordered. The "
      "measurement does not tell motives.",
      percent(kOrderedShare));
  return out;
}

}  // namespace correlate
