#pragma once

#include <vector>

#include "correlate/article.h"
#include "correlate/link.h"
#include "correlate/signals.h"
#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace correlate {

// The pass `verify`: every claim of an article that a measurement can be asked about held against
// the outage it speaks of, chosen among those that the article is linked to. Claims of an article
// without a link are held against the signals of their places' connectivity. In the order of the
// claims. Pure.
std::vector<model::Verdict> verify(const Article& article, const model::Extraction& extraction,
                                   const std::vector<model::Link>& links,
                                   const OutageIndex& outages, const SignalList& signals);

}  // namespace correlate
