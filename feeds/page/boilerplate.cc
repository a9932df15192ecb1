#include "feeds/page/boilerplate.h"

#include <algorithm>
#include <array>
#include <string>

namespace feeds::page {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr auto kArticleWords = std::to_array<std::string_view>(
    {"article",  "articlebody", "articletext", "artibody", "body",          "content", "entry",
     "hentry",   "maincontent", "main",        "news",     "page",          "post",    "postbody",
     "story",    "storybody",   "storytext",   "text",     "copy",          "blog",    "prose",
     "richtext", "detail",      "paragraph",   "artikel",  "articlecontent"});

constexpr auto kCommentWords = std::to_array<std::string_view>(
    {"comment", "comments", "commentlist", "commenting", "disqus", "replies", "respond",
     "responses", "discussion", "kommentare", "livefyre", "commentary"});

constexpr auto kAsideWords = std::to_array<std::string_view>({"ad",
                                                              "adbox",
                                                              "ads",
                                                              "adsense",
                                                              "advert",
                                                              "advertisement",
                                                              "advertising",
                                                              "advertorial",
                                                              "affiliate",
                                                              "aside",
                                                              "author",
                                                              "authorbox",
                                                              "authors",
                                                              "banner",
                                                              "bio",
                                                              "bookmark",
                                                              "bottombar",
                                                              "breadcrumb",
                                                              "breadcrumbs",
                                                              "byline",
                                                              "caption",
                                                              "captions",
                                                              "carousel",
                                                              "categories",
                                                              "category",
                                                              "consent",
                                                              "cookie",
                                                              "cookies",
                                                              "copyright",
                                                              "credit",
                                                              "credits",
                                                              "cta",
                                                              "date",
                                                              "dateline",
                                                              "datetime",
                                                              "dfp",
                                                              "donate",
                                                              "donation",
                                                              "facebook",
                                                              "figcaption",
                                                              "follow",
                                                              "footer",
                                                              "footnav",
                                                              "gallery",
                                                              "gdpr",
                                                              "login",
                                                              "masthead",
                                                              "menu",
                                                              "meta",
                                                              "metadata",
                                                              "metabar",
                                                              "modal",
                                                              "more",
                                                              "nav",
                                                              "navbar",
                                                              "navi",
                                                              "navigation",
                                                              "newsletter",
                                                              "newsletters",
                                                              "optin",
                                                              "outbrain",
                                                              "overlay",
                                                              "pager",
                                                              "pagination",
                                                              "paywall",
                                                              "player",
                                                              "poll",
                                                              "popular",
                                                              "popup",
                                                              "posted",
                                                              "prevnext",
                                                              "print",
                                                              "privacy",
                                                              "profile",
                                                              "promo",
                                                              "promoted",
                                                              "promotion",
                                                              "pubdate",
                                                              "published",
                                                              "rail",
                                                              "rating",
                                                              "ratings",
                                                              "readmore",
                                                              "recirc",
                                                              "recirculation",
                                                              "recommend",
                                                              "recommendations",
                                                              "recommended",
                                                              "registration",
                                                              "related",
                                                              "relatedposts",
                                                              "seealso",
                                                              "share",
                                                              "sharebar",
                                                              "shared",
                                                              "sharedaddy",
                                                              "sharing",
                                                              "sidebar",
                                                              "signup",
                                                              "skip",
                                                              "slideshow",
                                                              "social",
                                                              "sponsor",
                                                              "sponsored",
                                                              "sponsors",
                                                              "subnav",
                                                              "subscribe",
                                                              "subscription",
                                                              "taboola",
                                                              "tag",
                                                              "taglist",
                                                              "tags",
                                                              "teaser",
                                                              "teasers",
                                                              "thumbnail",
                                                              "timestamp",
                                                              "toolbar",
                                                              "tools",
                                                              "topics",
                                                              "tooltip",
                                                              "trending"});

// Calls `see` with each word of a name like "c-article__BodyText related2" in lower case: words end
// at what is no letter, and where a capital follows a small letter.
template <typename See>
void each_word(std::string_view names, See see) {
  std::string word;
  char before = ' ';
  for (char c : names) {
    bool upper = c >= 'A' && c <= 'Z';
    bool lower = c >= 'a' && c <= 'z';
    bool hump = upper && before >= 'a' && before <= 'z';
    if ((hump || (!upper && !lower)) && !word.empty()) {
      see(word);
      word.clear();
    }
    if (upper || lower) word += static_cast<char>(upper ? c + 32 : c);
    before = c;
  }
  if (!word.empty()) see(word);
}

struct Seen {
  bool article = false;
  bool aside = false;
  bool comments = false;
};

void look_at(std::string_view names, Seen& seen) {
  // Style sheets made by machines name elements with whole sentences; what matters comes first.
  each_word(names.substr(0, 400), [&seen](const std::string& word) {
    seen.article = seen.article || contains(kArticleWords, word);
    seen.comments = seen.comments || contains(kCommentWords, word);
    seen.aside = seen.aside || contains(kAsideWords, word);
  });
}

// Whether `name` is one of the names in a class attribute.
bool has_name(std::string_view names, std::string_view name) {
  for (auto at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    auto end = at + name.size();
    if ((at == 0 || names[at - 1] == ' ') && (end == names.size() || names[end] == ' '))
      return true;
  }
  return false;
}

bool is_hidden(const Node& node) {
  auto classes = node.attribute("class");
  for (auto name : {"hidden", "sr-only", "screen-reader-text", "visually-hidden"}) {
    if (has_name(classes, name)) return true;
  }
  auto style = node.attribute("style");
  if (style.empty()) return node.has("hidden");
  std::string plain;
  for (char c : style.substr(0, 400)) {
    if (c != ' ') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return plain.find("display:none") != std::string::npos ||
         plain.find("visibility:hidden") != std::string::npos;
}

}  // namespace

Hint hint_of(const Node& node) {
  // WordPress gives an article the names of its tags and categories; they say nothing of it.
  bool whole = node.tag == GUMBO_TAG_ARTICLE || node.tag == GUMBO_TAG_MAIN ||
               node.attribute("itemprop") == "articleBody" ||
               has_name(node.attribute("class"), "hentry");
  if (whole) return Hint::kArticle;
  Seen seen;
  look_at(node.attribute("class"), seen);
  look_at(node.attribute("id"), seen);
  look_at(node.attribute("role"), seen);
  if (seen.comments) return Hint::kComments;
  if (seen.aside) return Hint::kAside;
  return seen.article ? Hint::kArticle : Hint::kNone;
}

bool is_unread(const Node& node) {
  switch (node.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
      return true;
    default:
      return is_hidden(node);
  }
}

}  // namespace feeds::page
