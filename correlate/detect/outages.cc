#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "correlate/detect/judged.h"
#include "correlate/detect/series.h"
#include "store/model/hash.h"

namespace correlate::detect {
namespace {

using model::Instant;
using model::Seconds;

constexpr double kDay = 86400;
// Between two drops the signal has not recovered where it still lacks this share of the lesser one.
constexpr double kNotRecovered = 0.6;

class Conclusion {
 public:
  Conclusion(Detection& d, const Judged& judged, const Params& params)
      : d_(d), judged_(judged), params_(params) {}

  void run() {
    for (const auto& segment : segments()) {
      auto depth = depth_of(segment);
      if (is_left_out(segment, depth)) continue;
      d_.outages.push_back(outage_of(segment, depth));
      if (d_.outages.back().open) settled_ = std::min(settled_, d_.outages.back().start);
    }
  }

 private:
  Instant time_of(std::size_t i) const { return d_.from + static_cast<std::int64_t>(i) * d_.step; }
  bool seen(std::size_t i) const { return !std::isnan(judged_.evidence[i]); }
  Seconds length_of(const Segment& s) const {
    return static_cast<std::int64_t>(s.length()) * d_.step;
  }

  // The share of what was expected that did not come; nothing where no value is expected.
  std::optional<double> depth_of(const Segment& s) const {
    if (judged_.expected.empty()) return std::nullopt;
    double expected = 0;
    double came = 0;
    for (std::size_t i = s.begin; i < s.end; ++i) {
      if (!seen(i)) continue;
      expected += judged_.expected[i];
      came += d_.values[i];
    }
    return expected > 0 ? std::clamp(1 - came / expected, 0.0, 1.0) : 0;
  }

  // Cut, with refined edges; what meets then, or did not recover between, is one.
  std::vector<Segment> segments() const {
    std::vector<Segment> out;
    for (auto segment : cut(judged_.evidence, judged_.onset, judged_.cutting)) {
      if (auto depth = depth_of(segment)) refine(segment, *depth);
      while (!out.empty() && is_one(out.back(), segment)) {
        segment.begin = std::min(out.back().begin, segment.begin);
        segment.end = std::max(out.back().end, segment.end);
        out.pop_back();
      }
      out.push_back(segment);
    }
    return out;
  }

  bool is_one(const Segment& a, const Segment& b) const {
    if (b.begin <= a.end) return true;
    Segment between{a.end, b.begin};
    if (judged_.expected.empty() || between.length() > a.length() + b.length()) return false;
    double least = std::min(depth_of(a).value_or(0), depth_of(b).value_or(0));
    return depth_of(between).value_or(0) >= kNotRecovered * least;
  }

  // How much likelier the sample is down by `depth` than up, in the noise's own measure: the
  // evidence is even at the least drop, an edge lies where half of the depth is lost.
  double gain(std::size_t i, double depth) const {
    double expected = judged_.expected[i];
    if (!seen(i) || !(expected > 0)) return 0;
    return std::clamp((1 - d_.values[i] / expected - depth / 2) / depth, -1.0, 1.0);
  }

  // Moves each edge, within an hour's worth of samples, to where up and down part best.
  void refine(Segment& s, double depth) const {
    if (depth <= 0) return;
    auto reach = std::max<std::size_t>(static_cast<std::size_t>(Seconds{3600} / d_.step), 2);
    s.begin = best_edge(s.begin, reach, 0, s.end - 1, depth, 1);
    s.end = best_edge(s.end, reach, s.begin + 1, judged_.evidence.size(), depth, -1);
    while (s.begin + 1 < s.end && !seen(s.begin)) ++s.begin;
    while (s.end > s.begin + 1 && !seen(s.end - 1)) --s.end;
  }

  // The boundary b near `at` with the greatest sum of gains from b on (sign 1: a start) or before b
  // (sign −1: an end).
  std::size_t best_edge(std::size_t at, std::size_t reach, std::size_t least, std::size_t most,
                        double depth, int sign) const {
    std::size_t begin = std::max(least, at > reach ? at - reach : 0);
    std::size_t end = std::min(most, at + reach);
    double sum = 0;
    double best = 0;
    std::size_t where = begin;
    for (std::size_t b = begin; b < end; ++b) {
      sum -= sign * gain(b, depth);
      if (sum > best + 1e-9) {
        best = sum;
        where = b + 1;
      }
    }
    return where;
  }

