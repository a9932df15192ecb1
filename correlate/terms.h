#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace correlate {

// A sparse vector: term number and weight, ordered by term.
using Terms = std::vector<std::pair<std::uint32_t, double>>;

// Numbers for terms and how many articles hold each, for the weight of rare words.
class Vocabulary {
 public:
  // Counts one article's words: folded, without stop words, numbers and single letters. Words of
  // the title count three times, names in the text twice.
  Terms count(std::string_view title, std::string_view body);

  // TF-IDF of counted words, (1 + ln tf) · ln(1 + N/df) with N at least 5,000, scaled to length 1.
  // Call when all articles are counted: the weights depend on all of them.
  Terms weigh(const Terms& counted) const;

 private:
  std::uint32_t number_of(const std::string& term);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::uint32_t> articles_;  // with each term
  std::uint32_t total_ = 0;
};

bool is_stop_word(std::string_view folded);

// Both ordered; linear in their lengths.
double dot(const Terms& a, const Terms& b);
Terms add(const Terms& a, const Terms& b);
double length(const Terms& a);

}  // namespace correlate
