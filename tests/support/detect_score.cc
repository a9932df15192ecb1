#include "tests/support/detect_score.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace support {
namespace {

struct Span {
  std::size_t begin;
  std::size_t end;
};

std::vector<Span> spans_of(const MadeSeries& made,
                           const std::vector<correlate::detect::Detection>& found) {
  std::vector<Span> out;
  auto n = static_cast<std::int64_t>(made.signal.values.size());
  auto sample = [&](model::Instant at) {
    auto i = (at - made.signal.from) / made.signal.step;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(i, 0, n));
  };
  for (const auto& d : found) {
    for (const auto& o : d.outages) {
      out.push_back({sample(o.start), o.end ? sample(*o.end) : static_cast<std::size_t>(n)});
    }
  }
  return out;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

void score(const MadeSeries& made, const std::vector<correlate::detect::Detection>& found,
           double least_depth, DetectScore& sum) {
  const auto& values = made.signal.values;
  auto spans = spans_of(made, found);
  std::vector<std::uint8_t> alarmed(values.size());
  for (const auto& s : spans)
    std::fill(alarmed.begin() + static_cast<std::ptrdiff_t>(s.begin),
              alarmed.begin() + static_cast<std::ptrdiff_t>(s.end), 1);
  std::vector<double> depth(values.size());
  for (const auto& o : made.outages) {
    for (auto i = o.begin; i < o.end; ++i) depth[i] = o.depth;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    if (depth[i] >= least_depth) {
      ++sum.down;
      sum.down_found += alarmed[i];
    } else if (depth[i] == 0) {
      ++sum.up;
      sum.up_alarmed += alarmed[i];
    }
  }
  std::vector<bool> used(spans.size());
  for (const auto& o : made.outages) {
    std::vector<Span> hits;
    for (std::size_t k = 0; k < spans.size(); ++k) {
      if (spans[k].begin >= o.end || o.begin >= spans[k].end) continue;
      used[k] = true;
      hits.push_back(spans[k]);
    }
    if (o.depth < least_depth) continue;
    ++sum.outages;
    if (hits.empty()) continue;
    ++sum.found;
    if (hits.size() > 1) ++sum.in_fragments;
    auto off = [](std::size_t a, std::size_t b) {
      return std::abs(static_cast<double>(a) - static_cast<double>(b));
    };
    sum.onset_errors.push_back(off(hits.front().begin, o.begin));
    sum.end_errors.push_back(off(hits.back().end, o.end));
  }
  for (bool b : used) sum.false_outages += b ? 0 : 1;
}

}  // namespace support
