#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correlate/constraints.h"
#include "correlate/item.h"
#include "store/model/join.h"

namespace correlate {

struct Cluster {
  model::Story story;
  std::vector<std::size_t> items;  // places in the list, in order of publication
  std::vector<std::size_t> whole;  // of them those that are no near-copies of an earlier one
};

// The pass `cluster`: entries that report the same happening become one story, each entry in the
// order of publication (then id) and by what was known up to it; see stories.h. Puts `items`, which
// come in any order, in that order. The stories are ordered by their ids: a story's is made from
// the entry that we had first, so that an older one that comes late does not change it.
std::vector<Cluster> cluster(std::vector<Item>& items, const Constraints& constraints = {});

// The story of these items, at least one, in order of publication: its id, title and number of
// origins. `whole` are those that are no near-copies of another of it.
model::Story story_of(const std::vector<const Item*>& items, const std::vector<const Item*>& whole);

}  // namespace correlate
