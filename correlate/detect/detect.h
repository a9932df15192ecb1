#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/outage.h"
#include "store/model/result.h"

// From a measured series to the outages in it. Pure: no clock, no store, the same samples give the
// same outages. README.md tells each detector's source and why its numbers are what they are.
namespace correlate::detect {

enum class Method : std::uint8_t {
  kAuto,       // chosen by choose()
  kRatio,      // IODA: the ratio to the median of history
  kSeasonal,   // Chocolatine-like: below a seasonal forecast by more than a robust interval
  kConsensus,  // Dyn-style: the share of peers that carry a route
  kScores,     // the samples are deviation scores already; 1 is an alarm
};

// "auto", "ratio", "seasonal", "consensus", "scores".
std::optional<Method> method_named(std::string_view name);
std::string_view to_string(Method method);

// What a person may turn. Nothing given: the value that fits the method and the kind of signal.
struct Params {
  Method method = Method::kAuto;
  std::optional<model::Seconds> history;  // ratio: how far the median looks back
  std::optional<double> alarm;  // ratio: alarm below this share of history; consensus: of peers
  std::optional<double> least_drop;  // share of the signal that an outage loses at least, 0 … 1
  std::optional<model::Seconds> least_length;  // shorter outages are left out; 0: none are
};

// What was seen of one series on an even grid: sample i was taken at from + i · step.
struct Detection {
  model::Scope scope;
  std::string source;
  std::string kind;
  Method method = Method::kAuto;
  model::Instant from{};
  model::Seconds step{300};
  // One for each sample. NaN: no sample, or nothing can be said of it (warm-up).
  std::vector<double> values;
  std::vector<double> expected;  // what the signal would have been; empty for deviation scores
  // (expected − value) / interval: 1 and more is an alarm, 1/4 and less is up again.
  std::vector<double> scores;

  std::vector<model::Outage> outages;    // by start
  std::vector<model::Interval> blind;    // "we could not see": neither up nor down is claimed
  std::vector<model::Warning> warnings;  // what was mended in the samples, with counts
  // Samples that come after the last one can change nothing before this moment. The seasonal
  // detector settles nothing: it learns from both sides. To detect a series anew is cheap (README).
  model::Instant settled_until{};
};

// True where samples of one belong to the series of the other: same scope, source, kind, unit and
// step.
bool same_series(const model::Signal& a, const model::Signal& b);
// The id of the series that a document belongs to, "ser-…": equal where same_series() is true.
std::string series_id(const model::Signal& document);
// Documents by series, in the order in which each series first occurs.
std::vector<std::vector<model::Signal>> by_series(std::vector<model::Signal> documents);

// The detector for a series, from its unit, kind and source, and from its samples where those say
// nothing: what carries a daily rhythm is held against a seasonal forecast.
Method choose(std::span<const model::Signal> documents);

// All outages of one series. Its documents may overlap, repeat and come in any order: of two values
// for one moment the later document's counts. A series with a hole of more than 60 days is taken as
// several; each is a Detection. Nothing for no documents.
std::vector<Detection> detect(std::span<const model::Signal> documents, const Params& params);

}  // namespace correlate::detect
