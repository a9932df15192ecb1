#include "correlate/evidence/features.h"

#include <string>
#include <vector>

namespace correlate::evidence {
namespace {

constexpr std::array<std::string_view, kFeatures> kNames = {
    "place", "network", "region",    "time",   "duration", "rarity", "depth",
    "cause", "words",   "happening", "claims", "plans",    "again"};

constexpr std::string_view kPlaces[] = {"title and outage sentence",
                                        "title",
                                        "outage sentence",
                                        "text",
                                        "title and outage sentence, among others",
                                        "title, among others",
                                        "outage sentence, among others",
                                        "text, among others",
                                        "only beside something else",
                                        "only by an operator",
                                        "no country named",
                                        "other countries named"};
constexpr std::string_view kNetworks[] = {"country, no network named",
                                          "country, a network named",
                                          "operators, none named",
                                          "operators, named",
                                          "operator's own, not named",
                                          "operator's own, named",
                                          "network, not named",
                                          "network, its country in the outage sentence",
                                          "network, another named",
                                          "network, its operator named",
                                          "network, named"};
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

const std::vector<std::string_view>& time_names() {
  static const std::vector<std::string> kJoined = [] {
    std::vector<std::string> out;
    for (auto lag : kLagNames) {
      for (auto fit : kFitNames) {
        for (auto scope : {"country", "network"}) {
          out.push_back(std::string(lag) + ", " + std::string(fit) + ", " + scope);
        }
      }
    }
    return out;
  }();
  static const std::vector<std::string_view> kViews(kJoined.begin(), kJoined.end());
  return kViews;
}

}  // namespace

std::string_view name_of(Feature feature) { return kNames[static_cast<std::size_t>(feature)]; }

std::span<const std::string_view> bins_of(Feature feature) {
  switch (feature) {
    case Feature::kPlace:
      return kPlaces;
    case Feature::kNetwork:
      return kNetworks;
    case Feature::kRegion:
      return kRegions;
    case Feature::kTime:
      return time_names();
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
  }
  return {};
}

}  // namespace correlate::evidence
