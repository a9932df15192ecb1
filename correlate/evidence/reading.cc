#include "correlate/evidence/reading.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "correlate/evidence/beside.h"
#include "correlate/verdict/duration.h"
#include "correlate/verdict/timex_value.h"
#include "store/model/text.h"

namespace correlate::evidence {
namespace {

using model::Claim;
using model::ClaimKind;
using model::Interval;
using model::Seconds;

constexpr Seconds kDay{86400};
// "Last year" still points somewhere; longer times do not.
constexpr Seconds kLongestTime{366 * 86400};
constexpr std::size_t kMostMentions = 64;  // of one article: what comes later adds nothing
constexpr std::size_t kMostTold = 16;
constexpr std::size_t kLeastName = 4;  // bytes

// What a claimed length allows, rounding included.
Reading::Length bounds_of(const Claim& claim) {
  Reading::Length out;
  auto length = verdict::parse_length(claim.value);
  if (!length || length->seconds <= 0) return out;
  double v = length->seconds;
  double g = verdict::granularity(*length, claim.span.text);
  double rounds = std::min(std::max(g, 0.1 * v), v / 2);
  double about = std::max(g, 0.15 * v);
  out.claim = &claim;
  out.so_far = claim.ongoing;
  out.least = v - rounds;
  out.most = v + rounds;
  switch (verdict::bound_of(claim.mod, claim.span.text)) {
    case verdict::Bound::kPlain:
      break;
    case verdict::Bound::kAbout:
      out.least = v - about;
      out.most = v + about;
      break;
    case verdict::Bound::kMoreThan:
      out.most = std::numeric_limits<double>::max();
      break;
    case verdict::Bound::kLessThan:
      out.least = 0;
      out.most = v;
      break;
    case verdict::Bound::kNearly:
      out.least = v - about;
      out.most = v;
      break;
  }
  return out;
}

// Every stretch that a told time can mean.
std::vector<Interval> readings_of(const Claim& claim, const std::vector<std::string>& zones) {
  std::vector<Interval> out{*claim.interval};
  bool stated = !claim.zone.empty() && claim.zone != "local";
  if (stated || claim.interval->length() > 2 * kDay) return out;
  auto add = [&](const std::string& zone) {
    for (const auto& range : verdict::parse_civil(claim.value, claim.mod)) {
      auto from = model::from_local(range.from, zone);
      auto to = model::from_local(range.to, zone);
      if (!from || !to || *from >= *to) continue;
      // As wide as the claim's own reading, which knows "about" and the unit.
      Interval other{*from, *to};
      if (range.clock) {
        Seconds half = claim.interval->length() / 2;
        other = {*from - half, *from + half};
      }
      if (std::find(out.begin(), out.end(), other) == out.end()) out.push_back(other);
    }
  };
  for (const auto& zone : zones) add(zone);
  add("UTC");
  return out;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Latin words that begin with an ASCII letter: lead bytes C3 to C9 are its letters with marks.
void each_word(std::string_view text, const auto& visit) {
  auto is_part = [&](std::size_t i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (is_ascii_letter(text[i]) || (c >= '0' && c <= '9')) return std::size_t{1};
    return c >= 0xC3 && c <= 0xC9 && i + 1 < text.size() ? std::size_t{2} : std::size_t{0};
  };
  for (std::size_t i = 0; i < text.size();) {
    auto begin = i;
    while (i < text.size()) {
      auto step = is_part(i);
      if (step == 0) break;
      i += step;
    }
    if (i == begin) {
      ++i;
      continue;
    }
    if (is_ascii_letter(text[begin])) visit(text.substr(begin, i - begin));
  }
}

}  // namespace

Fit fineness(const Interval& interval) {
  constexpr Seconds kMinute{600};
  constexpr Seconds kHour{7200};
  if (interval.length() <= kMinute) return Fit::kMinute;
  if (interval.length() <= kHour) return Fit::kHour;
  if (interval.length() <= kDay / 2) return Fit::kPart;
  return interval.length() <= kDay * 3 / 2 ? Fit::kDay : Fit::kCoarse;
}

bool speaks_of_outage(const model::Extraction& extraction) {
  if (!extraction.outage_words.empty()) return true;
  auto kind = extraction.happening;
  return kind == model::Happening::kOutage || kind == model::Happening::kOutageStart ||
         kind == model::Happening::kOutageEnd || kind == model::Happening::kRelapse;
}

Reading::Reading(const Article& article, const model::Extraction& extraction)
    : article_(article), extraction_(extraction), written_(article.anchor.interval()) {
  read_places();
  read_words();
  read_claims();
  for (const auto& time : extraction.times) {
    if (mentioned_.size() >= kMostMentions) break;
    if (time.interval && time.interval->length() <= kLongestTime) {
      mentioned_.push_back(*time.interval);
    }
  }
}

void Reading::read_places() {
  std::size_t looked_at = 0;
  for (const auto& mention : extraction_.mentions) {
    if (mention.scope.asn) networks_.insert(*mention.scope.asn);
    if (!mention.scope.prefix.empty()) prefixes_.insert(mention.scope.prefix);
    if (mention.scope.country.empty()) continue;
    named_.insert(mention.scope.country);
    auto& place = places_[mention.scope.country];
    if (mention.scope.asn) continue;
    if (mention.kind != model::MentionKind::kPlace) continue;
    bool beside = false;
    if (++looked_at <= kMostMentions) {
      auto begin = model::byte_offset(article_.text, mention.span.begin);
      beside = is_beside(article_.text, begin, begin + mention.span.text.size());
    }
    (beside ? place.elsewhere : place.plainly) = true;
    place.title = place.title || (!beside && mention.span.begin < article_.title_length);
  }
  for (const auto& claim : extraction_.claims) {
    if (!model::is_measurable(claim.kind) && claim.kind != ClaimKind::kCause) continue;
    for (const auto& country : claim.countries) {
      auto found = places_.find(country);
      if (found != places_.end()) found->second.sentence = true;
    }
  }
}

void Reading::read_words() {
  each_word(article_.text, [this](std::string_view word) {
    if (word.size() < kLeastName || words_.size() >= 4096) return;
    std::string folded(word);
    bool ascii = true;
    for (char& c : folded) {
      ascii = ascii && static_cast<unsigned char>(c) < 0x80;
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    words_.insert(ascii ? std::move(folded) : model::fold(word));
  });
  // "Egypt" names the country, not Telecom Egypt.
  for (const auto& mention : extraction_.mentions) {
    if (mention.kind != model::MentionKind::kPlace || mention.scope.asn) continue;
    each_word(mention.span.text, [this](std::string_view word) {
      if (auto found = words_.find(model::fold(word)); found != words_.end()) words_.erase(found);
    });
  }
}

void Reading::read_claims() {
  bool to_come = false;
  bool denied = false;
  for (const auto& claim : extraction_.claims) {
    bool measurable = model::is_measurable(claim.kind);
    to_come = to_come || claim.kind == ClaimKind::kThreat ||
              (measurable && claim.tense == model::Tense::kFuture);
    denied = denied || claim.kind == ClaimKind::kDenial || (measurable && claim.denied);
    again_ = again_ || claim.kind == ClaimKind::kRecurs;
    if (measurable && !claim.denied) ++claims_;
    if (claim.kind == ClaimKind::kDuration && lengths_.size() < kMostTold) {
      if (auto length = bounds_of(claim); length.claim != nullptr) lengths_.push_back(length);
    }
  }
  again_ = again_ || extraction_.happening == model::Happening::kRelapse;
  plans_ =
      to_come ? (denied ? Plans::kBoth : Plans::kToCome) : (denied ? Plans::kDenied : Plans::kNone);
}

const std::vector<Reading::Told>& Reading::told(const std::string& country,
                                                const std::vector<std::string>& zones) const {
  auto [found, fresh] = told_.try_emplace(country);
  if (!fresh) return found->second;
  for (const auto& claim : extraction_.claims) {
    bool start = claim.kind == ClaimKind::kStart;
    if (!claim.interval || (!start && claim.kind != ClaimKind::kEnd)) continue;
    if (found->second.size() >= kMostTold) break;
    found->second.push_back({&claim, start, fineness(*claim.interval), readings_of(claim, zones)});
  }
  return found->second;
}

Named Reading::Mentions::level() const {
  if (title && sentence) return Named::kBoth;
  return sentence ? Named::kSentence : title ? Named::kTitle : Named::kText;
}

std::size_t Reading::place(const std::string& country, bool operator_named) const {
  auto found = places_.find(country);
  if (country.empty() || found == places_.end()) {
    if (operator_named) return kOperatorOnly;
    return named_.empty() ? kNoPlace : kOtherPlace;
  }
  if (!found->second.plainly) {
    if (operator_named) return kOperatorOnly;
    return found->second.elsewhere ? kBeside : kOtherPlace;
  }
  Named own = found->second.level();
  Others others = Others::kNone;
  for (const auto& [other, mentions] : places_) {
    if (other == country || !mentions.plainly) continue;
    Named level = mentions.level();
    Others stands = level < own ? Others::kBetter : level == own ? Others::kAsWell : Others::kWorse;
    others = std::max(others, stands);
  }
  return place_bin(own, others);
}

Says Reading::says() const {
  if (extraction_.happening == model::Happening::kOutageEnd) return Says::kEnds;
  bool ends =
      std::any_of(extraction_.claims.begin(), extraction_.claims.end(), [](const Claim& claim) {
        return claim.kind == ClaimKind::kEnd && !claim.denied &&
               claim.tense != model::Tense::kFuture;
      });
  if (ends) return Says::kEnds;
  return extraction_.happening == model::Happening::kOutageStart ||
                 extraction_.happening == model::Happening::kRelapse
             ? Says::kBegins
             : Says::kNeither;
}

bool Reading::names_prefix(const std::string& prefix) const {
  return !prefix.empty() &&
         std::any_of(prefixes_.begin(), prefixes_.end(), [&](const std::string& named) {
           return model::prefix_contains(prefix, named) || model::prefix_contains(named, prefix);
         });
}

bool Reading::names_operator(const Facts& outage) const {
  return std::any_of(outage.operators.begin(), outage.operators.end(),
                     [&](const std::string& word) { return words_.contains(word); });
}

bool Reading::names_region(const std::string& region) const {
  auto [found, fresh] = regions_.try_emplace(region, false);
  if (!fresh) return found->second;
  // "Gaza" names the Gaza Strip: the longest word will do.
  std::string longest;
  for (const auto& piece : model::words(region)) {
    if (piece.end - piece.begin > longest.size()) longest = piece.of(region);
  }
  if (region.find(longest) > 0) longest = region;
  auto folded = model::fold(longest.size() < kLeastName ? region : longest);
  found->second = model::fold(article_.text).find(folded) != std::string::npos ||
                  std::any_of(extraction_.mentions.begin(), extraction_.mentions.end(),
                              [&](const model::Mention& mention) {
                                return !mention.scope.region.empty() &&
                                       model::fold(mention.scope.region) == folded;
                              });
  return found->second;
}

std::size_t Reading::words_bin() const {
  constexpr double kEdges[] = {0.2, 0.4, 0.55, 0.7, 0.85};
  std::size_t bin = 0;
  while (bin < std::size(kEdges) && extraction_.outage_score >= kEdges[bin]) ++bin;
  return bin;
}

std::size_t Reading::happening_bin() const {
  switch (extraction_.happening) {
    case model::Happening::kOutageStart:
      return 0;
    case model::Happening::kOutageEnd:
      return 1;
    case model::Happening::kOutage:
      return 2;
    case model::Happening::kRelapse:
      return 3;
    case model::Happening::kAttack:
      return 4;
    case model::Happening::kDenial:
    case model::Happening::kThreat:
    case model::Happening::kCancellation:
      return 5;
    case model::Happening::kStatement:
    case model::Happening::kAttribution:
      return 6;
    default:
      return 7;
  }
}

std::size_t Reading::claims_bin() const { return std::min<std::size_t>(claims_, 3); }

Depth Reading::depth(const std::optional<double>& measured) const {
  constexpr double kDeep = 0.9;
  constexpr double kTolerance = 0.15;
  for (const auto& claim : extraction_.claims) {
    if (claim.denied) continue;
    bool share = claim.unit == "share" && claim.amount;
    if (share && (claim.kind == ClaimKind::kDepth || claim.kind == ClaimKind::kScope)) {
      if (!measured) continue;
      bool fits = std::abs(*claim.amount - *measured) <= kTolerance;
      return fits ? Depth::kShareFits : Depth::kShareOff;
    }
    if (claim.kind != ClaimKind::kScope) continue;
    if (claim.value == "all") {
      return !measured            ? Depth::kAllUnknown
             : *measured >= kDeep ? Depth::kAllDeep
                                  : Depth::kAllShallow;
    }
    if (claim.value == "some") {
      return !measured            ? Depth::kSomeUnknown
             : *measured >= kDeep ? Depth::kSomeDeep
                                  : Depth::kSomeShallow;
    }
  }
  return Depth::kNone;
}

Cause Reading::cause(const std::string& measured) const {
  if (measured.empty()) return Cause::kNone;
  bool any = false;
  for (const auto& claim : extraction_.claims) {
    if (claim.kind != ClaimKind::kCause || claim.denied) continue;
    if (claim.value == measured) return Cause::kSame;
    any = true;
  }
  return any ? Cause::kOther : Cause::kNone;
}

}  // namespace correlate::evidence
