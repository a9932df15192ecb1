#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The linker's evidence: what is looked at, and into which classes ("bins") it falls. A bin's name
// is what stands in the file of weights and in a link's ledger.
namespace correlate::evidence {

enum class Feature : std::uint8_t {
  kPlace,      // how the outage's country is named
  kNetwork,    // its network, prefix or operator
  kRegion,     // its region, where it has one
  kTime,       // when it was written × what times it gives × whether a network or more was down
  kDuration,   // whether a length that it gives fits
  kRarity,     // how rare outages of that country are
  kDepth,      // words and shares of scope against the measured depth
  kCause,      // the cause it gives against the measurer's
  kWords,      // how much its words speak of a network outage
  kHappening,  // what it reports
  kClaims,     // how many claims on an outage it makes
  kPlans,      // what it denies, or says is to come
  kAgain,      // another outage of that place within days, and whether it says "again"
  kPhase       // whether it tells of a beginning or an end, against how far the outage had come
};
inline constexpr std::size_t kFeatures = 14;

// "place", "time", …
std::string_view name_of(Feature feature);
// The names of a feature's bins, in order. kDuration and kRarity weigh by figures of the country's
// own outages beside: their bins only say which rule was used.
std::span<const std::string_view> bins_of(Feature feature);

// kTime is one table: the three are dependent.
enum class Lag : std::uint8_t {
  kBefore,      // written more than six hours before it began
  kJustBefore,  // within six hours before
  kDuring,
  kHalfDay,  // after it was over, within …
  kDayAndHalf,
  kThreeDays,
  kTenDays,
  kYear,
  kLater
};
inline constexpr std::size_t kLags = 9;
enum class Fit : std::uint8_t {
  kNone,    // it gives no time
  kBoth,    // a start and an end, each to two hours, and both fit
  kMinute,  // the finest time that fits is exact to ten minutes
  kHour,    // … two hours
  kPart,    // … half a day
  kDay,
  kCoarse,
  kMentionedDay,  // no claim fits, but a day is mentioned in which it was down
  kMentioned,     // … a longer time, a year at most
  kNear,          // off by a day at most: another zone, or the day after
  kConflict
};
inline constexpr std::size_t kTimeFits = 11;
constexpr std::size_t time_bin(Lag lag, Fit fit, bool network) {
  return (static_cast<std::size_t>(lag) * kTimeFits + static_cast<std::size_t>(fit)) * 2 +
         (network ? 1 : 0);
}

// One pair of an article and an outage, as bins.
struct Bins {
  std::array<std::uint8_t, kFeatures> bin{};
  double chance = 1;          // kDuration: share of the country's outages that such a length fits
  double rate = 1;            // kRarity: outages of that country in ten days
  std::uint32_t lengths = 0;  // which of the lengths told fit: a bit for each

  std::uint8_t of(Feature feature) const { return bin[static_cast<std::size_t>(feature)]; }
  void set(Feature feature, std::size_t value) {
    bin[static_cast<std::size_t>(feature)] = static_cast<std::uint8_t>(value);
  }
};

// How an outage's country is named, and how the other countries of the article are: a place in the
// title and in the sentence on the outage is named better than in one of them, and that better than
// elsewhere.
enum class Named : std::uint8_t { kBoth, kSentence, kTitle, kText };
enum class Others : std::uint8_t { kNone, kWorse, kAsWell, kBetter };
constexpr std::size_t place_bin(Named named, Others others) {
  return static_cast<std::size_t>(named) * 4 + static_cast<std::size_t>(others);
}
inline constexpr std::size_t kBeside = 16;        // only as where something else was: "near Egypt"
inline constexpr std::size_t kOperatorOnly = 17;  // only as the country of the outage's operator
inline constexpr std::size_t kNoPlace = 18;       // no country is named
inline constexpr std::size_t kOtherPlace = 19;    // others are, or an operator of that country
enum class Network : std::uint8_t {
  kPlain,           // a country's outage; no network is named, or none that it is known to rest on
  kPlainNamed,      // … some network is
  kOperatorsNamed,  // a country's outage of named operators; one is named
  kOwn,             // measured by the operator itself; it is not named
  kOwnNamed,
  kAs,          // a network's outage; no network is named, nor is the place spoken of
  kAsPlace,     // … the sentence on the outage names the country
  kAsOther,     // … another network is named
  kAsOperator,  // … its operator is
  kAsNamed      // … it is
};
// What the article says of the outage's course, against its course up to the writing.
enum class Says : std::uint8_t { kBegins, kEnds, kNeither };
enum class Course : std::uint8_t { kBegun, kLasts, kJustOver, kOver, kUnknown };
constexpr std::size_t phase_bin(Says says, Course course) {
  return static_cast<std::size_t>(says) * 5 + static_cast<std::size_t>(course);
}
enum class Region : std::uint8_t { kNone, kNamed, kOther };
enum class Duration : std::uint8_t { kNone, kFits, kOff };
enum class Depth : std::uint8_t {
  kNone,
  kAllDeep,
  kAllShallow,
  kAllUnknown,
  kSomeDeep,
  kSomeShallow,
  kSomeUnknown,
  kShareFits,
  kShareOff
};
enum class Cause : std::uint8_t { kNone, kSame, kOther };
enum class Plans : std::uint8_t { kNone, kToCome, kDenied, kBoth };
enum class Again : std::uint8_t { kAlone, kLatest, kLatestAgain, kEarlier, kEarlierAgain };

}  // namespace correlate::evidence
