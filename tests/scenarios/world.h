#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "store/model/edit.h"
#include "store/model/entry.h"
#include "store/model/outage.h"
#include "store/store.h"

// News, measurements and decisions in a random order, some late, some again in other words, some
// taken back.
namespace scenarios {

// One thing that happens to a store.
struct Step {
  enum class Kind : std::uint8_t { kEntry, kOutage, kSignal, kEdit };
  Kind kind = Kind::kEntry;
  model::Entry entry;
  model::Revision revision;
  model::Outage outage;
  model::Signal signal;
  model::Edit edit;
};

// So many of them, the same for the same seed. Outages are of the first `days`.
std::vector<Step> random_steps(unsigned seed, int many, std::size_t days = 20);

// An outage of the country in the night of 22 December 2014; one report of it, the same entry
// whatever the place; hours of the country's routes since 1 December, of which some are missing.
Step outage_of(const std::string& id, const std::string& country);
Step report_of(const std::string& place);
Step routes_of(const std::string& country, std::size_t hours, const std::set<std::size_t>& down);

// Into a store, as a reader of feeds and measurements would.
void apply(const Step& step, store::Store& store);

}  // namespace scenarios
