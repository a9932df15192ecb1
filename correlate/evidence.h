#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
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

// Folded words of the operators that the measurers of an outage name ("operator Star Joint
// Venture"), without those that many operators share ("telecom").
std::set<std::string> operator_words(const model::Outage& outage);
// Folded words of a text that can be names: four letters or more, without a genitive ending.
std::set<std::string> name_words(std::string_view text);

// Whether two scopes compete for the same report: one country, or one network.
bool same_place(const model::Scope& a, const model::Scope& b);

}  // namespace correlate
