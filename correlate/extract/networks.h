#pragma once

#include <string_view>
#include <vector>

#include "correlate/extract/places.h"
#include "correlate/extract/vocabulary.h"

namespace correlate::extraction {

// AS numbers, IP addresses and prefixes, in canonical spelling, in order. An AS number is written
// "AS4837", "AS 4837", "AS-4837", "ASN 4837", "AS number 4837", "autonomous system 4837" or, of
// RFC 5396, "AS2.5"; "ASNs 4837 and 22351" names two. Those of the operators in our tables carry
// their country.
std::vector<FoundMention> find_networks(const Tokens& tokens);

// Submarine cables, Internet exchanges, and the parties that measure the Internet, in order. An
// operator that also measures (CloudFlare) is a measurer only where it says something.
std::vector<FoundMention> find_infrastructure(const Tokens& tokens,
                                              const std::vector<FoundWord>& words);

// Lines "PREFIX COUNTRY ASN", IPv4.
std::string_view prefix_table();
// "NAME: form | form"; a form behind "?" is an operator's name too.
std::string_view measurer_table();
// "NAME: form | form".
std::string_view cable_table();
// "COUNTRY NAME: form | form".
std::string_view exchange_table();

}  // namespace correlate::extraction
