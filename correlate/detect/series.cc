#include "correlate/detect/series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

namespace correlate::detect {
namespace {

constexpr std::int64_t kSpareSamples = 10'000;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Counts {
  std::size_t repeated = 0;
  std::size_t contradicted = 0;
  std::size_t impossible = 0;
  std::size_t off_grid = 0;
  std::size_t out_of_order = 0;
};

// Documents in the order of their first sample; among equals the later given one last, so that it
// overrules.
std::vector<const model::Signal*> in_order(std::span<const model::Signal> documents,
                                           Counts& counts) {
  std::vector<const model::Signal*> out;
  for (const auto& document : documents) {
    if (document.values.empty() || document.step.count() <= 0) continue;
    if (!out.empty() && document.from < out.back()->from) ++counts.out_of_order;
    out.push_back(&document);
  }
  std::stable_sort(out.begin(), out.end(), [](const model::Signal* a, const model::Signal* b) {
    return a->from < b->from;
  });
  return out;
}

model::Instant end_of(const model::Signal& s) {
  return s.from + static_cast<std::int64_t>(s.values.size()) * s.step;
}

double usable(const std::optional<double>& value, bool may_be_negative, Counts& counts) {
  if (!value) return kNone;
  if (std::isfinite(*value) && (*value >= 0 || may_be_negative)) return *value;
  ++counts.impossible;
  return kNone;
}

void lay(Detection& d, const model::Signal& s, bool may_be_negative, Counts& counts) {
  auto step = d.step.count();
  auto offset = (s.from - d.from).count();
  auto first = static_cast<std::size_t>((offset + step / 2) / step);
  if (offset % step != 0) ++counts.off_grid;
  if (d.values.size() < first + s.values.size()) d.values.resize(first + s.values.size(), kNone);
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    double value = usable(s.values[i], may_be_negative, counts);
    double& place = d.values[first + i];
    if (std::isnan(value)) continue;
    if (!std::isnan(place)) ++(place == value ? counts.repeated : counts.contradicted);
    place = value;
  }
}

void say(Detection& d, const Counts& counts) {
  auto add = [&](std::size_t n, std::string_view what) {
    if (n > 0) d.warnings.push_back({d.source, fmt::format("{} {}", n, what)});
  };
  add(counts.repeated, "samples were given twice");
  add(counts.contradicted, "samples were given twice with two values; the later document's counts");
  add(counts.impossible, "samples were negative or infinite; taken as none");
  add(counts.off_grid, "documents lay between the steps; each was moved to the nearest");
  add(counts.out_of_order, "documents came out of order");
}

Detection start(const model::Signal& s) {
  Detection d;
  d.scope = s.scope;
  d.source = s.source;
  d.kind = s.kind;
  d.from = s.from;
  d.step = s.step;
  return d;
}

}  // namespace

std::vector<Detection> lay_out(std::span<const model::Signal> documents, bool may_be_negative) {
  std::vector<Detection> out;
  Counts counts;
  auto sorted = in_order(documents, counts);
  // Holes cost memory that nobody sent: in all they may be ten times as long as what was sent.
  std::int64_t spare = kSpareSamples;
  for (const model::Signal* s : sorted) spare += 10 * static_cast<std::int64_t>(s->values.size());
  model::Instant reached{};
  for (const model::Signal* s : sorted) {
    std::int64_t hole = out.empty() ? 0 : (s->from - reached) / s->step;
    if (out.empty() || s->from > reached + kLongestHole || hole > spare) {
      if (!out.empty()) {
        say(out.back(), counts);
        counts = {};
      }
      out.push_back(start(*s));
      reached = s->from;
    } else {
      spare -= std::max<std::int64_t>(hole, 0);
    }
    lay(out.back(), *s, may_be_negative, counts);
    reached = std::max(reached, end_of(*s));
  }
  if (!out.empty()) say(out.back(), counts);
  return out;
}

std::vector<model::Interval> holes(const Detection& d) {
  std::vector<model::Interval> out;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    if (!std::isnan(d.values[i])) continue;
    auto at = d.from + static_cast<std::int64_t>(i) * d.step;
    if (!out.empty() && out.back().to == at) {
      out.back().to = at + d.step;
    } else {
      out.push_back({at, at + d.step});
    }
  }
  return out;
}

}  // namespace correlate::detect
