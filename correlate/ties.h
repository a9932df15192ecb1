#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "correlate/flat_table.h"
#include "correlate/profile.h"
#include "correlate/terms.h"

namespace correlate {

// What is known of an incident while it grows: sums over its stories, each as it was when it was
// last looked at, and what it was ever heard to tell.
struct Course {
  // Sums, from which what was added can be taken away again.
  struct Sums {
    Centroid words;       // of their vectors
    FlatTable with_word;  // stories that hold a word among their heaviest
    FlatTable with_name;
    std::array<std::int32_t, 16> with_happening{};
    std::int32_t stories = 0;
  };
  // Small, and saved whole where it may have to be restored.
  struct Heard {
    // When it last reported a kind of happening.
    struct Report {
      model::Happening kind = model::Happening::kOther;
      model::Instant last{};
    };
    std::vector<Report> reports;           // each kind once
    std::vector<std::uint32_t> languages;  // term_id, 0: not known; sorted
    std::vector<std::uint32_t> countries;  // term_id, sorted
    std::vector<std::uint32_t> places;     // … and where unmeasured outages were reported
    model::Instant first = model::Instant::max();
    model::Instant last = model::Instant::min();
    bool of_incident = false;
  };

  std::vector<std::uint32_t> stories;  // numbers, in the order in which they came
  Sums sums;
  Heard heard;
};
void add(Course::Sums& sums, const Profile& story, std::int32_t sign = 1);
void add(Course::Sums& sums, const Course::Sums& other, std::int32_t sign = 1);
void hear(Course::Heard& heard, const Profile& story);
void hear(Course::Heard& heard, const Course::Heard& other);

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
// both makes them one incident. Both lists are sorted. None where one is empty.
bool of_two_countries(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

}  // namespace correlate
