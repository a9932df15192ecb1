#pragma once

#include <optional>
#include <vector>

#include "correlate/article.h"
#include "store/model/claim.h"
#include "store/model/join.h"
#include "store/model/outage.h"

namespace correlate {

// What speaks for and against one article speaking of one outage.
struct Evidence {
  const model::Outage* outage = nullptr;
  std::vector<model::Reason> reasons;
  bool named_by_time = false;  // the article gives the start or end of this very outage
  std::optional<model::Reason> rivalry;
};

// Weighs place, network, time, duration, vocabulary and base rate, each in bits. Pure.
Evidence weigh(const Article& article, const model::Extraction& extraction,
               const model::Outage& outage);

// Whether two scopes compete for the same report: one country, or one network.
bool same_place(const model::Scope& a, const model::Scope& b);

}  // namespace correlate
