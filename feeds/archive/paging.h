#pragma once

#include <string>
#include <vector>

#include "feeds/news/feed.h"

namespace feeds::archive {

// Where a feed that comes in pages goes on, best first: what it says itself (RFC 5005: prev-archive
// of an archived feed, next of a paged one), a sitemap index's sitemaps, or else for a feed that
// WordPress wrote and that has entries, its address with the next ?paged=N. `url` is where this
// page came from. Empty: this is the last, or nothing tells. Pure; the caller remembers where it
// has been, bounds how far it goes, and stops at the first page without new entries.
std::vector<std::string> next_pages(const news::Document& document, const std::string& url);

}  // namespace feeds::archive
