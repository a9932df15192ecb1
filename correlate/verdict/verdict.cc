#include "correlate/verdict/verdict.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "correlate/verdict/duration.h"
#include "correlate/verdict/point.h"
#include "correlate/verdict/timex_value.h"
#include "store/model/zones.h"

namespace correlate::verdict {
namespace {

using model::ClaimKind;
using model::Seconds;
using model::Verdict;
using model::VerdictKind;

constexpr double kWhole = 0.9;  // a depth from which on "all of it" is right
constexpr double kDown = 0.5;   // below this share of its usual level a signal is down

double to_seconds(const std::optional<Seconds>& length) {
  return length ? static_cast<double>(length->count()) : 0;
}

Verdict undecided(std::string note) {
  Verdict out;
  out.verdict = VerdictKind::kUndecided;
  out.note = std::move(note);
  return out;
}

const char* why_no_end(const model::Outage& outage) {
  return outage.open ? "the outage was still open when last measured"
                     : "when the outage ended was not measured";
}

// Whether a length reaches up to the time of writing only: it says so, or it was written while much
// of the outage was still to come and does not speak of its end.
bool is_so_far(const model::Claim& claim, const model::Outage& outage, const Writing& writing) {
  if (claim.ongoing) return true;
  if (writing.told_over || !outage.end || writing.at.from < outage.start) return false;
  return writing.at.to < *outage.end - *outage.duration() / 10;
}

Verdict judge_duration(const model::Claim& claim, const model::Outage& outage,
                       const Writing& writing) {
  double m = 0;
  double u = to_seconds(outage.start_uncertainty);
  Verdict out;
  if (is_so_far(claim, outage, writing)) {
    if (writing.at.to <= outage.start) return undecided("it was written before the measured start");
    // A writing time that is only known to the day is its middle, give or take half a day.
    auto earliest = std::max(writing.at.from, outage.start);
    Seconds half = (writing.at.to - earliest) / 2;
    Seconds so_far = earliest + half - outage.start;
    m = static_cast<double>(so_far.count());
    u += static_cast<double>(half.count());
    out.measured = model::human_duration(so_far) + " up to the time of writing";
  } else if (!outage.end) {
    return undecided(why_no_end(outage));
  } else {
    m = static_cast<double>(outage.duration()->count());
    u += to_seconds(outage.end_uncertainty);
    out.measured = model::human_duration(*outage.duration());
  }
  auto claimed = parse_length(claim.value);
  if (!claimed) {
    out.note = "it names no number";
    return out;
  }
  auto held = hold(bound_of(claim.mod, claim.span.text), claimed->seconds,
                   granularity(*claimed, claim.span.text), m, u);
  out.verdict = held.verdict;
  out.note = held.note;
  return out;
}

Verdict judge_point(const model::Claim& claim, const model::Outage& outage,
                    const Writing& writing) {
  bool start = claim.kind == ClaimKind::kStart;
  if (!start && !outage.end) return undecided(why_no_end(outage));
  model::Instant measured = start ? outage.start : *outage.end;
  auto u = (start ? outage.start_uncertainty : outage.end_uncertainty).value_or(Seconds{0});
  Clocks clocks{writing.publisher_zone, place_zones(outage.scope, measured)};
  auto held = hold_point(claim, measured, u, clocks);
  Verdict out;
  out.verdict = held.verdict;
  out.note = held.note;
  out.measured = model::to_iso(measured, model::Precision::kMinute);
  return out;
}

// "Traffic fell by 90 percent": shares in news are rounded to tens.
Verdict judge_depth(const model::Claim& claim, const model::Outage& outage) {
  constexpr double kTolerance = 0.1;
  if (!outage.depth) return undecided("how deep the outage was is not known");
  if (!claim.amount || claim.unit != "share") return undecided("the claim gives no share");
  Verdict out;
  out.measured = fmt::format("{:.0f} % of {} down", *outage.depth * 100, to_string(outage.scope));
  double off = *outage.depth - *claim.amount;
  bool more = claim.mod == "MORE_THAN" || claim.mod == "EQUAL_OR_MORE";
  bool less = claim.mod == "LESS_THAN" || claim.mod == "EQUAL_OR_LESS";
  bool agrees = (more || off <= kTolerance) && (less || off >= -kTolerance);
  out.verdict = agrees ? VerdictKind::kAgrees : VerdictKind::kDisagrees;
  return out;
}

Verdict judge_scope(const model::Claim& claim, const model::Outage& outage) {
  if (!outage.depth) return undecided("how deep the outage was is not known");
  // "Four networks", "900,000 customers": what was measured is a share.
  if (claim.value == "count") return undecided("how many were hit was not measured");
  if (claim.value == "share") return judge_depth(claim, outage);
  Verdict out;
  out.measured = fmt::format("{:.0f} % of {} down", *outage.depth * 100, to_string(outage.scope));
  bool whole = *outage.depth >= kWhole;
  if (claim.value == "all") {
    out.verdict = whole ? VerdictKind::kAgrees : VerdictKind::kDisagrees;
  } else {
    out.verdict = whole ? VerdictKind::kDisagrees : VerdictKind::kAgrees;
  }
  return out;
}

// "Is still down" holds when the outage goes on at some moment of the time of writing.
Verdict judge_ongoing(const model::Outage& outage, const Writing& writing) {
  if (!outage.end && !outage.open) return undecided(why_no_end(outage));
  Verdict out;
  bool begun = outage.start < writing.at.to;
  bool over = outage.end && *outage.end < writing.at.from;
  out.verdict = begun && !over ? VerdictKind::kAgrees : VerdictKind::kDisagrees;
  out.measured =
      outage.end ? "until " + model::to_iso(*outage.end, model::Precision::kMinute) : "not over";
  return out;
}

Verdict judge_by_kind(const model::Claim& claim, const model::Outage& outage,
                      const Writing& writing) {
  switch (claim.kind) {
    case ClaimKind::kDuration:
      return judge_duration(claim, outage, writing);
    case ClaimKind::kStart:
    case ClaimKind::kEnd:
      return judge_point(claim, outage, writing);
    case ClaimKind::kScope:
      return judge_scope(claim, outage);
    case ClaimKind::kDepth:
      return judge_depth(claim, outage);
    case ClaimKind::kOngoing:
      return judge_ongoing(outage, writing);
    default:
      break;
  }
  Verdict out;
  out.verdict = VerdictKind::kNotMeasurable;
  out.note = claim.kind == ClaimKind::kCause ? "a measurement shows no cause"
                                             : "nothing that a measurement shows";
  if (!claim.speaker.empty()) out.note += "; says " + claim.speaker;
  return out;
}

// A denied claim ("it did not go down on Monday") is right where the statement is wrong.
VerdictKind denied(VerdictKind kind) {
  if (kind == VerdictKind::kAgrees) return VerdictKind::kDisagrees;
  return kind == VerdictKind::kDisagrees ? VerdictKind::kAgrees : kind;
}

// The samples of a signal inside `when`; empty when it does not cover all of it.
std::vector<std::optional<double>> window(const model::Signal& signal,
                                          const model::Interval& when) {
  auto length = static_cast<std::int64_t>(signal.values.size()) * signal.step;
  if (signal.step <= Seconds{0} || when.from < signal.from || when.to > signal.from + length) {
    return {};
  }
  auto first = (when.from - signal.from) / signal.step;
  auto last = (when.to - signal.from + signal.step - Seconds{1}) / signal.step;
  return {signal.values.begin() + first, signal.values.begin() + last};
}

// The usual level: the median of all samples.
double usual(const model::Signal& signal) {
  std::vector<double> values;
  for (const auto& value : signal.values) {
    if (value) values.push_back(*value);
  }
  if (values.empty()) return 0;
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

Verdict judge(const model::Claim& claim, const model::Outage& outage, const Writing& writing) {
  Verdict out = judge_by_kind(claim, outage, writing);
  if (claim.denied) out.verdict = denied(out.verdict);
  out.claimed = claim.span.text;
  return out;
}

Verdict judge_unlinked(const model::Claim& claim, const model::Interval& when,
                       const std::vector<const model::Signal*>& signals) {
  Verdict out;
  out.claimed = claim.span.text;
  out.verdict = VerdictKind::kNotMeasured;
  if (!is_measurable(claim.kind)) {
    out.verdict = VerdictKind::kNotMeasurable;
    return out;
  }
  for (const auto* one : signals) {
    const auto& signal = *one;
    auto samples = window(signal, when);
    bool whole = !samples.empty() && std::all_of(samples.begin(), samples.end(),
                                                 [](const auto& v) { return v.has_value(); });
    double level = usual(signal);
    if (!whole || level <= 0) continue;
    double lowest = **std::min_element(samples.begin(), samples.end());
    if (lowest < kDown * level) return out;  // down, but in no outage that this entry speaks of
    out.verdict = claim.denied ? VerdictKind::kAgrees : VerdictKind::kDisagrees;
    out.measured = "up";
    out.note = fmt::format("{} ({}) shows nothing down", signal.kind, signal.source);
    return out;
  }
  return out;
}

std::vector<std::string> place_zones(const model::Scope& scope, model::Instant at) {
  constexpr std::size_t kMost = 2;
  std::set<Seconds> offsets;
  std::vector<std::string> out;
  for (auto& name : model::zones_of_country(scope.country)) {
    auto offset = model::utc_offset(name, at);
    if (offset && offsets.insert(*offset).second) out.push_back(std::move(name));
  }
  return out.size() <= kMost ? out : std::vector<std::string>();
}

}  // namespace correlate::verdict
