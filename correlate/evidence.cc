#include "correlate/evidence.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include "correlate/dependence.h"
#include "correlate/verdict/verdict.h"
#include "store/model/text.h"

namespace correlate {
namespace {

using model::Claim;
using model::ClaimKind;
using model::Instant;
using model::Interval;
using model::Reason;
using model::Seconds;
using model::VerdictKind;

// Weights in bits. They were set by hand to the order of magnitude of the shares counted in the
// links gold (share among true pairs over share among candidate pairs, log2); README.md tells how
// they are measured.
constexpr double kPrior = -6;  // one candidate pair in about sixty is true
constexpr double kPlaceInTitle = 4;
constexpr double kPlaceInText = 2.5;
constexpr double kNoPlace = -1;
constexpr double kPlaceOther = -3;
constexpr double kPlaceOfOutage = 1.5;  // the sentence about the outage names the place
constexpr double kNetworkNamed = 6;
constexpr double kNetworkOther = -5;  // a network's outage, and the article names no network
constexpr double kRegionNamed = 3;
constexpr double kRegionOther = -3;
constexpr double kBeforeStart = -12;  // written before the outage began
constexpr double kMostTime = 6;
constexpr double kTimeConflict = -5;
constexpr double kDurationFits = 2;
constexpr double kDurationOff = -1.5;
constexpr double kVocabulary = 7;  // from -kVocabulary/2·… to +, see vocabulary()
constexpr Seconds kDay{86400};
constexpr std::size_t kLeastName = 4;  // bytes; shorter words are too often words of the language
constexpr double kExactFit = 3;        // bits of a fit that tells one outage from its neighbours

bool names_country(const model::Extraction& extraction, const std::string& country,
                   std::size_t below) {
  return std::any_of(extraction.mentions.begin(), extraction.mentions.end(), [&](const auto& m) {
    return m.scope.country == country && m.span.begin < below;
  });
}

std::size_t countries_in(const model::Extraction& extraction) {
  std::set<std::string> found;
  for (const auto& mention : extraction.mentions) {
    if (!mention.scope.country.empty()) found.insert(mention.scope.country);
  }
  return found.size();
}

bool claims_name(const model::Extraction& extraction, const std::string& country) {
  return std::any_of(extraction.claims.begin(), extraction.claims.end(), [&](const Claim& claim) {
    bool of_outage = is_measurable(claim.kind) || claim.kind == ClaimKind::kCause;
    return of_outage && std::find(claim.countries.begin(), claim.countries.end(), country) !=
                            claim.countries.end();
  });
}

void weigh_place(const Article& article, const model::Extraction& extraction,
                 const model::Scope& scope, std::vector<Reason>& out) {
  if (scope.country.empty()) return;
  if (!names_country(extraction, scope.country, SIZE_MAX)) {
    bool none = countries_in(extraction) == 0;  // an operator's own customers know where it is
    out.push_back({"place", none ? kNoPlace : kPlaceOther, "it does not name " + scope.country});
    return;
  }
  bool in_title = names_country(extraction, scope.country, article.title_length);
  double bits = in_title ? kPlaceInTitle : kPlaceInText;
  std::string text =
      fmt::format("it names {} in its {}", scope.country, in_title ? "title" : "text");
  if (claims_name(extraction, scope.country)) {
    bits += kPlaceOfOutage;
    text += ", where it speaks of the outage";
  }
  auto others = countries_in(extraction);
  if (others > 1 && !in_title) bits -= std::log2(static_cast<double>(others)) / 2;
  out.push_back({"place", bits, text});
}

bool names_operator(const Article& article, const model::Outage& outage) {
  auto names = operator_words(outage);
  if (names.empty()) return false;
  auto words = name_words(article.text);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return words.contains(name); });
}

