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

double days_between(const Course& course, model::Instant first, model::Instant last) {
  auto gap = std::max({first - course.last, course.first - last, model::Seconds(0)});
  return static_cast<double>(gap.count()) / 86400;
}

double by_time(double days) { return -std::log2(1 + days / 2); }

double by_words(double cosine) {
  return std::clamp(kWords * (cosine - kWordsByChance), -2.0, kMostWords);
}

double share(std::int32_t of, const Course& course) {
  return static_cast<double>(of) / static_cast<double>(course.stories.size());
}

// Rarer than one in so many counts no more: a small store must not make every name a rare one.
double rare_bits(std::uint32_t name, const Rarities& rarities) {
  return std::min(rarities.names.bits(name, kLeastStories) - 3, kMostOfName);
}

void weigh_actors(const Profile& story, const Course& course, const Rarities& rarities, Tie& out) {
  double places = 0;
  std::vector<std::pair<double, std::uint32_t>> found;
  for (const auto& name : story.names) {
    auto with = course.with_name.get(name.id);
    double bits = rare_bits(name.id, rarities) * weight_of(name.kind);
    if (with == 0 || bits <= 0) continue;
    bits *= std::min(1.0, share(with, course) / kCore);
    (name.kind == MentionKind::kPlace ? places : out.actors) += bits;
    found.emplace_back(bits, name.id);
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
  auto with = [&](Happening one) {
    return course.with_happening.get(1 + static_cast<std::uint32_t>(one)) > 0;
  };
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
    bool named = std::any_of(
        reference->terms.begin(), reference->terms.end(),
        [&](std::uint32_t term) { return share(course.with_word.get(term), course) >= kCore; });
    if (!named && !reference->terms.empty()) continue;  // of another's
    auto heard = course.heard.find(reference->happening);
    bool now = heard != course.heard.end() && story.first - heard->second <= kSameDays;
    double bits = named ? kReference : now ? kVagueOfNow : kVague;
    if (bits <= out.reference) continue;
    out.reference = bits;
    out.points = reference;
  }
}

}  // namespace

namespace {

bool says_much(Happening happening) {
  return happening != Happening::kOther && happening != Happening::kStatement;
}

void hear(Course& course, Happening happening, model::Instant at) {
  auto [found, fresh] = course.heard.try_emplace(happening, at);
  if (!fresh) found->second = std::max(found->second, at);
}

}  // namespace

void add(Course& course, std::size_t place, const Profile& story) {
  bool first = course.stories.empty();
  course.first = first ? story.first : std::min(course.first, story.first);
  course.last = first ? story.last : std::max(course.last, story.last);
  course.stories.push_back(place);
  course.words.add(story.words);
  if (first) course.with_word.reserve(story.words.size());
  for (const auto& term : story.words) course.with_word.add(term.id, 1);
  for (const auto& name : story.names) course.with_name.add(name.id, 1);
  course.with_happening.add(1 + static_cast<std::uint32_t>(story.happening), 1);
  hear(course, story.happening, story.last);
  course.languages.insert(story.language);
  course.outages.insert(story.outages.begin(), story.outages.end());
  course.countries.insert(story.countries.begin(), story.countries.end());
  course.of_incident = course.of_incident || is_of_incident(story.happening);
}

void add(Course& course, const Course& other) {
  course.first = std::min(course.first, other.first);
  course.last = std::max(course.last, other.last);
  course.stories.insert(course.stories.end(), other.stories.begin(), other.stories.end());
  course.words.add(other.words);
  auto take_over = [](FlatTable& to, const FlatTable& from) {
    to.reserve(from.size());
    from.for_each([&](std::uint32_t key, std::int32_t value) { to.add(key, value); });
  };
  take_over(course.with_word, other.with_word);
  take_over(course.with_name, other.with_name);
  take_over(course.with_happening, other.with_happening);
  for (const auto& [happening, at] : other.heard) hear(course, happening, at);
  course.languages.insert(other.languages.begin(), other.languages.end());
  course.outages.insert(other.outages.begin(), other.outages.end());
  course.countries.insert(other.countries.begin(), other.countries.end());
  course.of_incident = course.of_incident || other.of_incident;
}

Tie tie_between(const Profile& story, const Course& course, const Rarities& rarities) {
  Tie out;
  out.words = by_words(course.words.cosine(story.words));
  bool foreign = !story.language.empty() && !course.languages.contains(story.language);
  if (foreign) {
    out.words = std::max(out.words, 0.0);
    out.base += kAcrossLanguages;
  }
  out.time = by_time(days_between(course, story.first, story.last));
  auto heard = course.heard.find(story.happening);
  bool same = says_much(story.happening) && heard != course.heard.end() &&
              story.first - heard->second <= kSameDays;
  if (same) out.kind = kSameKind;
  weigh_actors(story, course, rarities, out);
  weigh_references(story, course, out);
  bool of_kind = is_of_incident(story.happening);
  bool beside = !of_kind && out.beside && out.reference == 0;
  out.base += beside ? kBaseBeside : of_kind && course.of_incident ? kBaseOfKind : kBase;
  return out;
}

Tie tie_between(const Course& smaller, const Course& larger, const Rarities& rarities) {
  Tie out;
  out.base = smaller.of_incident && larger.of_incident ? kBaseOfKind : kBase;
  out.words = by_words(larger.words.cosine(smaller.words));
  out.time = by_time(days_between(larger, smaller.first, smaller.last));
  double actors = 0;
  smaller.with_name.for_each([&](std::uint32_t name, std::int32_t with) {
    double both = std::min(share(with, smaller), share(larger.with_name.get(name), larger));
    double bits = rare_bits(name, rarities);
    if (both > 0 && bits > 0) actors += bits * std::min(1.0, both / kCore) / 2;
  });
  out.actors = std::min(actors, kMostActors / 2);
  return out;
}

bool of_two_countries(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return false;
  return std::none_of(a.begin(), a.end(),
                      [&](const std::string& country) { return b.contains(country); });
}

}  // namespace correlate
