#include "correlate/evidence/facts.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>
#include <string_view>
#include <utility>

#include "store/model/text.h"

namespace correlate::evidence {
namespace {

using model::Outage;
using model::Seconds;

constexpr std::size_t kLeastName = 4;  // bytes; shorter words are too often words of the language
// One that was down when last measured is taken to go on for a week, one whose end nobody measured
// for a day.
constexpr Seconds kOpen{7 * 86400};
constexpr Seconds kUnmeasured{86400};

// Words that stand in many operators' names and in any article about an outage.
bool is_common(const std::string& word) {
  static const std::set<std::string, std::less<>> kCommon = {"cable",
                                                             "communications",
                                                             "company",
                                                             "corporation",
                                                             "establishment",
                                                             "gateways",
                                                             "general",
                                                             "group",
                                                             "incl",
                                                             "international",
                                                             "internet",
                                                             "joint",
                                                             "level",
                                                             "mobile",
                                                             "name",
                                                             "national",
                                                             "network",
                                                             "networks",
                                                             "operator",
                                                             "operators",
                                                             "other",
                                                             "others",
                                                             "post",
                                                             "public",
                                                             "railway",
                                                             "services",
                                                             "star",
                                                             "states",
                                                             "telecom",
                                                             "telecommunication",
                                                             "telecommunications",
                                                             "united",
                                                             "venture",
                                                             "wireless"};
  return kCommon.contains(word);
}

std::vector<std::string> operator_words(const Outage& outage) {
  constexpr std::string_view kMark = "operator ";
  std::set<std::string> out;
  for (const auto& measurement : outage.measurements) {
    auto at = measurement.value.find(kMark);
    if (at == std::string::npos) continue;
    std::string_view named = std::string_view(measurement.value).substr(at + kMark.size());
    for (const auto& piece : model::words(named)) {
      std::string_view word = piece.of(named);
      if (word.size() < kLeastName || word[0] < 'A' || word[0] > 'Z') continue;
      if (auto folded = model::fold(word); !is_common(folded)) out.insert(std::move(folded));
    }
  }
  return {out.begin(), out.end()};
}

// Whether only those who were down say so.
bool told_by_operator(const Outage& outage) {
  return !outage.measurements.empty() &&
         std::all_of(outage.measurements.begin(), outage.measurements.end(),
                     [](const model::Measurement& one) {
                       return model::fold(one.source).starts_with("operator");
                     });
}

// The kind of a cause in a measurer's words; the first that is found.
std::string cause_of(const std::string& stated) {
  struct Kind {
    const char* name;
    std::initializer_list<std::string_view> words;
  };
  static const Kind kKinds[] = {
      {"cable", {"cable", "subsea", "submarine", "fibre", "fiber"}},
      {"attack", {"attack", "ddos", "botnet", "hack", "ransomware"}},
      {"government", {"government", "shutdown", "exam", "censor"}},
      {"power", {"power", "electric", "blackout"}},
      {"disaster", {"disaster", "weather", "storm", "hurricane", "cyclone", "earthquake", "flood"}},
      {"military", {"military", "air strike", "war"}},
      {"overload", {"overload", "congestion"}},
      {"configuration",
       {"configuration", "software", "operator error", "router", "rule", "bgp", "update", "config",
        "technical"}}};
  auto folded = model::fold(stated);
  for (const auto& kind : kKinds) {
    for (auto word : kind.words) {
      if (folded.find(word) != std::string::npos) return kind.name;
    }
  }
  return "";
}

}  // namespace

Facts facts_of(const Outage& outage) {
  Facts out;
  out.outage = &outage;
  out.operators = operator_words(outage);
  out.cause = cause_of(outage.cause);
  out.over = outage.end.value_or(outage.start + (outage.open ? kOpen : kUnmeasured));
  if (outage.scope.asn || !outage.scope.prefix.empty()) {
    out.own = Own::kNetwork;
  } else if (told_by_operator(outage) && !out.operators.empty()) {
    out.own = Own::kOperator;
  } else if (!out.operators.empty()) {
    out.own = Own::kOperators;
  }
  return out;
}

double Country::share(double least, double most) const {
  constexpr double kShortest = 60;
  constexpr double kLongest = 366 * 86400.0;
  constexpr double kWorth = 4;
  auto low = std::lower_bound(lengths.begin(), lengths.end(), least);
  auto high = std::upper_bound(low, lengths.end(), most);
  double from = std::log(std::clamp(least, kShortest, kLongest));
  double to = std::log(std::clamp(most, kShortest, kLongest));
  double even = std::max(0.01, (to - from) / std::log(kLongest / kShortest));
  return (static_cast<double>(high - low) + kWorth * even) /
         (static_cast<double>(lengths.size()) + kWorth);
}

}  // namespace correlate::evidence
