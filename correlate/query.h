#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

// What a journalist asks for.
//   sony hack            both words, in any form of case and accents
//   "black out"          the words in this order
//   -playstation         not this word
//   country:KP as:131279 incidents with a measured outage of that country or network
struct Query {
  store::TextQuery text;
  std::string country;  // ISO 3166-1 alpha-2
  std::optional<std::uint32_t> asn;

  bool empty() const { return text.empty() && country.empty() && !asn; }
};

// kInvalid, with the place in the query, for a quote that is not closed, a field that is not
// known, a value that cannot be, or nothing to look for.
model::Result<Query> parse_query(std::string_view text);

}  // namespace correlate
