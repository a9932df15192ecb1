#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correlate/link.h"
#include "correlate/profile.h"
#include "store/model/join.h"

namespace correlate {

// A story with all of its entries.
struct Telling {
  std::string id;
  int origins = 0;
  std::vector<const Item*> items;     // in order of publication, the first gives the title
  const Item* first_whole = nullptr;  // the first that is no near-copy
  Outline outline;
};

// A tie between two stories, or a story and an outage, by their places in the incident's list.
struct Edge {
  std::size_t from = 0;  // story
  std::size_t to = 0;    // story, where `outage` is empty
  std::string outage{};
  std::string kind{};
  double bits = 0;
  std::string text{};
};

// One incident of these stories, at least one, in the order in which they came, and these ties: its
// strands, its title (that of the story that most independent origins tell), its summary. The
// summary's lines are titles; whoever has the texts can put better words there.
model::Incident incident_of(const std::vector<const Telling*>& stories,
                            const std::vector<Edge>& edges, const OutageIndex& outages);

// The part of an incident that a story of this kind belongs to: "attack", "outage", "release",
// "sanctions", "other".
std::string strand_kind(model::Happening happening);

}  // namespace correlate
