#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "correlate/extract/language.h"
#include "correlate/extract/tokens.h"
#include "store/model/claim.h"

namespace correlate::extraction {

// What a word says about a network, its outage, or who speaks of it.
enum class Sense : std::uint8_t {
  kNetwork,   // "Internet", "routes", "connectivity"
  kOutage,    // "outage", "offline", "unreachable"
  kStart,     // "went down", "cut", "vanished"
  kEnd,       // "restored", "came back"
  kLasting,   // "lasted", "for": what leads to a length of an outage
  kSay,       // "said", "announced": a time beside it is that of a statement
  kHedge,     // "reportedly"
  kDeny,      // "denied", "did not"
  kAll,       // "nationwide"
  kSome,      // "some customers"
  kCause,     // name: "attack", "power", …
  kElse,      // of another world: power grids, airlines, sports, finance, drills, plans
  kHappening  // value: model::Happening
};

constexpr std::size_t kSenses = static_cast<std::size_t>(Sense::kHappening) + 1;

struct Word {
  Sense sense = Sense::kNetwork;
  double weight = 1;
  std::string_view name;  // of a cause; of another world
  model::Happening happening = model::Happening::kOther;
};

// A word of the vocabulary and the tokens [first, last) it stands in.
struct FoundWord {
  const Word* word = nullptr;
  std::size_t first = 0;
  std::size_t last = 0;
};

// The words of each sentence's language and of English, in order, none overlapping.
std::vector<FoundWord> find_words(const Tokens& tokens, const Languages& languages);

// Lines "LANGUAGE SENSE WEIGHT [NAME]: form | form".
std::string_view vocabulary_table();

}  // namespace correlate::extraction
