#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correlate/constraints.h"
#include "correlate/item.h"
#include "store/model/instant.h"
#include "store/model/join.h"

namespace correlate {

struct Cluster {
  model::Story story;
  std::vector<std::size_t> items;  // places in the list, in order of publication
  std::vector<std::size_t> whole;  // of them those that are no near-copies of an earlier one
  model::Instant first{};          // publication of the first and the last
  model::Instant last{};
};

// The pass `cluster`: entries that report the same happening become one story, each entry in the
// order of publication (then id) and by what was known up to it; see stories.h. Puts `items`, which
// come in any order, in that order. The stories are ordered by their ids: a story's is made from
// the entry that we had first, so that an older one that comes late does not change it.
std::vector<Cluster> cluster(std::vector<Item>& items, const Constraints& constraints = {});

// Gives the cluster of these items its id, title and number of origins.
void name_story(Cluster& cluster, const std::vector<Item>& items);

}  // namespace correlate
