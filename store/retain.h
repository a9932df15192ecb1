#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/model/entry.h"
#include "store/model/instant.h"
#include "store/model/result.h"

namespace store {

// RawDocument::codec of bytes that were given away; in their place stands when, and where they are.
inline constexpr std::string_view kRemoved = "removed";

struct RetainOptions {
  model::Instant before{};  // documents that were last fetched before this moment
  model::Instant now{};
  std::string archive{};  // URL of another store that takes them first; empty: they are gone
  bool dry_run = false;   // only count
  // Unpacks a document's bytes, for looking whether the archive holds what it was given.
  std::function<model::Result<std::string>(const model::RawDocument&)> bytes_of{};
};

struct Retained {
  std::int64_t documents = 0;  // whose bytes went, or would
  std::int64_t bytes = 0;      // as they were kept
  std::int64_t kept = 0;       // documents that are old too, and cited
};

// Gives away the bytes of old documents that nothing published leads back to: no measurement, and
// no entry that is in an incident, linked, has a verdict, was decided about or is in a digest. All
// records stay, so nothing that is worked out changes. Errors: as of open_store(); kConflict when
// something is not correlated yet; kCorrupt when the archive does not give back what it was given.
model::Result<Retained> retain(std::string_view url, const RetainOptions& options);

}  // namespace store
