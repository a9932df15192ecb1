#include "correlate/ledger.h"

#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "correlate/verdict/verdict.h"
#include "store/model/text.h"

namespace correlate {
namespace {

using evidence::Bins;
using evidence::Feature;
using evidence::Fit;
using evidence::Lag;
using evidence::Network;
using evidence::Reading;
using model::Outage;
using model::Seconds;

std::string place_text(std::size_t place, const std::string& country) {
  if (place == evidence::kBeside)
    return fmt::format("it names {} only as what something is near", country);
  if (place == evidence::kOperatorOnly) return "it names the operator and not its country";
  if (place == evidence::kNoPlace) return "it names no country";
  if (place == evidence::kOtherPlace) {
    return country.empty() ? "it names countries" : fmt::format("it does not name {}", country);
  }
  constexpr std::string_view kWhere[] = {"in its title and where it speaks of the outage",
                                         "where it speaks of the outage", "in its title",
                                         "in its text"};
  constexpr std::string_view kOthers[] = {"", ", better than others", ", others as well",
                                          ", others better"};
  return fmt::format("it names {} {}{}", country, kWhere[place / 4], kOthers[place % 4]);
}

std::string network_text(Network network, const Outage& outage) {
  switch (network) {
    case Network::kPlain:
      return "a country's outage, and no network is named";
    case Network::kPlainNamed:
      return "a country's outage, and a network is named";
    case Network::kOperatorsNamed:
    case Network::kAsOperator:
      return "it names the operator";
    case Network::kOwn:
      return "it does not name the operator whose outage it was";
    case Network::kOwnNamed:
      return "it names the operator whose outage it was";
    case Network::kAsNamed:
      return fmt::format("it names {}", to_string(outage.scope));
    case Network::kAsOther:
      return "it speaks of another network";
    case Network::kAs:
    case Network::kAsPlace:
      break;
  }
  return outage.scope.asn ? fmt::format("it does not speak of AS{}", *outage.scope.asn)
                          : fmt::format("it does not speak of {}", to_string(outage.scope));
}

std::string lag_text(Lag lag, const Reading& reading, const Candidate& one, const Outage& outage) {
  auto from = reading.written().from;
  if (lag == Lag::kBefore || lag == Lag::kJustBefore) return "it was written before it began";
  auto since = from > outage.start ? from - outage.start : Seconds{0};
  return fmt::format("it was written {} after the start{}", model::human_duration(since),
                     one.time.lag == Lag::kDuring ? ", while it lasted" : "");
}

std::string time_text(const Reading& reading, const Candidate& one, const Outage& outage) {
  std::string out = lag_text(one.time.lag, reading, one, outage);
  if (one.time.claim != nullptr) {
    bool start = one.time.claim->kind == model::ClaimKind::kStart;
    const char* what = one.time.fit == Fit::kBoth ? "start and the end" : start ? "start" : "end";
    return out + fmt::format("; its “{}” fits the measured {}", one.time.claim->span.text, what);
  }
  switch (one.time.fit) {
    case Fit::kMentionedDay:
      return out + "; it mentions that day";
    case Fit::kMentioned:
      return out + "; it mentions a time that holds it";
    case Fit::kNear:
      return out + "; the times it gives are a day off at most";
    case Fit::kConflict:
      return out + "; the times it gives are of another day";
    default:
      return out;
  }
}

std::string length_text(const Reading& reading, const Candidate& one, const Outage& outage) {
  bool fits = one.bins.of(Feature::kDuration) == static_cast<int>(evidence::Duration::kFits);
  auto share = std::round(one.bins.chance * 100);
  if (!fits) {
    return fmt::format("the lengths it gives do not fit; {:.0f} % of the outages there would",
                       share);
  }
  for (const auto& length : reading.lengths()) {
    auto verdict =
        verdict::judge(*length.claim, outage,
                       {reading.article().anchor.interval(), reading.article().anchor.zone, false});
    if (verdict.verdict != model::VerdictKind::kAgrees &&
        verdict.verdict != model::VerdictKind::kRounds) {
      continue;
    }
    return fmt::format("its “{}” fits {}, as it fits {:.0f} % of the outages there",
                       length.claim->span.text, verdict.measured, share);
  }
  return fmt::format("a length it gives fits, as it fits {:.0f} % of the outages there", share);
}

std::string words_text(const model::Extraction& extraction) {
  std::string words;
  for (const auto& word : extraction.outage_words) {
    if (words.size() > 60) break;
    words += (words.empty() ? "" : ", ") + word;
  }
  return words.empty() ? "no word of it speaks of an outage" : "its words: " + words;
}

std::string text_of(Feature feature, const Reading& reading, const Candidate& one,
                    const Outage& outage) {
  auto bin = one.bins.of(feature);
  std::string name(evidence::bins_of(feature)[bin]);
  switch (feature) {
    case Feature::kPlace:
      return place_text(bin, outage.scope.country);
    case Feature::kNetwork:
      return network_text(static_cast<Network>(bin), outage);
    case Feature::kRegion:
      return (name == "named" ? "it names " : "it does not name ") + outage.scope.region;
    case Feature::kTime:
      return time_text(reading, one, outage);
    case Feature::kDuration:
      return length_text(reading, one, outage);
    case Feature::kRarity:
      return fmt::format("{} has {:.1f} outages a year here",
                         outage.scope.country.empty() ? "the network" : outage.scope.country,
                         one.bins.rate * 36.525);
    case Feature::kDepth:
      return fmt::format("how much it says was lost, against the depth: {}", name);
    case Feature::kCause:
      return fmt::format("the cause it gives, against “{}”: {}", outage.cause, name);
    case Feature::kWords:
      return words_text(reading.extraction());
    case Feature::kHappening:
      return fmt::format("it reports: {}", to_string(reading.extraction().happening));
    case Feature::kClaims:
      return fmt::format("claims on an outage that it makes: {}", name);
    case Feature::kPlans:
      return fmt::format("what it denies or says is to come: {}", name);
    case Feature::kAgain:
      return fmt::format("among the outages there within ten days: {}", name);
    case Feature::kPhase:
      return fmt::format("what it tells and how far the outage had come: {}", name);
  }
  return name;
}

}  // namespace

std::vector<model::Reason> reasons_of(const Reading& reading, const Candidate& candidate,
                                      const OutageIndex& outages,
                                      const evidence::Weights& weights) {
  constexpr double kLeast = 0.005;  // what would be written as 0.00
  std::vector<model::Reason> out{
      {"base-rate", weights.prior, "few pairs of an article and an outage belong together"}};
  for (std::size_t f = 0; f < evidence::kFeatures; ++f) {
    auto feature = static_cast<Feature>(f);
    double bits = weights.bits(feature, candidate.bins);
    if (std::abs(bits) < kLeast) continue;
    out.push_back({std::string(name_of(feature)), bits,
                   text_of(feature, reading, candidate, outages.all()[candidate.outage])});
  }
  return out;
}

model::Reason rival_reason(const std::vector<model::Hypothesis>& hypotheses,
                           const std::string& outage_id, double bits) {
  for (const auto& one : hypotheses) {
    if (one.outage_id.empty() || one.outage_id == outage_id) continue;
    return {"rival", bits,
            fmt::format("{} competes with a share of {:.2f}", one.outage_id, one.share)};
  }
  return {"rival", bits, "other outages of that place compete"};
}

}  // namespace correlate
