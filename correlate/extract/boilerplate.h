#pragma once

#include <vector>

#include "correlate/extract/places.h"
#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// Which sentences are no part of the article: bylines, "Read more", share and subscription lines,
// rights, credits, and when the page was posted or changed. One flag a sentence.
std::vector<bool> find_boilerplate(const Tokens& tokens, std::size_t title_end);

// The first token behind the dateline that the body begins with: "DHAKA, Aug 4 (Agency) - ", where
// a reporter sat and when. `from` when there is none. `places` are those of the page.
std::size_t behind_dateline(const Tokens& tokens, const std::vector<FoundMention>& places,
                            std::size_t from);

}  // namespace correlate::extraction
