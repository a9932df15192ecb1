#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/store.h"

// Order and pages of hits, the same for all backends. Pure.
namespace store::rules {

// Where a page ended.
struct Cursor {
  double score = 0;
  model::Instant at{};
  query::Kind kind = query::Kind::kEntry;
  std::string id;
};
std::string to_text(const Hit& hit);
// Nothing for an empty text; kInvalid for one that is none of ours.
Result<std::optional<Cursor>> cursor_of(std::string_view text);

// Whether a comes before b: by score or time, then kind, then id.
bool comes_before(const Hit& a, const Hit& b, FindOptions::Order order);

// One page of these hits, which are all there are behind the cursor or more.
HitPage page_of_hits(std::vector<Hit> hits, const std::optional<Cursor>& after,
                     const FindOptions& options);

// Where a page of incidents begins: behind this time, then this id. Before everything for an empty
// cursor; kInvalid for one that is none of ours.
Result<std::pair<model::Instant, std::string>> incident_place(std::string_view after);
// The ids; `incidents` holds one more than `limit` where there are more.
Page page_of_incidents(const std::vector<model::Incident>& incidents, std::size_t limit);

}  // namespace store::rules
