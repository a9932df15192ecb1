#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "feeds/news/element.h"
#include "feeds/news/feed.h"

namespace feeds::news {

// More entries than any real feed has; the rest is left out with a warning. An entry takes some two
// kilobytes at least, so that a document of empty ones could fill the memory.
inline constexpr std::size_t kMostEntries = 200'000;

// One function per family of formats. Each fills what the root tells into `document`, whose
// encoding and problems so far are there already. `scope` is what HTTP said.

// RSS 0.91 to 2.0, and RSS 0.90 and 1.0, where items stand beside the channel (RDF).
void read_rss(Document& document, const pugi::xml_node& root, const Scope& scope);
// Atom 0.3 and 1.0 (RFC 4287); a lone <entry> is a feed of one.
void read_atom(Document& document, const pugi::xml_node& root, const Scope& scope);
// JSON Feed 1.0 and 1.1.
void read_json_feed(Document& document, std::string_view text, const Scope& scope);

// Whether no more entries are read; warns the first time.
bool is_full(Document& document);

// Reads one entry into the document.
void read_entry(Document& document, Names& names, const pugi::xml_node& node, const Scope& scope);

}  // namespace feeds::news
