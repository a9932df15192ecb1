#pragma once

#include "correlate/article.h"
#include "correlate/extract/known_names.h"
#include "store/model/claim.h"

namespace correlate {

// Raised whenever extraction may give another result for the same text, so that what was stored
// before is done again.
inline constexpr int kExtractVersion = 7;

// The pass `extract`: everything an article says that the later passes use. Pure; linear in the
// length of the text.
model::Extraction extract(const Article& article, const extraction::KnownNames& names);
// With our own names alone.
model::Extraction extract(const Article& article);

}  // namespace correlate
