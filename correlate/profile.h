#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "correlate/item.h"
#include "correlate/terms.h"

namespace correlate {

// An entry of a story, and whether it only repeats another of it.
struct Member {
  const Item* item = nullptr;
  bool copy = false;
};

// How rare words and names are: among the first entries of the stories that were taken so far.
struct Rarities {
  Rarity words;
  Rarity names;
};

// What threading holds a story against others by, as it was when it was last looked at: drawn from
// those of its entries that are no near-copies, the first kMostEntries of them.
struct Profile {
  static constexpr std::size_t kMostEntries = 24;
  static constexpr std::size_t kMostTerms = 40;

  Terms words;                      // the heaviest, of length kUnit, sorted by id
  std::vector<const Named*> names;  // of a fifth of the entries at least, sorted by id
  std::vector<const Reference*> references;
  std::vector<std::uint32_t> countries;  // term_id of those of its outages, sorted
  std::vector<std::uint32_t> places;     // … and of those that unmeasured ones are reported of
  model::Happening happening = model::Happening::kOther;  // that most entries report
  std::uint32_t language = 0;  // term_id, of its first entry; 0: not known
  model::Instant first{};
  model::Instant last{};
  bool counted = false;  // in the sums of its incident
};
// Of at least one member, weighed by how rare words are.
Profile profile_of(const std::vector<Member>& members, const Rarities& rarities);

// What an incident's strands are made by: all that the entries of a story tell in the end.
struct Outline {
  std::vector<std::string> outages;  // sorted
  std::string outage;      // the one that most entries speak of before others; may be none
  bool of_outage = false;  // it reports that outage, not something beside it
  model::Happening happening = model::Happening::kOther;
  model::Instant first{};
  model::Instant last{};
  model::Instant happened{};  // the earliest
  bool coarse = false;        // … and perhaps only exact to the day
};
// Of items in order of publication, at least one.
Outline outline_of(const std::vector<const Item*>& items);

bool is_outage(model::Happening happening);
// What an incident is made of: done to someone's network or said by someone about just that.
bool is_of_incident(model::Happening happening);

}  // namespace correlate
