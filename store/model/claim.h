#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/model/instant.h"
#include "store/model/scope.h"

namespace model {

// Characters of a text. Offsets are code points into Revision::text().
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;

  friend bool operator==(const Span&, const Span&) = default;
};

// ISO-TimeML TIMEX3 types.
enum class TimexType : std::uint8_t { kDate, kTime, kDuration, kSet };

// Which end of a stretch a time is: "from 10 am", "since Monday"; "to noon", "until Friday".
enum class TimexEdge : std::uint8_t { kNone, kFrom, kUntil };

// A time expression, ISO-TimeML TIMEX3.
struct Timex {
  Span span;
  TimexType type = TimexType::kDate;
  std::string value;  // "2014-12-22T16:15", "PT9H", "2014-12-22TEV"; no zone
  std::string mod;    // "MORE_THAN", "APPROX", "START", …; empty: none
  // The zone as stated beside it ("UTC", "local", "Asia/Pyongyang", "EST"); empty: none was.
  std::string zone;
  // Every instant it can mean, read in the stated zone or else the anchor's. None for durations.
  std::optional<Interval> interval;
  // The unit that the value is exact to: "second" … "century", "part" of a day; empty: none.
  std::string granularity;
  std::string rule;  // id of the rule that read it: "date/month_first"
  TimexEdge edge = TimexEdge::kNone;
  // The stretch spoken of: between the two ends of a range, from "since X" to the time of writing,
  // of a length that ends or begins there ("for the past three hours").
  std::optional<Interval> extent;
  // The reading on the other side of the time of writing, where only the tense decided.
  std::optional<Interval> other;

  friend bool operator==(const Timex&, const Timex&) = default;
};

// A place, organisation, actor or network found in a text.
enum class MentionKind : std::uint8_t { kPlace, kName, kNetwork };

struct Mention {
  MentionKind kind = MentionKind::kPlace;
  Span span;
  Scope scope;       // places and networks
  std::string name;  // canonical name: "North Korea", "Sony Pictures Entertainment", "AS131279"

  friend bool operator==(const Mention&, const Mention&) = default;
};

// What an entry says that a measurement could confirm.
enum class ClaimKind : std::uint8_t { kStart, kEnd, kDuration, kScope, kCause };

struct Claim {
  std::string id;  // make_id("clm", entry, revision, kind, span)
  ClaimKind kind = ClaimKind::kDuration;
  Span span;                           // the words that carry the value
  Span sentence;                       // the sentence they stand in
  std::string value;                   // TIMEX3 value; "all", "some" for scope; the cause's name
  std::string mod;                     // TIMEX3 mod
  std::string zone;                    // as stated with the time
  std::optional<Interval> interval;    // of start and end claims
  std::vector<std::string> countries;  // the places that the sentence, or else the entry, speaks of
  std::string speaker;                 // "Dyn Research"; empty: the entry itself
  bool hedged = false;                 // "reportedly", "seemed to"
  bool denied = false;                 // "did not go down"
  bool ongoing = false;                // "has been down for": holds up to the time of writing

  friend bool operator==(const Claim&, const Claim&) = default;
};

// What kind of happening an entry reports. kOther: none of those we know.
enum class Happening : std::uint8_t {
  kOther,
  kBreach,
  kLeak,
  kThreat,
  kCancellation,
  kAttribution,
  kDenial,
  kSanctions,
  kRelease,
  kAttack,
  kOutageStart,
  kOutageEnd,
  kOutage,
  kStatement,
};

std::string_view to_string(Happening kind);  // "outage-start"
std::string_view to_string(ClaimKind kind);  // "duration"
std::string_view to_string(TimexType type);  // "DURATION"

// Everything found in one revision. A pure function of the revision's text and anchor.
struct Extraction {
  std::string entry_id;
  int revision = 0;
  std::string language;
  std::vector<Timex> times;
  std::vector<Mention> mentions;
  std::vector<Claim> claims;
  Happening happening = Happening::kOther;
  // When the reported happening took place, and the words it was read from (none: taken from the
  // time of publication).
  Timestamp happened;
  std::optional<Span> happened_span;
  // How much the entry's vocabulary speaks of a network outage, 0 … 1, and the words that do.
  double outage_score = 0;
  std::vector<std::string> outage_words;

  friend bool operator==(const Extraction&, const Extraction&) = default;
};

}  // namespace model
