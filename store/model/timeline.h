#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/model/claim.h"
#include "store/model/edit.h"
#include "store/model/entry.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace model {

// A claim with its verdicts, as a line of a timeline shows it.
struct CheckedClaim {
  Claim claim;
  std::vector<Verdict> verdicts;
  std::optional<Edit> confirmed;  // by a person: one of the verdicts is right
};

// An entry as a timeline shows it, leading back to the revision it rests on.
struct TimelineEntry {
  std::string entry_id;
  int revision = 0;
  int revisions = 1;  // how many there are as of that moment
  std::string title;
  std::string body;
  std::string url;
  std::string canonical_url;
  std::string byline;        // its publisher; else its author; else the feed
  std::string source_title;  // the feed it was read from
  std::string document_id;
  std::string place;
  std::string language;
  std::optional<Timestamp> published;
  Instant known_at{};
  std::optional<Instant> gone_at;  // since when its feed leaves it out
  std::string copy_of;             // the entry of its story that it is a near-copy of; empty: none
  std::string copy_reason;         // in words
  std::vector<CheckedClaim> claims;
  std::vector<Link> links;  // at or above the threshold, best first
  std::vector<Edit> notes;  // of editors, on the entry, its links and its verdicts
};

// One line of a timeline: a story (one or more entries), the start or end of a measured outage, or
// a while in which a series has no sample: what could not be seen.
struct TimelineLine {
  enum class Kind : std::uint8_t { kStory, kOutageStart, kOutageEnd, kUnseen };
  Kind kind = Kind::kStory;
  Timestamp when;        // when it happened
  Instant order{};       // where it stands: inside `when`, at what was measured if that fits
  bool inferred = true;  // false: measured
  Happening happening = Happening::kOther;
  std::string story_id;
  std::string outage_id;         // of kOutageStart and kOutageEnd
  std::string signal_id;         // of kUnseen
  std::optional<Instant> until;  // of kUnseen: when samples are there again
  // Entries that were published on the day of this line, or name it: how much it matters to those
  // who wrote (Ghalandari and Ifrim 2020, date selection by mention count).
  std::size_t salience = 0;
  std::vector<TimelineEntry> entries;  // the one that is quoted first
  std::string title;                   // as an editor corrected it; empty: the first entry's
  std::vector<Edit> corrections;       // that are in force here
  std::vector<Edit> notes;
};

// One value that entries give for the same thing.
struct ClaimedValue {
  std::string claimed;  // as the first of them writes it
  VerdictKind verdict = VerdictKind::kUndecided;
  std::vector<std::string> entry_ids;
};

// Where entries contradict each other: the values that they give for a start, an end or a length.
struct Conflict {
  ClaimKind kind = ClaimKind::kDuration;
  std::string outage_id;
  std::string measured;
  std::vector<ClaimedValue> values;  // those of the most entries first
};

struct TimelineIncident {
  std::string id;
  std::string title;
  std::vector<Quoted> summary;      // words of entries that are among the lines
  std::vector<Strand> strands;      // its parts, of stories and outages that are among the lines
  std::vector<TimelineLine> lines;  // in order of happening
  std::vector<Outage> outages;      // as known at `as_of`
  std::vector<Signal> signals;      // that cover them, cut at `as_of`
  std::vector<Conflict> conflicts;
  std::vector<Edit> corrections;  // that are in force here
  std::vector<Edit> notes;        // of editors, on the incident and its outages
};

// The answer to a journalist's query.
struct Timeline {
  std::string query;
  std::string zone = "UTC";  // what times are shown in
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::optional<Instant> as_of;  // nothing after this moment is known
  Instant now{};
  std::vector<TimelineIncident> incidents;  // best match first
};

}  // namespace model
