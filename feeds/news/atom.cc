#include <string>

#include "feeds/news/formats.h"
#include "feeds/news/names.h"
#include "feeds/news/urls.h"
#include "feeds/news/vocabulary.h"

namespace feeds::news {
namespace {

std::string atom_version(const pugi::xml_node& root) {
  std::string_view stated = root.attribute("version").value();
  std::string_view name = root.name();
  auto colon = name.find(':');
  auto uri = namespace_of(root, colon == std::string_view::npos ? "" : name.substr(0, colon));
  if (uri.find("2005/Atom") != std::string_view::npos ||
      uri.find("2005/atom") != std::string_view::npos) {
    return "atom10";
  }
  if (stated == "0.1" || stated == "0.2" || stated == "0.3") {
    return "atom0" + std::string(stated.substr(2));
  }
  return uri == "http://purl.org/atom/ns#" ? "atom03" : "atom";
}

}  // namespace

bool is_full(Document& document) {
  if (document.entries.size() < kMostEntries) return false;
  if (!document.cut) {
    document.problems.push_back({"entries[" + std::to_string(kMostEntries) + "]",
                                 "no document of ours has more entries; the rest was left out"});
  }
  document.cut = document.bozo = true;
  return true;
}

void read_entry(Document& document, Names& names, const pugi::xml_node& node, const Scope& scope) {
  if (is_full(document)) return;
  std::string place = "entries[" + std::to_string(document.entries.size()) + "]";
  Item& item = document.entries.emplace_back();
  item.place = place;
  Context context{.document = document,
                  .names = names,
                  .record = item,
                  .item = &item,
                  .place = std::move(place)};
  context.scope = scope;
  enter(node, context.scope);
  Element element(node, names);
  item.id = element.attribute("about");  // RDF Site Summary 1.0 section 5.5
  read_children(context, node);
  finish(context);
}

// RSS 2.0 <source url>title</source> and atom:source (RFC 4287 section 4.2.11).
void read_source(Context& context, const Element& element) {
  if (context.item == nullptr) return;
  Feed source;
  Context inner{.document = context.document,
                .names = context.names,
                .record = source,
                .feed = &source,
                .place = context.place + ".source"};
  inner.scope = context.scope;
  enter(element.node(), inner.scope);
  read_children(inner, element.node());
  finish(inner);
  Item& item = *context.item;
  std::string text = element.text();
  if (!text.empty()) source.title.value = text;
  std::string_view url = element.attribute("url");
  item.source_link = std::string(url.empty() ? source.link : resolve(inner.scope.base, url));
  item.source_title = source.title.value;
  item.source.clear();
  item.source.push_back(std::move(source));
}

void read_atom(Document& document, const pugi::xml_node& root, const Scope& scope) {
  document.version = atom_version(root);
  Names names;
  Context head{
      .document = document, .names = names, .record = document, .feed = &document, .place = "feed"};
  head.scope = scope;
  if (std::string_view(local_name(root.name())) == "entry") {
    read_entry(document, names, root, scope);
    return;
  }
  enter(root, head.scope);
  document.language = head.scope.language;
  for (const pugi::xml_node& child : root.children()) {
    if (child.type() != pugi::node_element) continue;
    Element element(child, names);
    if (element.undeclared_prefix() && !document.bozo) {
      document.bozo = true;
      warn(head, element, "has a prefix that is not declared");
    }
    if (element.key() == "entry" || element.key() == "item") {
      read_entry(document, names, child, head.scope);
    } else {
      read_element(head, element);
    }
  }
  finish(head);
}

}  // namespace feeds::news
