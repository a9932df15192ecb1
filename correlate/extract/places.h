#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/language.h"
#include "correlate/extract/tokens.h"
#include "store/model/claim.h"

namespace correlate::extraction {

// Something with a name and the tokens [first, last) it stands in.
struct FoundMention {
  model::Mention mention;
  std::size_t first = 0;
  std::size_t last = 0;
};

// Countries (by ICU's names in the sentence's language and in English, by their people, capitals
// and large cities), known regions, and operators whose networks are well known, in order.
std::vector<FoundMention> find_places(const Tokens& tokens, const Languages& languages);

// Names by their capitals, of two and more words ("Sony Pictures Entertainment") or of capital
// letters alone ("KCNA"), outside of what `taken` covers. Latin, Greek and Cyrillic only.
std::vector<FoundMention> find_names(const Tokens& tokens, const std::vector<FoundMention>& taken);

// Our own names of places: lines "COUNTRY LANGUAGE KIND: form | form".
std::string_view place_table();
// Operators and their brands: lines "COUNTRY ASN NAME: form | form".
std::string_view operator_table();

}  // namespace correlate::extraction
