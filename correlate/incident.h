#pragma once

#include <string>
#include <vector>

#include "correlate/cluster.h"
#include "correlate/link.h"
#include "correlate/profile.h"
#include "store/model/join.h"

namespace correlate {

// A tie between two stories, or a story and an outage, by their places.
struct Edge {
  std::size_t from = 0;  // story
  std::size_t to = 0;    // story, where `outage` is empty
  std::string outage{};
  std::string kind{};
  double bits = 0;
  std::string text{};
};

// One incident of these stories (places in the order in which they came) and these ties: its
// strands, its title (that of the story that most independent origins tell), its summary.
model::Incident incident_of(const std::vector<std::size_t>& stories, const std::vector<Edge>& edges,
                            const std::vector<Item>& items, const std::vector<Cluster>& clusters,
                            const std::vector<Profile>& profiles, const OutageIndex& outages);

// The part of an incident that a story of this kind belongs to: "attack", "outage", "release",
// "sanctions", "other".
std::string strand_kind(model::Happening happening);

}  // namespace correlate
