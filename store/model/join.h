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
  std::string feature;  // "place", "time", "network", "duration", "vocabulary", "base-rate"
  double bits = 0;      // > 0 speaks for, < 0 against
  std::string text;     // in plain words

  friend bool operator==(const Reason&, const Reason&) = default;
};

// Entry ↔ outage, with a probability. Inferred, never measured.
struct Link {
  std::string id;  // make_id("lnk", entry, outage)
  std::string entry_id;
  int revision = 0;
  std::string outage_id;
  double probability = 0;
  std::vector<Reason> reasons;

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

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// Entries that report the same happening. Near-copies are grouped inside it, never deleted.
struct Story {
  std::string id;
  std::string title;
  std::vector<std::string> entry_ids;  // in order of publication, then id

  friend bool operator==(const Story&, const Story&) = default;
};

// Stories and outages that belong together over days or weeks: what a timeline shows.
struct Incident {
  std::string id;
  std::string title;
  Interval span{};  // first to last happening
  std::vector<std::string> story_ids;
  std::vector<std::string> outage_ids;

  friend bool operator==(const Incident&, const Incident&) = default;
};

}  // namespace model
