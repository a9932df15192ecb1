#include <algorithm>
#include <string>

#include "feeds/news/formats.h"
#include "feeds/news/names.h"
#include "feeds/news/vocabulary.h"

namespace feeds::news {
namespace {

std::string rss_version(std::string_view stated) {
  if (stated == "0.91") return "rss091u";
  if (stated == "0.92" || stated == "0.93" || stated == "0.94") {
    return "rss09" + std::string(stated.substr(3));
  }
  return stated.starts_with("2.") || stated == "2" ? "rss20" : "rss";
}

// RSS 0.90 and 1.0 have no version but the namespace that their elements are in.
std::string rdf_version(const pugi::xml_node& root) {
  for (const pugi::xml_attribute& a : root.attributes()) {
    std::string_view uri = a.value();
    if (uri == "http://purl.org/rss/1.0/") return "rss10";
    if (uri == "http://my.netscape.com/rdf/simple/0.9/") return "rss090";
    if (uri == "http://channel.netscape.com/rdf/simple/0.9/") return "rss090";
  }
  return "rss10";
}

// Records are large: room for all of them is made at once.
void make_room(Document& document, const pugi::xml_node& level) {
  std::size_t items = 0;
  for (const pugi::xml_node& child : level.children()) {
    items += local_name(child.name()) == "item" ? 1 : 0;
  }
  items = std::min(items, kMostEntries - std::min(kMostEntries, document.entries.size()));
  if (items > 0) document.entries.reserve(document.entries.size() + items);
}

// One level of items and head: the children of <rss>, <rdf:RDF> and <channel>.
void read_level(Context& head, const pugi::xml_node& level, bool is_channel) {
  make_room(head.document, level);
  for (const pugi::xml_node& child : level.children()) {
    if (child.type() != pugi::node_element) continue;
    Element element(child, head.names);
    if (element.undeclared_prefix() && !head.document.bozo) {
      head.document.bozo = true;
      warn(head, element, "has a prefix that is not declared");
    }
    if (element.key() == "item" || element.key() == "entry") {
      read_entry(head.document, head.names, child, head.scope);
    } else if (element.key() == "channel" && !is_channel) {
      Scope outer = head.scope;
      enter(child, head.scope);
      read_level(head, child, true);
      head.scope = outer;
    } else if (element.key() != "items") {
      read_element(head, element);
    }
  }
}

}  // namespace

void read_rss(Document& document, const pugi::xml_node& root, const Scope& scope) {
  std::string_view name = local_name(root.name());
  bool rdf = name == "RDF" || name == "rdf";
  if (document.version.empty()) {
    document.version = rdf ? rdf_version(root) : rss_version(root.attribute("version").value());
  }
  Names names;
  Context head{
      .document = document, .names = names, .record = document, .feed = &document, .place = "feed"};
  head.scope = scope;
  enter(root, head.scope);
  document.language = head.scope.language;
  bool channel = name == "channel";
  read_level(head, root, channel);
  finish(head);
}

}  // namespace feeds::news
