#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "correlate/extract/claims.h"
#include "correlate/extract/one_of.h"

namespace correlate::extraction {

// The word of the vocabulary that something belongs to, and how far away it is.
struct Tie {
  static constexpr int kNowhere = 1000;

  const FoundWord* word = nullptr;
  int distance = kNowhere;  // twice the tokens between, with what marks add, less the weight

  explicit operator bool() const { return word != nullptr; }
};

// One sentence of a page and the words of the vocabulary in it. What ties a time to a word is the
// distance in tokens, with a cost for commas and conjunctions. Of a sentence of thousands of words
// only the first few hundred are looked at: what a sentence costs stays bounded.
class Clause {
 public:
  static constexpr std::size_t kMostWords = 400;

  Clause(const Page& page, std::size_t sentence);

  std::size_t from() const { return from_; }
  std::size_t to() const { return to_; }
  const std::vector<FoundWord>& words() const { return words_; }
  // Those within `reach` tokens of [first, last).
  std::span<const FoundWord> around(std::size_t first, std::size_t last, std::size_t reach) const;

  // The nearest word of those senses, of those that are near enough to matter.
  Tie nearest(std::size_t first, std::size_t last, std::initializer_list<Sense> senses) const;
  // Whether a word of that sense stands within `reach` tokens of [first, last).
  bool stands_near(Sense sense, std::size_t first, std::size_t last, std::size_t reach) const;
  // Whether any word of that sense and at least that weight is in the sentence.
  bool has(Sense sense, double weight = 0) const {
    double most = heaviest_[static_cast<std::size_t>(sense)];
    return most >= 0 && most >= weight;
  }
  // Whether a colon, semicolon or dash stands between two tokens.
  bool breaks(std::size_t from, std::size_t to) const;
  // Whether one of the words stands in [from, to), cut to the sentence.
  template <std::size_t... Sizes>
  bool any(std::size_t from, std::size_t to, const char (&... words)[Sizes]) const {
    for (std::size_t i = std::max(from, from_); i < std::min(to, to_); ++i) {
      if (one_of(tokens_.word(i), words...)) return true;
    }
    return false;
  }
  // The word before or after some tokens, empty at the sentence's edges.
  std::string_view before(std::size_t token, std::size_t steps = 1) const;
  std::string_view at(std::size_t token) const;

 private:
  int distance(std::size_t first, std::size_t last, const FoundWord& word) const;
  int cost_of(std::size_t token) const;
  void measure();
  bool is_in_time(const FoundWord& word) const;
  bool is_of_return(std::size_t index) const;
  void forget_repetition();

  const Tokens& tokens_;
  const std::vector<FoundTime>& times_;
  bool verb_final_;  // Korean, Japanese: what happened stands behind its time
  std::size_t from_ = 0;
  std::size_t to_ = 0;
  std::vector<FoundWord> words_;
  std::vector<int> costs_;                  // of the sentence's tokens in front of each
  std::vector<int> glyphs_;                 // the glyphs among them
  std::array<double, kSenses> heaviest_{};  // by sense; below 0: the sentence has none
};

}  // namespace correlate::extraction
