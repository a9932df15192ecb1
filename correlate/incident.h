#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "correlate/link.h"
#include "correlate/profile.h"
#include "store/model/join.h"

namespace correlate {

// What an incident is told by of one of its stories, without the entries.
struct Telling {
  std::string id;  // of the story; empty: there is none
  std::string title;
  int origins = 0;
  std::size_t entries = 0;
  model::Quoted whole;  // title and id of the first entry that is no near-copy
  // The entry that we had first.
  struct Seed {
    model::Instant learned{};
    model::Instant published{};
    std::string entry_id;

    friend bool operator<(const Seed& a, const Seed& b) {
      return std::tie(a.learned, a.published, a.entry_id) <
             std::tie(b.learned, b.published, b.entry_id);
    }
  };
  Seed seed;
  model::Instant happened_last{};
  Outline outline;
};
// Of the story and its items, at least one, in order of publication; `whole` are those that are no
// near-copies of another of it.
Telling telling_of(const model::Story& story, const std::vector<const Item*>& items,
                   const std::vector<const Item*>& whole);

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
