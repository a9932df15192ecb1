#pragma once

#include <cstddef>
#include <cstdint>
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

// Into a store, as a reader of feeds and measurements would.
void apply(const Step& step, store::Store& store);

}  // namespace scenarios
