#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/model/result.h"

namespace ingest {

// Undoes HTTP content codings ("gzip", "x-gzip", "deflate", "br", "zstd", "identity" or empty;
// several separated by commas, the last applied first: RFC 9110 section 8.4). `limit`: the most
// bytes that may come out of any of them, so that a small bomb does no harm. kCorrupt for broken
// data, kInvalid for unknown codings and what is larger.
model::Result<std::string> decompress(std::string_view bytes, std::string_view codings,
                                      std::size_t limit);

}  // namespace ingest
