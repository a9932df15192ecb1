#pragma once

#include <cstdint>
#include <string_view>

#include "feeds/page/tree.h"

namespace feeds::page {

// What the names that a site gave an element (its class, id and role) say of it.
enum class Hint : std::uint8_t {
  kNone,
  kArticle,   // the text of the article: "article-body", "entry-content", "story"
  kAside,     // something beside it: "related", "share", "newsletter", "author-bio"
  kComments,  // what readers wrote under it
};
Hint hint_of(const Node& node);

// Elements whose text is never the article's: navigation, forms' controls, what is hidden.
bool is_unread(const Node& node);

// A short text that sites put between paragraphs: "Advertisement", "Read more: …", "Share this",
// "Sign up for our newsletter". `text` is squeezed.
bool is_interjection(std::string_view text);

}  // namespace feeds::page
