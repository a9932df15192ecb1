#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/entry.h"
#include "store/query/query.h"
#include "store/store.h"

namespace store::rules {

// Counts values field by field.
class FacetCounts {
 public:
  void add(std::string_view field, std::string_view value, std::int64_t count = 1);
  // The fields in a fixed order, those without a value left out.
  std::vector<Facet> facets(std::size_t most) const;

 private:
  std::map<std::string, std::map<std::string, std::int64_t>> counts_;
};

// The facet that counts marks of a field; nothing for fields that none counts.
std::optional<std::string_view> facet_of(query::Field field);
std::string month_of(model::Instant at);  // "2014-12"

// By what a source is found, as folded words and its id; and what a facet calls it.
std::vector<std::string> source_names(const model::Source& source);
std::string publisher_name(const model::Revision& revision);
std::string source_label(const model::Source& source);

}  // namespace store::rules
