#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "feeds/news/names.h"

// What mend() knows of the elements of feeds and of HTML.
namespace feeds::news {

template <std::size_t N>
constexpr bool is_in(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// All in small letters, without prefix.
inline constexpr std::array<std::string_view, 4> kHeads{"rss", "rdf", "feed", "channel"};
inline constexpr std::array<std::string_view, 2> kRecords{"item", "entry"};
// Elements of a record or head that hold plain text, and those that may hold markup.
inline constexpr std::array<std::string_view, 20> kPlain{
    "title",     "link",      "guid",     "pubdate", "id",     "updated",   "published",
    "category",  "comments",  "language", "ttl",     "rights", "copyright", "lastbuilddate",
    "generator", "enclosure", "creator",  "date",    "docs",   "subject"};
inline constexpr std::array<std::string_view, 6> kRich{"description", "summary",  "content",
                                                       "encoded",     "subtitle", "tagline"};
// Those of them that HTML or SVG has too.
inline constexpr std::array<std::string_view, 4> kAlsoHtml{"title", "link", "summary", "content"};
inline constexpr std::array<std::string_view, 13> kVoid{"area",  "base", "br",    "col",  "embed",
                                                        "hr",    "img",  "input", "meta", "param",
                                                        "track", "wbr",  "frame"};

// Modules whose elements stand for those of the formats themselves.
inline constexpr std::array<std::string_view, 5> kOurPrefixes{"", "rss", "atom", "content", "dc"};

// The name by which the tables above know it; empty for other modules' elements.
inline std::string_view known_name(std::string_view name) {
  auto local = local_name(name);
  auto prefix = name.substr(0, name.size() - local.size());
  if (!prefix.empty()) prefix.remove_suffix(1);
  return is_in(kOurPrefixes, prefix) ? local : std::string_view();
}

inline bool is_member(std::string_view name) {
  return is_in(kPlain, name) || is_in(kRich, name) || name == "author" || name == "source";
}

}  // namespace feeds::news
