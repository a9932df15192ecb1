#include <string>
#include <utility>

#include "feeds/news/charset.h"
#include "feeds/news/dates.h"
#include "feeds/news/entities.h"
#include "feeds/page/article.h"
#include "feeds/page/discover.h"
#include "feeds/page/metadata.h"
#include "feeds/page/page.h"
#include "store/model/text.h"

namespace feeds::page {
namespace {

// A page that does not call itself an article has one when it has so much text (bytes).
constexpr std::size_t kSurelyAnArticle = 500;
// How many feeds a sentence names.
constexpr std::size_t kMostNamed = 5;

void tell(news::Document& document, std::string place, std::string message) {
  document.problems.push_back({std::move(place), std::move(message)});
}

news::Date date_of(news::Document& document, const std::string& text, const char* place) {
  news::Date date;
  date.text = text;
  if (text.empty()) return date;
  date.time = news::parse_date(text);
  if (!date.time)
    tell(document, place, "\"" + model::truncate(text, 80) + "\" is no date that can be read");
  return date;
}

// "https://host/" of an address.
std::string site_of(const std::string& url) {
  auto scheme = url.find("://");
  if (scheme == std::string::npos) return "";
  return url.substr(0, url.find_first_of("/?#", scheme + 3)) + "/";
}

std::string without_article(const std::vector<FeedLink>& feeds) {
  if (feeds.empty()) {
    return "this is a web page, not a feed; give the address of its feed, which the page may name "
           "in a <link rel=\"alternate\">";
  }
  std::string out = "this is a web page without an article, not a feed; it names ";
  out += feeds.size() == 1 ? "this feed:" : "these feeds:";
  for (std::size_t i = 0; i < feeds.size() && i < kMostNamed; ++i) out += " " + feeds[i].href;
  return out;
}

void read_site(news::Document& document, const Metadata& about,
               const std::vector<FeedLink>& feeds) {
  document.version = "html";
  document.id = site_of(about.canonical);
  document.link = document.id;
  document.language = about.language;
  document.title.value = about.site;
  document.title.type = "text/plain";
  for (const auto& feed : feeds) {
    document.links.push_back({feed.href, "alternate", feed.type, feed.title, "", ""});
  }
}

news::Item entry_of(news::Document& document, const Metadata& about, std::string text) {
  news::Item item;
  item.place = "entries[0]";
  item.link = about.canonical;
  item.links.push_back({about.canonical, "alternate", "text/html", "", "", ""});
  item.title.value = about.headline;
  item.summary.value = about.description;
  item.content.emplace_back().value = std::move(text);
  for (auto* construct : {&item.title, &item.summary, &item.content[0]}) {
    construct->type = "text/plain";
    construct->language = about.language;
    construct->base = about.base;
  }
  for (const auto& name : about.authors) item.authors.push_back({name, "", ""});
  if (!about.authors.empty()) item.author = about.authors.front();
  for (const auto& tag : about.tags) item.tags.push_back({tag, "", ""});
  item.publisher = about.publisher;
  item.language = about.language;
  item.published = date_of(document, about.published, "entries[0].published");
  item.updated = date_of(document, about.modified, "entries[0].updated");
  return item;
}

}  // namespace

news::Document parse(std::string_view bytes, const news::Hints& hints) {
  news::Document document;
  auto decoded = news::decode(bytes, hints.content_type);
  document.encoding = decoded.encoding;
  document.problems = std::move(decoded.warnings);
  document.bozo = !document.problems.empty();
  Tree tree(decoded.text);
  if (tree.cut())
    tell(document, "document", "more tags than are read of a page; the rest is left out");
  auto about = read_metadata(tree, hints.url);
  if (about.language.empty()) about.language = hints.content_language;
  auto feeds = feeds_of(tree, about.base);
  read_site(document, about, feeds);
  auto text = article_text(tree, about.body);
  bool has_article = text.size() >= kSurelyAnArticle || (about.article && !text.empty());
  if (has_article) {
    document.entries.push_back(entry_of(document, about, std::move(text)));
  } else {
    tell(document, "document", without_article(feeds));
  }
  return document;
}

}  // namespace feeds::page
