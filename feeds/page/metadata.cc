#include "feeds/page/metadata.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

#include "feeds/news/urls.h"
#include "store/model/link_key.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

bool has_word(std::string_view words, std::string_view word) {
  auto small = lower(words);
  auto at = small.find(word);
  auto end = at + word.size();
  return at != std::string::npos && (at == 0 || small[at - 1] == ' ') &&
         (end == small.size() || small[end] == ' ');
}

// "/" and "" of an address: its path is that of the home page.
bool is_home(std::string_view url) {
  auto host = url.find("://");
  if (host == std::string_view::npos) return false;
  auto path = url.find('/', host + 3);
  return path == std::string_view::npos || path + 1 == url.size();
}

// What the elements say, in one walk; the first word stands.
class Reader {
 public:
  explicit Reader(const Tree& tree) : tree_(tree) {}

  void walk() {
    for (std::size_t i = 0; i < tree_.size(); ++i) {
      if (!tree_[i].is_text()) see(i);
    }
  }

  std::string meta(std::initializer_list<std::string_view> names) const {
    for (auto name : names) {
      auto found = meta_.find(name);
      if (found != meta_.end()) return found->second;
    }
    return "";
  }

  Stated stated;
  std::string title, h1, base, canonical, language, time, item_published, item_modified;
  std::vector<std::string> authors;

 private:
  void see(std::size_t i) {
    const auto& node = tree_[i];
    switch (node.tag) {
      case GUMBO_TAG_HTML:
        language =
            node.attribute("lang").empty() ? node.attribute("xml:lang") : node.attribute("lang");
        break;
      case GUMBO_TAG_SCRIPT:
        if (node.attribute("type").find("ld+json") != std::string_view::npos && node.end > i + 1) {
          add_json_ld(stated, tree_[i + 1].text);
        }
        break;
      case GUMBO_TAG_META:
        see_meta(node);
        break;
      case GUMBO_TAG_BASE:
        keep(base, node.attribute("href"));
        break;
      case GUMBO_TAG_LINK:
        if (has_word(node.attribute("rel"), "canonical")) keep(canonical, node.attribute("href"));
        break;
      case GUMBO_TAG_TITLE:
        if (title.empty()) title = tree_.text_of(i);
        break;
      case GUMBO_TAG_H1:
        if (h1.empty()) h1 = tree_.text_of(i);
        break;
      case GUMBO_TAG_TIME:
        if (time.empty() || node.has("pubdate")) keep_time(time, i);
        break;
      default:
        break;
    }
    see_item(i);
  }

  void see_meta(const Node& node) {
    auto content = model::trim(node.attribute("content"));
    if (content.empty()) return;
    for (const char* key : {"property", "name", "http-equiv", "itemprop"}) {
      auto name = lower(node.attribute(key));
      if (!name.empty()) meta_.try_emplace(std::move(name), content);
    }
  }

