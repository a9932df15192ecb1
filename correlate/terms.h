#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/flat_table.h"

namespace correlate {

// A word, or a name, by 32 bits of a hash of its folded letters, and what it weighs. Two words of a
// million share a hash by about one chance in 4,000; nothing that a person sees rests on it alone.
struct Term {
  std::uint32_t id = 0;  // never 0
  std::int32_t weight = 0;

  friend bool operator==(const Term&, const Term&) = default;
};
// A sparse vector, ordered by id, each id once.
using Terms = std::vector<Term>;

// Weights are whole numbers, so that a sum is the same in whatever order it was made, and taking
// away undoes adding: a vector of length 1 has this length.
inline constexpr std::int32_t kUnit = 1 << 14;

std::uint32_t term_id(std::string_view folded);

// The term of one word as it is written; 0: it counts for nothing (a stop word, a number).
std::uint32_t term_of_word(std::string_view as_written);

// The words of a text, folded, without stop words and single letters, the English plural taken off;
// of words with digits only those that name something (“2014” and “9” do not, “4chan” does). The
// weight is 256 · (1 + ln n), where each word counts 3 in the title, 2 where it is capitalised
// inside a sentence of the body, else 1. The first 2,000 words of the body are enough.
Terms count_terms(std::string_view title, std::string_view body);

bool is_stop_word(std::string_view folded);

// How rare terms are among the texts that were added so far: the online part of TF-IDF.
class Rarity {
 public:
  void add(const Terms& counted);
  void remove(const Terms& counted);  // takes one back that was added

  // ln(1 + N/n) times what was counted, where n of the N texts so far hold the term and N is at
  // least 5,000 (in a small store a word of its main story would else look as common as "the");
  // of length kUnit.
  Terms weigh(const Terms& counted) const;
  // log2(N/n) of one term, N at least `least`.
  double bits(std::uint32_t term, double least) const;
  std::size_t bytes() const { return texts_.bytes(); }

 private:
  FlatTable texts_;  // with each term
  std::int32_t total_ = 0;
};

// A sum of weighed vectors, from which any of them can be taken away again.
class Centroid {
 public:
  void add(const Terms& weighed, std::int32_t sign = 1);
  void add(const Centroid& other, std::int32_t sign = 1);

  std::int64_t dot(const Terms& weighed) const;
  std::int64_t dot(const Centroid& other) const;
  double cosine(const Terms& weighed) const;  // of one of length kUnit
  double cosine(const Centroid& other) const;
  // The heaviest, heaviest first; of equals the lower id.
  Terms heaviest(std::size_t most) const;
  bool empty() const { return square_ == 0; }
  std::size_t bytes() const { return sum_.bytes(); }

 private:
  void add(std::uint32_t id, std::int32_t weight);

  FlatTable sum_;
  std::int64_t square_ = 0;  // of its length
};

Terms heaviest(const Terms& terms, std::size_t most);
// Of two vectors of length kUnit, or shorter.
double cosine(const Terms& a, const Terms& b);

}  // namespace correlate
