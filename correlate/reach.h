#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "correlate/article.h"
#include "correlate/outage_index.h"
#include "store/model/claim.h"

namespace correlate {

// An inverted index from what an outage can be met by (countries, networks, words of operators,
// days of times that are told to the minute) to the entries that name it, so that a new measurement
// asks for these alone. It may give an entry too many, never one too few: whether an entry is to be
// linked or verified again is decided when it is read. Not for several threads, but for keys_of().
class Reach {
 public:
  // What one entry can be met by.
  using Keys = std::vector<std::string>;

  // Begins anew: words of operators are those of these outages.
  void begin(const OutageIndex& outages);
  // Whether an operator of these outages is named by a word that was not looked for in the entries
  // that are here: then it is to begin anew, with all entries.
  bool lacks_words_of(const OutageIndex& outages) const;

  Keys keys_of(const Article& article, const model::Extraction& extraction) const;
  // Keys that the entry had at an earlier revision stay.
  void put(const std::string& entry_id, const Keys& keys);

  // The entries that could be linked otherwise now that some outages have changed, `changed` being
  // these as they were and as they are, `all` those that there are; and those with a claim about
  // one of the countries, whose signals have changed. Cost: outages of the countries that changed,
  // and the entries that are given.
  std::set<std::string> of(const OutageIndex& changed, const OutageIndex& all,
                           const std::set<std::string>& countries) const;

 private:
  using Number = std::uint32_t;

  std::set<std::string, std::less<>> words_;  // of operators
  std::vector<std::string> entries_;
  std::unordered_map<std::string, std::vector<Number>> postings_;
};

}  // namespace correlate
