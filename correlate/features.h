#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "correlate/item.h"
#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/join.h"

namespace correlate {

// What clustering and threading need of one entry: its newest revision, what was read in it, and
// its links. `learned` is when we first had it. Linear in the text.
Item item_of(const model::Revision& revision, const model::Extraction& extraction,
             const std::vector<model::Link>& links, model::Instant learned);

// Words by which a text points back at something: "after the Sony hack", "in response to the
// breach", "Sony attack". Of the title and the beginning of the body.
std::vector<Reference> references_in(std::string_view title, std::string_view body);

// Whose news an entry is: the agency whose report it is, else the measurer that it cites, else its
// publisher, else its site; empty: nothing says.
std::string origin_of(const model::Revision& revision, const model::Extraction& extraction);

// "en-GB" → "en".
std::string main_language(std::string_view tag);

}  // namespace correlate