void weigh_network(const Article& article, const model::Extraction& extraction,
                   const model::Outage& outage, std::vector<Reason>& out) {
  bool other = false;
  for (const auto& mention : extraction.mentions) {
    if (mention.kind != model::MentionKind::kNetwork) continue;
    if (outage.scope.asn && mention.scope.asn == outage.scope.asn) {
      out.push_back({"network", kNetworkNamed, "it names " + mention.name});
      return;
    }
    if (!mention.scope.prefix.empty() && !outage.scope.prefix.empty() &&
        (model::prefix_contains(outage.scope.prefix, mention.scope.prefix) ||
         model::prefix_contains(mention.scope.prefix, outage.scope.prefix))) {
      out.push_back({"network", kNetworkNamed, "it names " + mention.scope.prefix});
      return;
    }
    other = other || mention.scope.asn.has_value();
  }
  // An operator or cable that broke in several countries stands for those that are named.
  bool own = outage.scope.asn || countries_in(extraction) == 0 ||
             names_country(extraction, outage.scope.country, SIZE_MAX);
  if (own && names_operator(article, outage)) {
    out.push_back({"network", kNetworkNamed, "it names the operator"});
    return;
  }
  // In a country that the article's own outage sentences name, the network may be all there is.
  if (outage.scope.asn && !claims_name(extraction, outage.scope.country)) {
    out.push_back(
        {"network", kNetworkOther, fmt::format("it does not speak of AS{}", *outage.scope.asn)});
  } else if (other && outage.scope.asn) {
    out.push_back({"network", kNetworkOther / 2, "it speaks of another network"});
  }
}

void weigh_region(const Article& article, const model::Outage& outage, std::vector<Reason>& out) {
  const auto& region = outage.scope.region;
  if (region.empty()) return;
  bool named = model::fold(article.text).find(model::fold(region)) != std::string::npos;
  out.push_back({"region", named ? kRegionNamed : kRegionOther,
                 (named ? "it names " : "it does not name ") + region});
}

// How far `at` ± `u` lies from what an expression can mean; 0 inside it.
Seconds gap(const Interval& said, Instant at, Seconds u) {
  if (at + u < said.from) return said.from - (at + u);
  if (at - u >= said.to) return (at - u) - said.to + Seconds{1};
  return Seconds{0};
}

// The finer a time that fits, the more it says: a day among ten is worth 3.3 bits, an hour 7.9.
double fit_bits(const Interval& said) {
  auto length = std::max<double>(60, static_cast<double>(said.length().count()));
  return std::clamp(std::log2(864000.0 / length), 0.5, kMostTime);
}

struct TimeFit {
  bool fits = false;
  bool conflicts = false;
  double bits = 0;
  std::string text;
};

TimeFit fit_claims(const model::Extraction& extraction, const model::Outage& outage) {
  TimeFit out;
  bool any = false;
  bool near = false;
  for (const auto& claim : extraction.claims) {
    bool start = claim.kind == ClaimKind::kStart;
    if (!claim.interval || (!start && claim.kind != ClaimKind::kEnd)) continue;
    if (!start && !outage.end) continue;
    any = true;
    Instant measured = start ? outage.start : *outage.end;
    auto u = (start ? outage.start_uncertainty : outage.end_uncertainty).value_or(Seconds{0});
    Seconds off = gap(*claim.interval, measured, u);
    if (off == Seconds{0}) {
      out.fits = true;
      out.bits = std::max(out.bits, fit_bits(*claim.interval));
      out.text =
          fmt::format("its “{}” fits the measured {}", claim.span.text, start ? "start" : "end");
    }
    // Another zone, or the day after: neither for nor against.
    near = near || off <= kDay;
  }
  out.conflicts = any && !out.fits && !near;
  if (out.conflicts) {
    out.bits = kTimeConflict;
    out.text = "the times it gives are of another day";
  }
  return out;
}

Reason lag_reason(const Article& article, const model::Outage& outage) {
  Interval written = article.anchor.interval();
  Seconds u = outage.start_uncertainty.value_or(Seconds{0});
  if (written.to + u < outage.start) {
    return {"time", kBeforeStart, "it was written before the outage began"};
  }
  Seconds since_start = written.from > outage.start ? written.from - outage.start : Seconds{0};
  Instant over = outage.end.value_or(outage.open ? outage.start + 7 * kDay : outage.start + kDay);
  Seconds since_end = written.from > over ? written.from - over : Seconds{0};
  std::string text = "it was written " + model::human_duration(since_start) + " after the start";
  if (since_start <= kDay || since_end == Seconds{0}) return {"time", 3, text};
  if (since_end <= kDay * 3 / 2) return {"time", 2.5, text};
  if (since_end <= 3 * kDay) return {"time", 1, text};
  if (since_end <= 10 * kDay) return {"time", -0.5, text};
  return {"time", -3, text};
}

