#include "correlate/likeness.h"

#include <algorithm>
#include <cmath>

namespace correlate {
namespace {

constexpr double kJoinAtHour = 0.09;  // likeness at which an item joins, an hour after
constexpr double kMergeAtHour = 0.35;
constexpr double kOfSmall = 0.6;  // of it, where one of two stories has fewer than kSmall entries
constexpr double kOfOne = 0.35;
constexpr std::size_t kSmall = 4;
constexpr double kLeastGap = 0.1;  // hours
constexpr double kCoarseGap = 12;  // hours
constexpr double kAcross = 0.8;    // of the likeness of facts

}  // namespace

// From 6 terms on it grows with the logarithm of their number, to kMost at 120.
double by_chance(std::size_t terms) {
  constexpr double kLeast = 0.02, kMost = 0.2;
  double many = static_cast<double>(std::max<std::size_t>(terms, 6));
  double share = std::log(many / 6) / std::log(20.0);
  return kLeast + (kMost - kLeast) * std::min(share, 1.0);
}

double fit_of_item(const Closeness& close) {
  double needed = std::max(kJoinAtHour * std::sqrt(close.gap), by_chance(close.terms));
  return close.cosine / needed;
}

double fit_of_stories(const Closeness& close, std::size_t smaller) {
  double needed = kMergeAtHour * std::sqrt(close.gap);
  if (smaller < kSmall) needed *= smaller == 1 ? kOfOne : kOfSmall;
  return close.cosine / std::max(needed, 1.5 * by_chance(close.terms));
}

double apart_by(model::Instant a, model::Instant b, bool coarse) {
  double hours = std::abs(static_cast<double>((a - b).count())) / 3600;
  return std::max(hours, coarse ? kCoarseGap : kLeastGap);
}

double across_languages(const Terms& facts, const Centroid& story, model::Happening a,
                        model::Happening b) {
  if (a != b || a == model::Happening::kOther) return 0;
  auto shared = std::count_if(facts.begin(), facts.end(),
                              [&](const Term& term) { return story.dot(Terms{term}) > 0; });
  return shared < 2 ? 0 : kAcross * story.cosine(facts);
}

bool compatible(model::Happening a, model::Happening b) {
  using model::Happening;
  auto begins = [](Happening h) {
    return h == Happening::kOutage || h == Happening::kOutageStart || h == Happening::kRelapse;
  };
  return !(begins(a) && b == Happening::kOutageEnd) && !(a == Happening::kOutageEnd && begins(b));
}

}  // namespace correlate
