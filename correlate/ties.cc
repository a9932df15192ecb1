#include "correlate/ties.h"

#include <algorithm>
#include <cmath>

namespace correlate {
namespace {

using model::Happening;
using model::MentionKind;

// Bits. Set by hand on the founding case and on made-up ones (tests/scenarios), where each of them
// decides something; see README.md.
constexpr double kBase = -5;  // most stories of three weeks do not belong together
constexpr double kBaseBeside =
    -7;  // … of one that shares but countries with it, and reports nothing
constexpr double kBaseOfKind = -4;      // … where both are what incidents are made of
constexpr double kAcrossLanguages = 1;  // less is asked of what cannot share words
constexpr double kWords = 30;           // for each unit of cosine above kWordsByChance
constexpr double kWordsByChance = 0.06;
constexpr double kMostWords = 9;
constexpr double kMostOfName = 5;
constexpr double kLeastOfActors = 0.5;
constexpr double kMostActors = 10;
constexpr double kMostOfPlaces = 1.5;  // a country alone makes nothing of a piece
constexpr double kReference = 5;       // "after the Sony hack"
constexpr double kVague = 1.5;         // "after the attack"
constexpr double kVagueOfNow = 3;      // … when the incident has just told of one
constexpr double kSameKind = 2;
constexpr model::Seconds kSameDays{3 * 86400};
constexpr double kCore = 0.25;  // of the stories of an incident, to be what it is about
constexpr double kLeastStories = 1000;

// How much it tells that two stories name the same one of a kind.
double weight_of(MentionKind kind) {
  switch (kind) {
    case MentionKind::kActor:
    case MentionKind::kMalware:
    case MentionKind::kNetwork:
    case MentionKind::kCable:
      return 1;
    case MentionKind::kOrganisation:
    case MentionKind::kWork:
      return 0.8;
    case MentionKind::kExchange:
    case MentionKind::kPerson:
    case MentionKind::kName:
      return 0.5;
    case MentionKind::kPlace:
      return 0.3;
    case MentionKind::kMeasurer:
      return 0;
  }
  return 0;
}

std::size_t place_of(Happening happening) {
  return static_cast<std::size_t>(happening) %
         std::tuple_size_v<decltype(Course::Sums::with_happening)>;
}

// Whether the incident told of one of the kind in the days before.
bool heard_lately(const Course& course, Happening happening, model::Instant at) {
  const auto& reports = course.heard.reports;
  return std::any_of(reports.begin(), reports.end(), [&](const Course::Heard::Report& one) {
    return one.kind == happening && at - one.last <= kSameDays;
  });
}

double days_between(const Course& course, model::Instant first, model::Instant last) {
  auto gap = std::max({first - course.heard.last, course.heard.first - last, model::Seconds(0)});
  return static_cast<double>(gap.count()) / 86400;
}

double by_time(double days) { return -std::log2(1 + days / 2); }

double by_words(double cosine) {
  return std::clamp(kWords * (cosine - kWordsByChance), -2.0, kMostWords);
}

double share(std::int32_t of, const Course& course) {
  return static_cast<double>(of) / std::max(course.sums.stories, 1);
}

// Rarer than one in so many counts no more: a small store must not make every name a rare one.
double rare_bits(std::uint32_t name, const Rarities& rarities) {
  return std::min(rarities.names.bits(name, kLeastStories) - 3, kMostOfName);
}

void weigh_actors(const Profile& story, const Course& course, const Rarities& rarities, Tie& out) {
  double places = 0;
  std::vector<std::pair<double, std::uint32_t>> found;
  for (const auto* name : story.names) {
    auto with = course.sums.with_name.get(name->id);
    double bits = rare_bits(name->id, rarities) * weight_of(name->kind);
    if (with == 0 || bits <= 0) continue;
    bits *= std::min(1.0, share(with, course) / kCore);
    (name->kind == MentionKind::kPlace ? places : out.actors) += bits;
    found.emplace_back(bits, name->id);
  }
  out.beside = out.actors < kLeastOfActors;
  out.actors = std::min(out.actors, kMostActors) + std::min(places, kMostOfPlaces);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (const auto& [bits, id] : found) out.shared.push_back(id);
}

// Whether an incident tells of what a noun of this kind would name.
bool tells_of(const Course& course, Happening happening) {
  auto with = [&](Happening one) { return course.sums.with_happening[place_of(one)] > 0; };
  if (is_outage(happening)) {
    return with(Happening::kOutage) || with(Happening::kOutageStart) ||
           with(Happening::kOutageEnd) || with(Happening::kRelapse);
  }
  bool attack = happening == Happening::kBreach || happening == Happening::kAttack ||
                happening == Happening::kLeak;
  if (!attack) return with(happening);
  return with(Happening::kBreach) || with(Happening::kAttack) || with(Happening::kLeak);
}

void weigh_references(const Profile& story, const Course& course, Tie& out) {
  for (const auto* reference : story.references) {
    if (!tells_of(course, reference->happening)) continue;
    bool named =
        std::any_of(reference->terms.begin(), reference->terms.end(), [&](std::uint32_t term) {
          return share(course.sums.with_word.get(term), course) >= kCore;
        });
    if (!named && !reference->terms.empty()) continue;  // of another's
    bool now = heard_lately(course, reference->happening, story.first);
    double bits = named ? kReference : now ? kVagueOfNow : kVague;
    if (bits <= out.reference) continue;
    out.reference = bits;
    out.points = reference;
  }
}

bool says_much(Happening happening) {
  return happening != Happening::kOther && happening != Happening::kStatement;
}

void insert(std::uint32_t one, std::vector<std::uint32_t>& to) {
  auto at = std::lower_bound(to.begin(), to.end(), one);
  if (at == to.end() || *at != one) to.insert(at, one);
}

void hear(const Course::Heard::Report& report, std::vector<Course::Heard::Report>& to) {
  auto there =
      std::find_if(to.begin(), to.end(), [&](const auto& one) { return one.kind == report.kind; });
  if (there == to.end()) {
    to.push_back(report);
  } else {
    there->last = std::max(there->last, report.last);
  }
}

}  // namespace

void add(Course::Sums& sums, const Profile& story, std::int32_t sign) {
  sums.words.add(story.words, sign);
  if (sums.stories == 0) sums.with_word.reserve(story.words.size());
  for (const auto& term : story.words) sums.with_word.add(term.id, sign);
  for (const auto* name : story.names) sums.with_name.add(name->id, sign);
  sums.with_happening[place_of(story.happening)] += sign;
  sums.stories += sign;
}

void add(Course::Sums& sums, const Course::Sums& other, std::int32_t sign) {
  sums.words.add(other.words, sign);
  auto take_over = [sign](FlatTable& to, const FlatTable& from) {
    to.reserve(from.size());
    from.for_each([&](std::uint32_t key, std::int32_t value) { to.add(key, sign * value); });
  };
  take_over(sums.with_word, other.with_word);
  take_over(sums.with_name, other.with_name);
  for (std::size_t i = 0; i < sums.with_happening.size(); ++i) {
    sums.with_happening[i] += sign * other.with_happening[i];
  }
  sums.stories += sign * other.stories;
}

void hear(Course::Heard& heard, const Profile& story) {
  heard.first = std::min(heard.first, story.first);
  heard.last = std::max(heard.last, story.last);
  hear(Course::Heard::Report{story.happening, story.last}, heard.reports);
  insert(story.language, heard.languages);
  for (auto country : story.countries) insert(country, heard.countries);
  for (auto country : story.places) insert(country, heard.places);
  heard.of_incident = heard.of_incident || is_of_incident(story.happening);
}

void hear(Course::Heard& heard, const Course::Heard& other) {
  heard.first = std::min(heard.first, other.first);
  heard.last = std::max(heard.last, other.last);
  for (const auto& report : other.reports) hear(report, heard.reports);
  for (auto language : other.languages) insert(language, heard.languages);
  for (auto country : other.countries) insert(country, heard.countries);
  for (auto country : other.places) insert(country, heard.places);
  heard.of_incident = heard.of_incident || other.of_incident;
}

Tie tie_between(const Profile& story, const Course& course, const Rarities& rarities) {
  Tie out;
  const auto& heard = course.heard;
  out.words = by_words(course.sums.words.cosine(story.words));
  bool foreign = story.language != 0 && !std::binary_search(heard.languages.begin(),
                                                            heard.languages.end(), story.language);
  if (foreign) {
    out.words = std::max(out.words, 0.0);
    out.base += kAcrossLanguages;
  }
  out.time = by_time(days_between(course, story.first, story.last));
  bool same = says_much(story.happening) && heard_lately(course, story.happening, story.first);
  if (same) out.kind = kSameKind;
  weigh_actors(story, course, rarities, out);
  weigh_references(story, course, out);
  bool of_kind = is_of_incident(story.happening);
  bool beside = !of_kind && out.beside && out.reference == 0;
  out.base += beside ? kBaseBeside : of_kind && heard.of_incident ? kBaseOfKind : kBase;
  return out;
}

Tie tie_between(const Course& smaller, const Course& larger, const Rarities& rarities) {
  Tie out;
  out.base = smaller.heard.of_incident && larger.heard.of_incident ? kBaseOfKind : kBase;
  out.words = by_words(larger.sums.words.cosine(smaller.sums.words));
  out.time = by_time(days_between(larger, smaller.heard.first, smaller.heard.last));
  Terms names;  // in an order that does not depend on how the table grew
  smaller.sums.with_name.for_each([&](std::uint32_t name, std::int32_t with) {
    if (larger.sums.with_name.get(name) > 0) names.push_back({name, with});
  });
  std::sort(names.begin(), names.end(), [](const Term& a, const Term& b) { return a.id < b.id; });
  double actors = 0;
  for (const auto& [name, with] : names) {
    double both = std::min(share(with, smaller), share(larger.sums.with_name.get(name), larger));
    double bits = rare_bits(name, rarities);
    if (both > 0 && bits > 0) actors += bits * std::min(1.0, both / kCore) / 2;
  }
  out.actors = std::min(actors, kMostActors / 2);
  return out;
}

bool of_two_countries(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.empty() || b.empty()) return false;
  return std::none_of(a.begin(), a.end(), [&](std::uint32_t country) {
    return std::binary_search(b.begin(), b.end(), country);
  });
}

}  // namespace correlate
