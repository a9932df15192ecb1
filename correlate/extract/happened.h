#pragma once

#include "correlate/extract/claims.h"

namespace correlate::extraction {

// When the happening `out.happening` took place: the time nearest to a word that tells of it in the
// title and the lead, else the time of publication.
void date_happening(const Page& page, model::Extraction& out);

}  // namespace correlate::extraction
