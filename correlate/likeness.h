#pragma once

#include <cstddef>
#include <cstdint>

#include "correlate/terms.h"
#include "store/model/claim.h"
#include "store/model/instant.h"

// When two texts are alike enough to report one happening. News of a happening comes in a burst and
// thins out, so what likeness it takes grows with the time since the story was last heard of, as
// its square root; and of longer texts it takes more, since texts of any two subjects share words.
// The figures are tuned on one half of a set of stories and tested on the other; see README.md.
namespace correlate {

struct Closeness {
  double cosine = 0;
  double gap = 0;         // hours since the story was last heard of
  std::size_t terms = 0;  // of the shorter text
};

// Above 1: alike enough, the higher the better.
double fit_of_item(const Closeness& close);
double fit_of_stories(const Closeness& close, std::size_t smaller);

// The likeness that texts of different subjects have by chance, the shorter of so many terms.
double by_chance(std::size_t terms);

// Hours between two moments, at least six minutes; half a day where one is only exact to the day.
double apart_by(model::Instant a, model::Instant b, bool coarse);

// Reports in two languages share no words: the likeness of what they name and of the figures they
// give, where they report the same kind of happening and share two such facts.
class Centroid;
double across_languages(const Terms& facts, const Centroid& story, model::Happening a,
                        model::Happening b);

// Whether two entries can report one happening.
bool compatible(model::Happening a, model::Happening b);

inline constexpr double kLeastFit = 0.3;  // an entry that fits its story worse is a stray

}  // namespace correlate