bool weigh_time(const Article& article, const model::Extraction& extraction,
                const model::Outage& outage, std::vector<Reason>& out) {
  Reason lag = lag_reason(article, outage);
  TimeFit fit = fit_claims(extraction, outage);
  // A stated time that fits makes up for a late report, but not for one from before.
  if (fit.fits && lag.bits < 0 && lag.bits > kBeforeStart) lag.bits = 0;
  out.push_back(lag);
  if (fit.bits != 0) out.push_back({"time", fit.bits, fit.text});
  return fit.fits && fit.bits >= kExactFit;
}

void weigh_duration(const Article& article, const model::Extraction& extraction,
                    const model::Outage& outage, std::vector<Reason>& out) {
  bool any = false;
  for (const auto& claim : extraction.claims) {
    if (claim.kind != ClaimKind::kDuration) continue;
    auto verdict =
        verdict::judge(claim, outage, {article.anchor.interval(), article.anchor.zone, false});
    if (verdict.verdict == VerdictKind::kAgrees || verdict.verdict == VerdictKind::kRounds) {
      out.push_back({"duration", kDurationFits,
                     fmt::format("its “{}” fits {}", claim.span.text, verdict.measured)});
      return;
    }
    any = any || verdict.verdict == VerdictKind::kDisagrees;
  }
  if (any) out.push_back({"duration", kDurationOff, "the lengths it gives do not fit"});
}

void weigh_vocabulary(const model::Extraction& extraction, std::vector<Reason>& out) {
  double bits = kVocabulary * (extraction.outage_score - 0.6);
  std::string words;
  for (const auto& word : extraction.outage_words) {
    if (words.size() > 60) break;
    words += (words.empty() ? "" : ", ") + word;
  }
  out.push_back({"vocabulary", bits,
                 words.empty() ? "no word of it speaks of an outage" : "its words: " + words});
}

// Words that stand in many operators' names and in any article about an outage.
bool is_common(const std::string& word) {
  static const std::set<std::string> kCommon = {"telecom",
                                                "telecommunication",
                                                "telecommunications",
                                                "international",
                                                "internet",
                                                "cable",
                                                "services",
                                                "general",
                                                "public",
                                                "corporation",
                                                "national",
                                                "network",
                                                "other",
                                                "others",
                                                "united",
                                                "states",
                                                "mobile",
                                                "post",
                                                "joint",
                                                "venture",
                                                "star",
                                                "level",
                                                "incl",
                                                "wireless",
                                                "establishment",
                                                "railway",
                                                "gateways",
                                                "company",
                                                "operators",
                                                "group",
                                                "communications"};
  return kCommon.contains(word);
}

}  // namespace

std::set<std::string> operator_words(const model::Outage& outage) {
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
  return out;
}

std::set<std::string> name_words(std::string_view text) {
  std::set<std::string> out;
  for (const auto& piece : model::words(text)) {
    std::string word = model::fold(piece.of(text));
    for (std::string_view genitive : {"'s", "’s"}) {
      if (word.ends_with(genitive)) word.resize(word.size() - genitive.size());
    }
    if (word.size() >= kLeastName) out.insert(std::move(word));
  }
  return out;
}

bool same_place(const model::Scope& a, const model::Scope& b) {
  if (a.asn && b.asn && a.asn == b.asn) return true;
  return !a.country.empty() && a.country == b.country;
}

Evidence weigh(const Article& article, const model::Extraction& extraction,
               const model::Outage& outage) {
  Evidence out;
  out.outage = &outage;
  out.reasons.push_back(
      {"base-rate", kPrior, "few pairs of an article and an outage belong together"});
  weigh_place(article, extraction, outage.scope, out.reasons);
  weigh_region(article, outage, out.reasons);
  weigh_network(article, extraction, outage, out.reasons);
  out.named_by_time = weigh_time(article, extraction, outage, out.reasons);
  weigh_duration(article, extraction, outage, out.reasons);
  weigh_vocabulary(extraction, out.reasons);
  if (auto cited = dependence(extraction, outage)) out.reasons.push_back(*std::move(cited));
  return out;
}

}  // namespace correlate
