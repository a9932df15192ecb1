#pragma once

#include <string_view>
#include <vector>

#include "correlate/extract/places.h"
#include "correlate/extract/tokens.h"

namespace correlate::extraction {

// Cities of the gazetteer that the text names outside of what `places` covers, in order. Of several
// cities of one name: the one whose region stands behind it ("Springfield, Illinois"), else the
// largest in a country that the text names, else one of some size in `home`, the publisher's
// country, else the largest of all where it is large and no other comes near it. Words that may be
// anything ("Nice", "Reading", "Mobile") and names beside a capital ("Jack London") need a
// preposition before them. Those in `places` that name a city get its reference and coordinates.
std::vector<FoundMention> find_cities(const Tokens& tokens, std::vector<FoundMention>& places,
                                      std::string_view home);

}  // namespace correlate::extraction
