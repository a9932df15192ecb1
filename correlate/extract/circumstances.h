#pragma once

#include <string>
#include <vector>

#include "correlate/extract/clause.h"
#include "correlate/extract/quantities.h"

namespace correlate::extraction {

// A claim before it is known who makes it: its kind, its tokens [first, last) and its value.
struct Saying {
  model::ClaimKind kind = model::ClaimKind::kStatement;
  std::size_t first = 0;
  std::size_t last = 0;
  std::string value;
  std::string mod;
  std::string basis;
  std::optional<double> amount;
  std::string unit;
};

// What a sentence about an outage says of it beside its times: whom it hit, how much was lost, why,
// that it still goes on, and that it is one of several. `quantities` are those of the page.
std::vector<Saying> find_circumstances(const Page& page, const Clause& clause,
                                       const std::vector<Quantity>& quantities);

// What a sentence tells of words and deeds: attribution, demand, threat, sanction, denial; where it
// tells of none, the statement of somebody who is named. At most one of each kind.
std::vector<Saying> find_deeds(const Page& page, const Clause& clause);

// Whether the length at [first, last) goes on at the time of writing: "has been down for more than
// two hours", "has passed 18 hours".
bool goes_on(const Page& page, const Clause& clause, std::size_t first, std::size_t last);

}  // namespace correlate::extraction