  bool is_left_out(const Segment& s, const std::optional<double>& depth) {
    if (params_.least_length && length_of(s) < *params_.least_length) return true;
    if (!depth) return false;
    if (*depth < judged_.least_drop) return true;
    return judged_.is_seasonal && looks_like_none(s, *depth);
  }

  // Dips of a seasonal signal that are told from outages by their place in the calendar or in the
  // series; each kind is counted.
  bool looks_like_none(const Segment& s, double depth) {
    double days = static_cast<double>(length_of(s).count()) / kDay;
    double slack = std::max(1200.0, static_cast<double>(d_.step.count())) / kDay;
    bool whole_days = days > 0.9 && std::abs(days - std::round(days)) <= slack;
    if (whole_days && depth < 0.5) return ++holidays_ > 0;
    bool censored = first_seen_before(s.begin) == s.begin;
    if (censored && depth < 0.8) return ++levels_ > 0;
    bool open = next_seen(s.end) == judged_.evidence.size();
    if (open && depth < 0.5 && days > 2) return ++levels_ > 0;
    return false;
  }

  // The last sample seen before `i`; `i` itself when there is none.
  std::size_t first_seen_before(std::size_t i) const {
    for (std::size_t k = i; k-- > 0;) {
      if (seen(k)) return k;
    }
    return i;
  }
  std::size_t next_seen(std::size_t i) const {
    while (i < judged_.evidence.size() && !seen(i)) ++i;
    return i;
  }

  model::Outage outage_of(const Segment& s, const std::optional<double>& depth) const {
    model::Outage o;
    o.scope = d_.scope;
    std::size_t before = first_seen_before(s.begin);
    std::size_t after = next_seen(s.end);
    o.start = time_of(s.begin);
    // What it was before the first sample nobody measured; its uncertainty has no bound then.
    if (before < s.begin) o.start_uncertainty = time_of(s.begin) - time_of(before);
    o.start_censored = before == s.begin;
    o.basis = model::Basis::kDerived;
    o.open = after == judged_.evidence.size();
    if (!o.open) {
      // A state was seen to be down at the last sample, a count fell short until that one's end.
      std::size_t last = judged_.is_state ? s.end - 1 : s.end;
      o.end = time_of(last);
      o.end_uncertainty = std::max(time_of(after) - time_of(last), d_.step);
    }
    if (depth) o.depth = std::round(*depth * 1000) / 1000;
    o.measurements.push_back({d_.source, figures(s, depth), "", std::nullopt, std::nullopt});
    o.basis = model::Basis::kDerived;
    o.id = model::make_id("det", model::to_string(d_.scope) + "|" + d_.source + "|" + d_.kind +
                                     "|" + model::to_iso(o.start));
    return o;
  }

  std::string figures(const Segment& s, const std::optional<double>& depth) const {
    double worst = 0;
    std::size_t samples = 0;
    for (std::size_t i = s.begin; i < s.end; ++i) {
      if (!seen(i)) continue;
      worst = std::max(worst, judged_.scores[i]);
      ++samples;
    }
    std::string out = fmt::format("{}: {}; {} samples of {}", to_string(d_.method), judged_.how,
                                  samples, model::human_duration(d_.step));
    if (!d_.kind.empty()) out += ", " + d_.kind;
    out += fmt::format(", deviation up to {:.1f}", worst);
    if (depth) out += fmt::format(", {:.1f} % lost", 100 * *depth);
    if (first_seen_before(s.begin) == s.begin) out += ", down when the series begins";
    return out;
  }

 public:
  void say() const {
    if (holidays_ > 0) {
      d_.warnings.push_back(
          {d_.source, fmt::format("{} dips of whole days were taken for holidays", holidays_)});
    }
    if (levels_ > 0) {
      d_.warnings.push_back(
          {d_.source,
           fmt::format("{} drops at an end of the series were taken for its level", levels_)});
    }
  }
  Instant settled() const { return settled_; }

 private:
  Detection& d_;
  const Judged& judged_;
  const Params& params_;
  int holidays_ = 0;
  int levels_ = 0;
  Instant settled_ = Instant::max();
};

}  // namespace

void conclude(Detection& d, Judged judged, const Params& params) {
  Conclusion conclusion(d, judged, params);
  conclusion.run();
  conclusion.say();
  d.blind = holes(d);
  auto end = d.from + static_cast<std::int64_t>(d.values.size()) * d.step;
  d.settled_until = std::min(conclusion.settled(), end - judged.horizon);
  d.expected = std::move(judged.expected);
  d.scores = std::move(judged.scores);
}

}  // namespace correlate::detect
