#pragma once

#include <string_view>

#include "feeds/news/feed.h"

namespace feeds::page {

// Reads a web page: as a feed of the one entry that its article is. A page without an article has
// no entry, and the last of `problems` says in one sentence what to do, naming the feeds that the
// page names; they stand in `links` too, as rel=alternate. The feed is the site: its address is the
// id, its name the title. Never fails; linear in the size of the page.
news::Document parse(std::string_view bytes, const news::Hints& hints);

}  // namespace feeds::page