  void see_item(std::size_t i) {
    const auto& node = tree_[i];
    auto property = node.attribute("itemprop");
    if (node.tag != GUMBO_TAG_META && property == "datePublished") keep_time(item_published, i);
    if (node.tag != GUMBO_TAG_META && property == "dateModified") keep_time(item_modified, i);
    bool author = has_word(node.attribute("rel"), "author") || has_word(property, "author");
    if (!author || node.tag == GUMBO_TAG_LINK || node.tag == GUMBO_TAG_META) return;
    auto name = tree_.text_of(i);
    // Longer ones are sentences about the author.
    if (name.empty() || name.size() > 80) return;
    if (std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(name);
  }

  void keep_time(std::string& kept, std::size_t i) {
    const auto& node = tree_[i];
    auto stamp = node.attribute("datetime");
    if (stamp.empty()) stamp = node.attribute("content");
    auto text = stamp.empty() ? tree_.text_of(i) : std::string(stamp);
    if (kept.empty() || node.has("pubdate")) kept = text;
  }

  static void keep(std::string& kept, std::string_view value) {
    if (kept.empty()) kept = model::trim(value);
  }

  const Tree& tree_;
  std::map<std::string, std::string, std::less<>> meta_;
};

std::string first_of(std::initializer_list<std::string> candidates) {
  for (const auto& candidate : candidates) {
    if (!candidate.empty()) return candidate;
  }
  return "";
}

std::string without_by(const std::string& author) {
  return author.starts_with("By ") || author.starts_with("by ") ? author.substr(3) : author;
}

std::vector<std::string> authors_of(const Reader& page) {
  if (!page.stated.authors.empty()) return page.stated.authors;
  for (auto name :
       {"author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"}) {
    auto author = model::squeeze(page.meta({name}));
    // article:author is the address of a profile at many sites.
    if (!author.empty() && author.find("://") == std::string::npos) return {author};
  }
  return page.authors;
}

// "/2014/12/the-cut" of an address.
std::string_view path_of(std::string_view url) {
  auto host = url.find("://");
  auto path = host == url.npos ? url.npos : url.find('/', host + 3);
  return path == url.npos ? "" : url.substr(path, url.find_first_of("?#", path) - path);
}

// Whether an article at `url` is said to be at a section above it: a mistake of templates, which
// would make all articles of that section one.
bool is_section_above(std::string_view stated, std::string_view url) {
  auto section = path_of(stated), path = path_of(url);
  while (section.ends_with('/')) section.remove_suffix(1);
  return path.size() > section.size() + 1 && path.starts_with(section) &&
         path[section.size()] == '/' && model::is_article(path) && !model::is_article(section);
}

// The address that the page gives itself. One that leads to the home page is a common mistake, or
// to the section that the article stands in.
std::string canonical_of(const Reader& page, const std::string& base, const std::string& url) {
  for (const auto& stated : {page.canonical, page.meta({"og:url"}), page.stated.url}) {
    auto whole = stated.empty() ? "" : news::resolve_safely(base, stated);
    bool mistaken = (is_home(whole) && !is_home(url)) || is_section_above(whole, url);
    if (!whole.empty() && (url.empty() || !mistaken)) return whole;
  }
  return url;
}

}  // namespace

Metadata read_metadata(const Tree& tree, const std::string& url) {
  Reader page(tree);
  page.walk();
  const auto& stated = page.stated;
  Metadata out;
  out.article = stated.article || page.meta({"og:type"}) == "article" ||
                !page.meta({"article:published_time"}).empty();
  out.headline = model::squeeze(
      first_of({stated.headline, page.meta({"og:title", "twitter:title"}), page.h1, page.title}));
  out.description = first_of(
      {page.meta({"og:description", "description", "twitter:description"}), stated.description});
  out.body = stated.body;
  out.published = first_of(
      {stated.published,
       page.meta({"article:published_time", "datepublished", "og:published_time", "pubdate",
                  "parsely-pub-date", "sailthru.date", "publishdate", "publish-date",
                  "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "date"}),
       page.item_published, page.time});
  out.modified = first_of({stated.modified,
                           page.meta({"article:modified_time", "datemodified", "og:updated_time",
                                      "dcterms.modified", "last-modified"}),
                           page.item_modified});
  out.base = page.base.empty() ? url : news::resolve_safely(url, page.base);
  out.canonical = canonical_of(page, out.base, url);
  auto locale = page.meta({"og:locale"});
  std::replace(locale.begin(), locale.end(), '_', '-');
  out.language = first_of(
      {page.language, page.meta({"content-language", "language"}), stated.language, locale});
  out.publisher = model::squeeze(first_of(
      {stated.publisher, page.meta({"og:site_name", "application-name", "dc.publisher"})}));
  out.site =
      model::squeeze(first_of({page.meta({"og:site_name", "application-name"}), out.publisher}));
  out.authors = authors_of(page);
  for (auto& author : out.authors) author = without_by(author);
  out.tags = stated.tags;
  return out;
}

}  // namespace feeds::page
