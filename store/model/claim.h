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

// What a mention names. A measurer is one of the parties that measure the Internet ("Dyn
// Research"): an entry that cites one depends on it, and confirms nothing by itself.
enum class MentionKind : std::uint8_t {
  kPlace,
  kName,  // of a kind that nothing tells
  kNetwork,
  kMeasurer,
  kCable,
  kExchange,
  kActor,    // a group that attacks
  kMalware,  // ransomware and tools too
  kOrganisation,
  kPerson,
  kWork  // a film, a product
};

struct Mention {
  MentionKind kind = MentionKind::kPlace;
  Span span;
  Scope scope;        // places and networks
  std::string name;   // canonical name: "North Korea", "Sony Pictures Entertainment", "AS131279"
  std::string ref{};  // in its gazetteer: "geonames:1871859"
  std::optional<double> latitude{};  // of cities, WGS 84, degrees
  std::optional<double> longitude{};

  friend bool operator==(const Mention&, const Mention&) = default;
};

// What an entry says. A measurement can confirm the first four, kDepth and kOngoing; the others are
// kept with who says so.
enum class ClaimKind : std::uint8_t {
  kStart,        // when an outage began
  kEnd,          // when it ended
  kDuration,     // how long it lasted
  kScope,        // whom or what it hit
  kCause,        // why it came about
  kOngoing,      // that it goes on at the time of writing
  kRecurs,       // that it is one of several: "for the second time in two days"
  kDepth,        // how much was lost: "traffic fell by 90 percent"
  kAttribution,  // who did it
  kDemand,
  kThreat,
  kSanction,
  kDenial,
  kStatement,  // anything else that somebody is said to have said
};

// Whether a measurement can say anything on claims of a kind.
constexpr bool is_measurable(ClaimKind kind) {
  return kind <= ClaimKind::kScope || kind == ClaimKind::kOngoing || kind == ClaimKind::kDepth;
}

// Whose words a claim is: the entry's own, another's in the entry's words, or another's own words
// between quotation marks.
enum class Voice : std::uint8_t { kOwn, kReported, kQuoted };

// Of the verb that a claim hangs on, seen from the time of writing.
enum class Tense : std::uint8_t { kNone, kPast, kPresent, kFuture };

struct Claim {
  std::string id;  // make_id("clm", entry, revision, kind, span)
  ClaimKind kind = ClaimKind::kDuration;
  Span span;      // the words that carry the value
  Span sentence;  // the sentence they stand in
  // TIMEX3 value of a time; "all", "some" of a scope; the cause's name; the ordinal of kRecurs.
  std::string value;
  std::string mod;                     // TIMEX3 mod
  std::string zone;                    // as stated with the time
  std::optional<Interval> interval;    // of start and end claims
  std::vector<std::string> countries;  // the places that the sentence, or else the entry, speaks of
  std::string speaker;                 // "Dyn Research"; empty: the entry itself
  bool hedged = false;                 // "reportedly", "seemed to"
  bool denied = false;                 // "did not go down"
  bool ongoing = false;                // "has been down for": holds up to the time of writing
  Voice voice = Voice::kOwn;
  // Who passed the words on, the nearest to the speaker first: of "Sony said, the paper reported".
  std::vector<std::string> via{};
  std::string hedge{};  // the words that hedge it: "reportedly", "rumour"
  Tense tense = Tense::kNone;
  // What an ordinal counts over, or a share is a share of: "in two days", "of its customers".
  std::string basis{};
  std::optional<double> amount{};  // "four networks" 4, "90 percent" 0.9
  std::string unit{};              // of `amount`: "share", "networks", "customers", …

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
  kRelapse,  // an outage that begins after another of the same story
};

std::string_view to_string(Happening kind);    // "outage-start"
std::string_view to_string(ClaimKind kind);    // "duration"
std::string_view to_string(TimexType type);    // "DURATION"
std::string_view to_string(MentionKind kind);  // "measurer"
std::string_view to_string(Voice voice);       // "quoted"
std::string_view to_string(Tense tense);       // "past"; empty for kNone

// Everything found in one revision. A pure function of the revision's text and anchor.
struct Extraction {
  std::string entry_id;
  int revision = 0;
  std::string language;
  std::vector<Timex> times;
  std::vector<Mention> mentions;
  std::vector<Claim> claims;
  Happening happening = Happening::kOther;
  // How sure that is, 0 … 1, and the words that decided, the weightiest first.
  double happening_confidence = 0;
  std::vector<std::string> happening_words;
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
