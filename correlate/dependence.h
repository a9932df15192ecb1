#pragma once

#include <optional>

#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace correlate {

// Why an article confirms nothing by itself: it cites somebody who measures outages, this one or
// others. Weighs nothing for or against the link; a reader has to know it. Nothing where no
// measurer is cited.
std::optional<model::Reason> dependence(const model::Extraction& extraction,
                                        const model::Outage& outage);

}  // namespace correlate
