#pragma once

#include <string>
#include <vector>

#include "correlate/copies.h"
#include "correlate/terms.h"
#include "store/model/claim.h"
#include "store/model/instant.h"
#include "store/model/join.h"

namespace correlate {

// An article as clustering and threading see it.
struct Item {
  std::string entry_id;
  std::string title;
  model::Instant published{};
  model::Happening happening = model::Happening::kOther;
  model::Instant happened{};
  Terms terms;                       // weighed
  std::vector<std::string> outages;  // linked, most probable first
  Sketch sketch;                     // of title and text
};

struct Cluster {
  model::Story story;
  std::vector<std::size_t> items;  // places in the list, in order of publication
  Terms sum;                       // of their terms
  model::Instant first{};          // publication of the first and the last
  model::Instant last{};
};

// The pass `cluster`: entries that report the same happening become one story. One pass in order
// of publication (then id): a near-copy joins the story of what it resembles; any other item joins
// the story whose summed terms are most like its own,
// faded by the days since, if that is like enough and reports a compatible happening of the same
// outage. Average link: an item is held against the whole story, never against its nearest
// neighbour. Candidates come from an inverted index of the heaviest
// terms, so the work is linear in the postings that are met. Pure; `items` in any order.
std::vector<Cluster> cluster(const std::vector<Item>& items);

}  // namespace correlate
