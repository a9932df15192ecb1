#pragma once

#include <cstddef>
#include <string_view>

#include "feeds/news/feed.h"

namespace feeds::sitemap {

// The protocol's bound (sitemaps.org); a file that has more is read up to it.
inline constexpr std::size_t kMostAddresses = 50'000;

// Reads a sitemap, a news sitemap or a sitemap index (sitemaps.org protocol; Google's news
// extension). What news:news describes becomes an entry: title, time, language, publisher. Other
// addresses, of which nothing but the address is known, become links of the document: rel
// "item" from a <urlset>, rel "sitemap" from a <sitemapindex>, those changed last first; `title`
// holds their lastmod as written. Images and videos are passed over. Never fails; linear but for
// the sort.
news::Document parse(std::string_view bytes, const news::Hints& hints);

}  // namespace feeds::sitemap
