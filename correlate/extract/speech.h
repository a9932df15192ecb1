#pragma once

#include <string>
#include <vector>

#include "correlate/extract/clause.h"

namespace correlate::extraction {

// Whose words the token `at` is among.
struct Speech {
  std::string speaker;           // the source of record; empty: the entry itself
  std::vector<std::string> via;  // who passed it on, the nearest to the speaker first
  model::Voice voice = model::Voice::kOwn;
};

// Reported speech nests: in "KBS reported that the ministry said that it was down" the ministry
// speaks, through KBS; so it does in "it was down, the ministry said, according to KBS".
Speech who_says(const Page& page, const Clause& clause, std::size_t at);

// The words [first, last) that name who speaks beside a word of saying: "according to X", "X said",
// "said X", "officials say". Empty when nobody is named.
std::pair<std::size_t, std::size_t> named_by(const Tokens& tokens, const Clause& clause,
                                             const FoundWord& word);

// The words that hedge what stands at [first, last): "reportedly"; empty when none does.
std::string hedge_of(const Page& page, const Clause& clause, std::size_t first, std::size_t last);

// Whether what stands at [first, last) is said not to be so: "denied", "had not".
bool is_denied(const Clause& clause, std::size_t first, std::size_t last);

// Whether a "no" or "not" stands right before a noun at `first`: "was not an attack".
bool is_negated(const Clause& clause, std::size_t first);

// The tense of the verb nearest to [first, last). English auxiliaries and endings, and the
// auxiliaries of the larger European languages.
model::Tense tense_of(const Tokens& tokens, const Clause& clause, std::size_t first,
                      std::size_t last);

}  // namespace correlate::extraction
