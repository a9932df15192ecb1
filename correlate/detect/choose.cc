#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "correlate/detect/detect.h"
#include "correlate/detect/level.h"
#include "correlate/detect/series.h"
#include "correlate/detect/sliding.h"

namespace correlate::detect {
namespace {

struct Name {
  std::string_view name;
  Method method;
};
constexpr std::array<Name, 5> kNames = {{{"auto", Method::kAuto},
                                         {"ratio", Method::kRatio},
                                         {"seasonal", Method::kSeasonal},
                                         {"consensus", Method::kConsensus},
                                         {"scores", Method::kScores}}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

bool has(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// Whether the hour of the day explains most of what moves, and moves it by a tenth and more:
// the spread of the hourly medians against the spread of single samples about them.
bool has_rhythm(std::span<const model::Signal> documents) {
  auto series = lay_out(documents, false);
  if (series.empty()) return false;
  const auto& d = *std::max_element(series.begin(), series.end(), [](const auto& a, const auto& b) {
    return a.values.size() < b.values.size();
  });
  // Fewer days than a week tell a rhythm from an outage too badly.
  if (static_cast<std::int64_t>(d.values.size()) * d.step.count() < kWeekSeconds) return false;
  std::array<std::vector<double>, 24> hours;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    auto at = (d.from + static_cast<std::int64_t>(i) * d.step).time_since_epoch().count();
    auto hour = static_cast<std::size_t>((at / 3600 % 24 + 24) % 24);
    if (!std::isnan(d.values[i])) hours[hour].push_back(d.values[i]);
  }
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  std::vector<double> residuals;
  for (auto& hour : hours) {
    if (hour.empty()) continue;
    double middle = median_of(hour);
    least = std::min(least, middle);
    most = std::max(most, middle);
    for (double value : hour) residuals.push_back(std::abs(value - middle));
  }
  if (residuals.empty() || !(most > 0)) return false;
  double spread = most - least;
  return spread > 0.1 * most && spread > 2 * kMadToSigma * median_of(residuals);
}

}  // namespace

std::optional<Method> method_named(std::string_view name) {
  for (const auto& row : kNames) {
    if (row.name == name) return row.method;
  }
  return std::nullopt;
}

std::string_view to_string(Method method) { return kNames[static_cast<std::size_t>(method)].name; }

Method choose(std::span<const model::Signal> documents) {
  if (documents.empty()) return Method::kSeasonal;
  const auto& first = documents.front();
  std::string unit = lower(first.unit);
  std::string what = lower(first.kind) + " " + lower(first.source);
  if (has(unit, {"deviation score"})) return Method::kScores;
  if (has(unit, {"share of peers", "peers"}) || has(what, {"peers"})) return Method::kConsensus;
  bool is_state = has(what, {"bgp", "prefix", "ping", "prob", "trinocular", "route"}) ||
                  has(unit, {"prefix", "/24", "route"});
  // Names may promise a steady state that the samples do not keep.
  if (is_state) return has_rhythm(documents) ? Method::kSeasonal : Method::kRatio;
  return Method::kSeasonal;
}

}  // namespace correlate::detect
