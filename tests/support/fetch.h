#pragma once

#include <optional>
#include <string>
#include <utility>

#include "ingest/fetcher.h"

// Fetches by the very Fetcher, one waited for.
namespace support {

inline ingest::Fetched fetch(ingest::Fetcher& fetcher, ingest::Request request) {
  fetcher.start(std::move(request));
  return *fetcher.next();
}

inline ingest::Fetched fetch(ingest::Request request, ingest::FetcherOptions options = {}) {
  ingest::Fetcher fetcher(std::move(options));
  return fetch(fetcher, std::move(request));
}

// A request as of what a person typed: the address itself may be private.
inline ingest::Request typed(std::string url) {
  ingest::Request request;
  request.url = std::move(url);
  request.limits.allow_private = true;
  return request;
}

}  // namespace support
