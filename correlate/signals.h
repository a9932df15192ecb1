#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/model/claim.h"
#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

using SignalList = std::vector<const model::Signal*>;

// The signals of places, read when they are first asked for and kept while there is room: those of
// a country are some megabytes a year, and few countries are asked for.
class Signals {
 public:
  // With `as_of` only the samples that had been taken by then.
  Signals(store::Store& store, std::optional<model::Instant> as_of)
      : store_(store), as_of_(as_of) {}

  // Those of the countries, ordered by country, then id. They live until the next call.
  model::Result<SignalList> of(const std::set<std::string>& countries);

 private:
  store::Store& store_;
  std::optional<model::Instant> as_of_;
  std::map<std::string, std::vector<model::Signal>> kept_;  // by country
  std::size_t samples_ = 0;                                 // of all that are kept
};

// The countries that the claims of an extraction are about.
std::set<std::string> claimed_countries(const model::Extraction& extraction);

}  // namespace correlate
