#pragma once

#include <string>
#include <vector>

#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// A number with what it counts, in the tokens [first, last).
struct Quantity {
  double amount = 0;  // a share between 0 and 1; else the count, or the value in `unit`
  std::string unit;  // "share"; "networks", "customers", "addresses", "sites", "people", …; "Gbps"
  std::string mod;   // as TIMEX3 has it: "MORE_THAN", "APPROX", "LESS_THAN"
  std::size_t first = 0;
  std::size_t last = 0;
};

// "four networks", "1,024 addresses", "more than 24 million subscribers", "Ninety per cent", "a
// third of", "5.97 Gbps", in order, none overlapping. Digits in every language; number words and
// units in English, percent signs and words of the larger European languages.
std::vector<Quantity> find_quantities(const Tokens& tokens);

}  // namespace correlate::extraction
