#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "correlate/cluster.h"
#include "correlate/link.h"
#include "correlate/terms.h"

namespace correlate {

// What threading knows of a story: drawn from those of its entries that are no near-copies, the
// first kMostEntries of them.
struct Profile {
  static constexpr std::size_t kMostEntries = 24;
  static constexpr std::size_t kMostTerms = 40;

  Terms words;               // the heaviest, of length kUnit
  std::vector<Named> names;  // of a fifth of the entries at least, sorted by id
  std::vector<const Reference*> references;
  std::vector<std::string> outages;  // sorted
  std::string outage;               // the one that most entries speak of before others; may be none
  bool of_outage = false;           // it reports that outage, not something beside it
  std::set<std::string> countries;  // of those outages
  model::Happening happening = model::Happening::kOther;  // that most entries report
  std::string language;                                   // of its first entry; empty: not known
  model::Instant first{};
  model::Instant last{};
  model::Instant happened{};  // the earliest
  bool coarse = false;        // … and perhaps only exact to the day
};

// How rare words and names are among the stories that were taken so far.
struct Rarities {
  Rarity words;
  Rarity names;
};

// Adds the story to `rarities`, and weighs it by them.
Profile profile_of(const Cluster& cluster, const std::vector<Item>& items,
                   const OutageIndex& outages, Rarities& rarities);

bool is_outage(model::Happening happening);
// What an incident is made of: done to someone's network or said by someone about just that.
bool is_of_incident(model::Happening happening);

}  // namespace correlate
