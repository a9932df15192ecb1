#pragma once

#include <cstddef>
#include <string_view>

#include "feeds/news/feed.h"

namespace feeds::archive {

// Reads news items, one JSON object a line: {"id","published","title","text","lang","url"} (also
// "updated", "authors", "publisher", "tags", "summary"), or an item of JSON Feed 1.1. Whatever is
// missing stays unknown. A line that is no JSON object is a problem with its number. `first_line`
// is the number of the first line, for a piece of a larger file. Linear.
news::Document parse_items(std::string_view bytes, const news::Hints& hints,
                           std::size_t first_line = 1);

}  // namespace feeds::archive
