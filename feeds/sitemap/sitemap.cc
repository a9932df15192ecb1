#include "feeds/sitemap/sitemap.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <utility>

#include "feeds/news/charset.h"
#include "feeds/news/dates.h"
#include "feeds/news/repair.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::sitemap {
namespace {

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

// The first child of that name, whatever its prefix: sites bind prefixes as they like, or not.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& one : node.children()) {
    if (local_name(one.name()) == name) return one;
  }
  return {};
}

std::string text(const pugi::xml_node& node, std::string_view name) {
  return std::string(model::trim(child(node, name).text().get()));
}

class Reader {
 public:
  Reader(news::Document& document, std::string base)
      : document_(document), base_(std::move(base)) {}

  void read(const pugi::xml_node& root) {
    bool index = local_name(root.name()) == "sitemapindex";
    document_.version = index ? "sitemapindex" : "sitemap";
    std::size_t n = 0;
    for (const auto& node : root.children()) {
      auto name = local_name(node.name());
      if (name != "url" && name != "sitemap") continue;
      if (++n > kMostAddresses) {
        tell("document", "more than 50000 addresses; the rest is left out");
        break;
      }
      read_address(node, index ? "sitemap" : "item", n - 1);
    }
    std::stable_sort(document_.links.begin(), document_.links.end(),
                     [](const auto& a, const auto& b) { return a.title > b.title; });
  }

  void tell(std::string place, std::string message) {
    document_.bozo = true;
    document_.problems.push_back({std::move(place), std::move(message)});
  }

 private:
  void read_address(const pugi::xml_node& node, const char* rel, std::size_t n) {
    auto place = std::string(rel[0] == 's' ? "sitemap[" : "url[") + std::to_string(n) + "]";
    auto loc = text(node, "loc");
    auto address = loc.empty() ? "" : news::resolve_safely(base_, loc);
    if (address.empty()) return tell(place, "it has no <loc> with an address");
    if (auto news = child(node, "news")) return read_news(news, address, place);
    document_.links.push_back({address, rel, "", text(node, "lastmod"), "", ""});
  }

  void read_news(const pugi::xml_node& node, const std::string& address, const std::string& place) {
    auto publication = child(node, "publication");
    news::Item item;
    item.place = place;
    item.link = address;
    item.links.push_back({address, "alternate", "text/html", "", "", ""});
    item.title.value = model::squeeze(text(node, "title"));
    item.title.type = "text/plain";
    item.publisher = model::squeeze(text(publication, "name"));
    item.language = text(publication, "language");
    item.published.text = text(node, "publication_date");
    if (!item.published.text.empty()) item.published.time = news::parse_date(item.published.text);
    if (!item.published.time) tell(place + ".publication_date", "it is no date that can be read");
    add_keywords(item, text(node, "keywords"));
    document_.entries.push_back(std::move(item));
  }

  static void add_keywords(news::Item& item, std::string_view keywords) {
    while (!keywords.empty()) {
      auto end = std::min(keywords.find(','), keywords.size());
      auto word = model::squeeze(keywords.substr(0, end));
      if (!word.empty()) item.tags.push_back({std::move(word), "", ""});
      keywords.remove_prefix(std::min(end + 1, keywords.size()));
    }
  }

  news::Document& document_;
  std::string base_;
};

}  // namespace

news::Document parse(std::string_view bytes, const news::Hints& hints) {
  news::Document document;
  auto decoded = news::decode(bytes, hints.content_type);
  document.encoding = decoded.encoding;
  document.problems = std::move(decoded.warnings);
  document.bozo = !document.problems.empty();
  document.id = hints.url;
  Reader reader(document, hints.url);
  auto repaired = news::repair(std::move(decoded.text));
  // pugixml overwrites the last byte; that must not be part of a character.
  repaired.text += '\n';
  pugi::xml_document xml;
  auto result = xml.load_buffer_inplace(repaired.text.data(), repaired.text.size(),
                                        pugi::parse_default, pugi::encoding_utf8);
  if (!result) {
    reader.tell("byte " + std::to_string(result.offset), std::string("the XML is broken here: ") +
                                                             result.description() +
                                                             "; what was read up to there is kept");
  }
  reader.read(xml.document_element());
  return document;
}

}  // namespace feeds::sitemap
