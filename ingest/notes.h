#pragma once

#include <string_view>

#include "feeds/news/feed.h"
#include "ingest/ingest.h"

namespace ingest {

// What a feed says of when to come (RSS 2.0 <ttl>, <skipHours>, <skipDays>; sy:updatePeriod and
// sy:updateFrequency of RSS 1.0) and of its hub (WebSub section 4: links hub and self). Values that
// cannot be are passed over. Pure.
Notes notes_of(const feeds::news::Document& document);

// The target of the first Link field (RFC 8288) with this relation; empty when there is none.
std::string link_with_rel(const std::vector<std::string>& link_fields, std::string_view rel);

}  // namespace ingest
