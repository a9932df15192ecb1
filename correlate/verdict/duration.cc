#include "correlate/verdict/duration.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "store/model/text.h"

namespace correlate::verdict {
namespace {

using model::VerdictKind;

// "half" where it is the number itself: half an hour, demi-heure, halbe Stunde, полчаса, 半日 …
constexpr std::array<std::string_view, 22> kHalf = {
    "half ",    "half-",  "demi",   "halbe", "halber", "media hora", "medio dia", "meia hora",
    "meio dia", "mezz",   "halv",   "polo",  "пол",    "половин",    "半日",      "半時間",
    "半天",     "半小时", "반나절", "نصف",   "yarım",  "setengah"};

// "less than" in the words that carry the value, as against "nearly".
constexpr std::array<std::string_view, 22> kStrictlyLess = {
    "less than", "under ", "fewer",  "below",  "weniger",     "unter ", "moins", "menos",
    "meno di",   "minder", "mindre", "mniej",  "менее",       "меньше", "менше", "по-малко",
    "未満",      "미만",   "اقل من", "أقل من", "kurang dari", "कम"};

template <std::size_t N>
bool has_any(std::string_view span, const std::array<std::string_view, N>& words) {
  std::string folded = model::fold(span);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return folded.find(model::fold(word)) != std::string::npos;
  });
}

// The table of verdicts.md, "Durations", first column to last.
bool agrees(Bound bound, double v, double g, double m, double u) {
  switch (bound) {
    case Bound::kPlain:
      return std::abs(m - v) <= g / 2 + u;
    case Bound::kAbout:
      return std::abs(m - v) <= std::max(g, 0.15 * v) + u;
    case Bound::kMoreThan:
      return m + u >= v;
    case Bound::kLessThan:
      return m - u <= v;
    case Bound::kNearly:
      return v - std::max(g, 0.15 * v) - u <= m && m <= v + u;
  }
  return false;
}

VerdictKind decide(Bound bound, double v, double g, double m, double u) {
  if (agrees(bound, v, g, m, u)) return VerdictKind::kAgrees;
  double off = std::abs(m - v);
  if (off <= std::max(g, 0.1 * v) + u && off <= v / 2) return VerdictKind::kRounds;
  return VerdictKind::kDisagrees;
}

}  // namespace

Bound bound_of(std::string_view mod, std::string_view span) {
  if (mod == "APPROX") return Bound::kAbout;
  if (mod == "MORE_THAN" || mod == "EQUAL_OR_MORE") return Bound::kMoreThan;
  if (mod == "EQUAL_OR_LESS") return Bound::kLessThan;
  if (mod == "LESS_THAN") {
    bool just_under = model::fold(span).find("just under") != std::string::npos;
    return !just_under && has_any(span, kStrictlyLess) ? Bound::kLessThan : Bound::kNearly;
  }
  return Bound::kPlain;
}

double granularity(const Length& claimed, std::string_view span) {
  if (claimed.fraction) return claimed.unit / 2;
  bool digits = std::any_of(span.begin(), span.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits && has_any(span, kHalf)) return claimed.seconds / 2;
  return claimed.unit;
}

DurationVerdict hold(Bound bound, double v, double g, double m, double u) {
  if (u > std::max(g, 0.1 * v)) {
    // The measurement is coarser than the claim: is any true length as good as any other?
    // The verdict is steady between its bounds, so the ends, the middle and the claimed value
    // itself, where it is possible, show whether it differs.
    double least = std::max(0.0, m - u);
    VerdictKind at_measured = decide(bound, v, g, m, 0);
    for (double possible : {least, std::clamp(v, least, m + u), m + u}) {
      if (decide(bound, v, g, possible, 0) != at_measured) {
        return {VerdictKind::kUndecided,
                fmt::format("the measurement is only exact to ± {}",
                            model::human_duration(model::Seconds{std::llround(u)}))};
      }
    }
  }
  DurationVerdict out{decide(bound, v, g, m, u), ""};
  if (out.verdict == VerdictKind::kAgrees && bound == Bound::kMoreThan && m > 2 * v) {
    out.note = fmt::format("exceeds it {:.1f} times", m / v);
  } else if (out.verdict == VerdictKind::kAgrees && bound == Bound::kPlain &&
             std::abs(m - v) > std::max(60.0, u)) {
    out.note = v >= m ? "rounded up" : "rounded down";
    if (g > 0.4 * v) out.note += "; only at its own coarse precision";
  }
  return out;
}

}  // namespace correlate::verdict
