#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "store/model/claim.h"

namespace correlate {

// Somebody or something that several entries of a story name: one thing, with the forms in which
// it is written.
struct StoryName {
  model::MentionKind kind = model::MentionKind::kName;
  std::string name;             // canonical
  std::string ref;              // in the list that it comes from; empty: no list knows it
  std::set<std::string> forms;  // as the entries write it
  std::size_t entries = 0;      // that name it

  friend bool operator==(const StoryName&, const StoryName&) = default;
};

// The names that at least two of the extractions have, those of the most entries first. A name that
// no list knows is believed by this alone: capitals in one headline may be anything, a name comes
// again. Equal but for case, accents and a plural or genitive "s" is the same name; a surname is
// that of the one longer name in the story that ends in it. Pure; linear in the mentions but for
// sorting.
std::vector<StoryName> story_names(const std::vector<model::Extraction>& extractions);

}  // namespace correlate
