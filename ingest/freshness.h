#pragma once

#include <optional>
#include <string_view>

#include "store/model/instant.h"

// What an answer's header says of time. Pure.
namespace ingest {

// How long the answer is fresh (RFC 9111 section 4.2.1): max-age of Cache-Control less Age, else
// Expires less Date. Zero for no-store, no-cache and a past Expires; nothing when nothing is said.
// s-maxage is for shared caches and is passed over.
std::optional<model::Seconds> fresh_for(std::string_view cache_control, std::string_view age,
                                        std::string_view expires, std::string_view date,
                                        model::Instant now);

// Retry-After (RFC 9110 section 10.2.3), in seconds or as a date: when to come back, never before
// `now`. Nothing for what is neither.
std::optional<model::Instant> retry_at(std::string_view retry_after, model::Instant now);

}  // namespace ingest
