#include "feeds/render/series.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace feeds::render {
namespace {

using model::Instant;
using model::Seconds;

constexpr Seconds kLeastMargin{3600};

Instant end_of(const model::Signal& s) {
  return s.from + static_cast<std::int64_t>(s.values.size()) * s.step;
}

}  // namespace

Reduced reduce(const model::Signal& signal, const model::Interval& window, std::size_t buckets) {
  Reduced out;
  auto begin = std::max(window.from, signal.from);
  auto end = std::min(window.to, end_of(signal));
  if (begin >= end || buckets == 0) return out;
  auto step = signal.step.count();
  auto first = static_cast<std::size_t>((begin - signal.from).count() / step);
  auto last = static_cast<std::size_t>(((end - signal.from).count() + step - 1) / step);
  std::size_t each = (last - first + buckets - 1) / buckets;
  out.from = signal.from + static_cast<std::int64_t>(first) * signal.step;
  out.step = static_cast<std::int64_t>(each) * signal.step;
  for (std::size_t at = first; at < last; ++at) {
    if ((at - first) % each == 0) {
      out.least.emplace_back();
      out.most.emplace_back();
    }
    const auto& value = signal.values[at];
    if (!value) continue;
    out.least.back() = std::min(out.least.back().value_or(*value), *value);
    out.most.back() = std::max(out.most.back().value_or(*value), *value);
  }
  return out;
}

model::Interval window_of(const model::Signal& signal, const std::vector<model::Outage>& outages) {
  model::Interval all{signal.from, end_of(signal)};
  std::optional<model::Interval> shown;
  for (const auto& outage : outages) {
    auto end = outage.end.value_or(outage.open ? all.to : outage.start);
    if (outage.start >= all.to || end < all.from) continue;
    model::Interval one{std::max(outage.start, all.from), std::min(end, all.to)};
    if (!shown) shown = one;
    shown = {std::min(shown->from, one.from), std::max(shown->to, one.to)};
  }
  if (!shown) return all;
  auto margin = std::max({shown->length() / 2, kLeastMargin, 4 * signal.step});
  return {std::max(shown->from - margin, all.from), std::min(shown->to + margin, all.to)};
}

std::string bars(const Reduced& reduced) {
  constexpr std::array<std::string_view, 8> kBars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double top = 0;
  for (const auto& value : reduced.most) top = std::max(top, value.value_or(0));
  std::string out;
  if (!(top > 0)) return out;
  for (const auto& value : reduced.least) {
    double level = std::clamp(value.value_or(0) / top * 7, 0.0, 7.0);
    out += value ? kBars[static_cast<std::size_t>(level)] : "·";
  }
  return out;
}

}  // namespace feeds::render
