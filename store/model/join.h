#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"

namespace model {

// One piece of evidence for or against a link, in bits: log2 of how much likelier it is when the
// link is true than when it is not.
struct Reason {
  std::string feature;  // "place", "time", "duration", …: correlate/link/features.h
  double bits = 0;      // > 0 speaks for, < 0 against
  std::string text;     // in plain words

  friend bool operator==(const Reason&, const Reason&) = default;
};

// What a link says of its entry. Where the place agrees and nothing else says when, the entry does
// not contradict the outage, and reports nothing of it.
enum class LinkRelation : std::uint8_t { kReports, kCompatible };
std::string_view to_string(LinkRelation relation);  // "reports", "compatible"

// One of the outages that an entry may speak of, and the share of the probability that falls to it.
struct Hypothesis {
  std::string outage_id;  // empty: none of those that were measured
  double share = 0;       // to four places

  friend bool operator==(const Hypothesis&, const Hypothesis&) = default;
};

// Entry ↔ outage, with a probability. Inferred, never measured.
struct Link {
  std::string id;  // make_id("lnk", entry, outage)
  std::string entry_id;
  int revision = 0;
  std::string outage_id;
  double probability = 0;
  std::vector<Reason> reasons;
  LinkRelation relation = LinkRelation::kReports;
  bool dependent = false;  // the entry cites who measures outages: it confirms nothing by itself
  double any = 0;          // that the entry speaks of any outage of this place
  // The outages of this place that compete for the entry, the likeliest first, "none" last.
  std::vector<Hypothesis> hypotheses;
  // The same entry against the same outages, moved in time by whole weeks: how often one of them
  // scores as high as this link does by chance.
  int decoys = 0;  // moved timelines that were tried; 0: none were
  int decoys_as_high = 0;
  double q = 1;  // expected share of chance among this entry's links that score as high

  friend bool operator==(const Link&, const Link&) = default;
};

enum class VerdictKind : std::uint8_t {
  kAgrees,
  kRounds,
  kDisagrees,
  kUndecided,
  kNotMeasured,
  kNotMeasurable,
};
std::string_view to_string(VerdictKind kind);  // "agrees", "not-measured"

// A claim held against the measurement.
struct Verdict {
  std::string id;  // make_id("vrd", claim, outage)
  std::string claim_id;
  std::string entry_id;
  int revision = 0;
  std::string outage_id;  // empty: no outage is linked
  VerdictKind verdict = VerdictKind::kUndecided;
  std::string claimed;   // "more than 9 hours"
  std::string measured;  // "9 h 31 min"; empty when nothing was
  std::string note;      // which zone was read, how far it exceeds, why it is undecided
  // Who is said to have it first: the party that speaks, or the measurer that the entry cites.
  // Verdicts that name one source rest on one observation. Empty: the entry's own.
  std::string source{};

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// Entries that report the same happening. Near-copies are grouped inside it, never deleted.
struct Story {
  std::string id;
  std::string title;
  std::vector<std::string> entry_ids;  // in order of publication, then id
  // Independent origins of its entries: near-copies, wire copies and all that cite the same
  // measurer count as one.
  int origins = 0;

  friend bool operator==(const Story&, const Story&) = default;
};

// Why a story belongs to an incident: what ties it to another of its stories or outages.
struct Tie {
  std::string from;  // story
  std::string to;    // story or outage, told before
  std::string kind;  // "outage", "reference", "actors", "words", "editor"
  double bits = 0;   // what it weighed in all
  std::string text;  // in plain words

  friend bool operator==(const Tie&, const Tie&) = default;
};

// A part of an incident: the attack itself, one outage, the sanctions that followed.
struct Strand {
  std::string kind;  // "attack", "outage", "release", "sanctions", "other"
  std::string title;
  std::vector<std::string> story_ids;  // sorted
  std::vector<std::string> outage_ids;

  friend bool operator==(const Strand&, const Strand&) = default;
};

// Words of an entry, and whose they are.
struct Quoted {
  std::string text;
  std::string entry_id;

  friend bool operator==(const Quoted&, const Quoted&) = default;
};

// Stories and outages that belong together over days or weeks: what a timeline shows.
struct Incident {
  std::string id;
  std::string title;
  Interval span{};  // first to last happening
  std::vector<std::string> story_ids;
  std::vector<std::string> outage_ids;
  std::vector<Strand> strands{};  // in order of their first story; each story is in one
  std::vector<Tie> ties{};        // at least one for each story but the first, or of an outage
  std::vector<Quoted> summary{};  // at most two lines

  friend bool operator==(const Incident&, const Incident&) = default;
};

}  // namespace model
