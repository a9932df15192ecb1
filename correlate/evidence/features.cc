#include "correlate/evidence/features.h"

#include <string>
#include <vector>

namespace correlate::evidence {
namespace {

constexpr std::array<std::string_view, kFeatures> kNames = {
    "place", "network", "region",    "time",   "duration", "rarity", "depth",
    "cause", "words",   "happening", "claims", "plans",    "again",  "phase"};

constexpr std::string_view kNetworks[] = {"country",
                                          "country, a network named",
                                          "operators, named",
                                          "operator's own, not named",
                                          "operator's own, named",
                                          "network, not named",
                                          "network, its country in the outage sentence",
                                          "network, another named",
                                          "network, its operator named",
                                          "network, named"};
constexpr std::string_view kNamedNames[] = {"title and outage sentence", "outage sentence", "title",
                                            "text"};
constexpr std::string_view kOtherNames[] = {"alone", "best named", "others as well",
                                            "others better"};
constexpr std::string_view kSaysNames[] = {"it begins", "it ends", "neither"};
constexpr std::string_view kCourseNames[] = {"just begun", "lasting", "just over", "long over",
                                             "end unknown"};
constexpr std::string_view kRegions[] = {"none measured", "named", "not named"};
constexpr std::string_view kDurations[] = {"none", "fits", "off"};
constexpr std::string_view kRarities[] = {"by the country's own outages"};
constexpr std::string_view kDepths[] = {"none told",     "all, deep",   "all, shallow",
                                        "all, unknown",  "some, deep",  "some, shallow",
                                        "some, unknown", "share, fits", "share, off"};
constexpr std::string_view kCauses[] = {"none to compare", "the same", "another"};
constexpr std::string_view kWords[] = {"below 0.2",   "0.2 to 0.4",  "0.4 to 0.55",
                                       "0.55 to 0.7", "0.7 to 0.85", "from 0.85"};
constexpr std::string_view kHappenings[] = {"outage begins", "outage ends", "outage",
                                            "relapse",       "attack",      "denial or threat",
                                            "statement",     "other"};
constexpr std::string_view kClaimCounts[] = {"none", "one", "two", "more"};
constexpr std::string_view kPlans[] = {"none", "to come", "denied", "denied and to come"};
constexpr std::string_view kAgains[] = {"alone", "latest", "latest, told as again", "earlier",
                                        "earlier, told as again"};
constexpr std::string_view kLagNames[] = {"before",      "just before",   "during",
                                          "within 12 h", "within 36 h",   "within 3 d",
                                          "within 10 d", "within a year", "later"};
constexpr std::string_view kFitNames[] = {"no time told", "start and end fit", "minute fits",
                                          "hour fits",    "part of day fits",  "day fits",
                                          "longer fits",  "day mentioned",     "longer mentioned",
                                          "a day off",    "another day"};

// Every first with every second name.
std::vector<std::string> pairs(std::span<const std::string_view> firsts,
                               std::span<const std::string_view> seconds) {
  std::vector<std::string> out;
  for (auto first : firsts) {
    for (auto second : seconds) out.push_back(std::string(first) + ", " + std::string(second));
  }
  return out;
}

const std::vector<std::string>& time_names() {
  static const std::vector<std::string> kMade = [] {
    std::vector<std::string> out;
    for (const auto& name : pairs(kLagNames, kFitNames)) {
      for (const char* scope : {"country", "network"}) out.push_back(name + ", " + scope);
    }
    return out;
  }();
  return kMade;
}

const std::vector<std::string>& place_names() {
  static const std::vector<std::string> kMade = [] {
    auto out = pairs(kNamedNames, kOtherNames);
    for (const char* name : {"only beside something else", "only by its operator",
                             "no country named", "other countries or operators named"}) {
      out.emplace_back(name);
    }
    return out;
  }();
  return kMade;
}

const std::vector<std::string>& phase_names() {
  static const std::vector<std::string> kMade = pairs(kSaysNames, kCourseNames);
  return kMade;
}

std::span<const std::string_view> times() {
  static const std::vector<std::string_view> kViews(time_names().begin(), time_names().end());
  return kViews;
}
std::span<const std::string_view> places() {
  static const std::vector<std::string_view> kViews(place_names().begin(), place_names().end());
  return kViews;
}
std::span<const std::string_view> phases() {
  static const std::vector<std::string_view> kViews(phase_names().begin(), phase_names().end());
  return kViews;
}

}  // namespace

std::string_view name_of(Feature feature) { return kNames[static_cast<std::size_t>(feature)]; }

std::span<const std::string_view> bins_of(Feature feature) {
  switch (feature) {
    case Feature::kPlace:
      return places();
    case Feature::kNetwork:
      return kNetworks;
    case Feature::kRegion:
      return kRegions;
    case Feature::kTime:
      return times();
    case Feature::kDuration:
      return kDurations;
    case Feature::kRarity:
      return kRarities;
    case Feature::kDepth:
      return kDepths;
    case Feature::kCause:
      return kCauses;
    case Feature::kWords:
      return kWords;
    case Feature::kHappening:
      return kHappenings;
    case Feature::kClaims:
      return kClaimCounts;
    case Feature::kPlans:
      return kPlans;
    case Feature::kAgain:
      return kAgains;
    case Feature::kPhase:
      return phases();
  }
  return {};
}

}  // namespace correlate::evidence
