#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "correlate/profile.h"
#include "correlate/terms.h"

namespace correlate {

// What is known of an incident while it grows: sums over its stories.
struct Course {
  std::vector<std::size_t> stories;  // places of profiles, in the order in which they came
  Centroid words;                    // of their vectors
  FlatTable with_word;               // stories that hold a word among their heaviest
  FlatTable with_name;
  FlatTable with_happening;                          // key: 1 + happening
  std::map<model::Happening, model::Instant> heard;  // when it last reported one of a kind
  std::set<std::string> languages;
  std::set<std::string> outages;
  std::set<std::string> countries;
  model::Instant first{};
  model::Instant last{};
  bool of_incident = false;
};
void add(Course& course, std::size_t place, const Profile& story);
void add(Course& course, const Course& other);

// What ties a story to an incident, or one incident to another, in bits.
struct Tie {
  double words = 0;      // they are told in like words
  double actors = 0;     // they name the same
  double reference = 0;  // one points back at the other
  double kind = 0;       // both report the same kind of happening, of the same days
  double time = 0;       // how long the other was not heard of; never above 0
  double base = 0;
  bool beside = false;                // but for countries they name nobody in common
  std::vector<std::uint32_t> shared;  // names, the rarest first
  const Reference* points = nullptr;  // the words that point back

  double sum() const { return words + actors + reference + kind + time + base; }
};
Tie tie_between(const Profile& story, const Course& course, const Rarities& rarities);
// Of two incidents: what the smaller one's stories say together.
Tie tie_between(const Course& smaller, const Course& larger, const Rarities& rarities);

// Two outages of two countries in one night are told in the same words; only an entry that tells of
// both makes them one incident.
bool of_two_countries(const std::set<std::string>& a, const std::set<std::string>& b);

}  // namespace correlate
