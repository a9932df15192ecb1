#include <algorithm>
#include <string>

#include "feeds/news/urls.h"
#include "feeds/news/vocabulary.h"

namespace feeds::news {
namespace {

Scope scope_of(const Context& context, const Element& element) {
  Scope scope = context.scope;
  enter(element.node(), scope);
  return scope;
}

std::string_view href_of(const Element& element) {
  for (std::string_view name : {"url", "uri", "href", "resource"}) {
    if (auto value = element.attribute(name); !value.empty()) return value;
  }
  return {};
}

// "a=1&amp;b;=2" → "a=1&b=2": what escaping twice, and a parser that took "&b" for a reference,
// leave of a query.
std::string mended_query(std::string url) {
  for (std::size_t pos = url.find('&'); pos != std::string::npos; pos = url.find('&', pos + 1)) {
    if (url.compare(pos, 5, "&amp;") == 0) {
      url.erase(pos + 1, 4);
      continue;
    }
    std::size_t end = pos + 1;
    while (end < url.size() &&
           (std::isalnum(static_cast<unsigned char>(url[end])) != 0 || url[end] == '_')) {
      ++end;
    }
    if (end > pos + 1 && end < url.size() && url[end] == ';') url.erase(end, 1);
  }
  return url;
}

bool is_html(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

}  // namespace

// Atom's <link href> (RFC 4287 section 4.2.7) and RSS's <link>text</link>.
void read_link(Context& context, const Element& element) {
  Link link;
  link.rel = element.attribute("rel");
  link.type = element.attribute("type");
  link.title = element.attribute("title");
  link.hreflang = element.attribute("hreflang");
  link.length = element.attribute("length");
  if (link.rel.empty()) link.rel = "alternate";
  if (link.type.empty()) link.type = link.rel == "self" ? "application/atom+xml" : "text/html";
  // An empty reference is the document itself (RFC 3986 section 4.4); none at all is no link to
  // follow, but what it says of one is kept.
  bool stated = element.has_attribute("href");
  bool of_text = href_of(element).empty() && !stated;
  std::string written = of_text ? element.text() : std::string(href_of(element));
  if (written.empty() && !stated) {
    if (element.node().first_attribute()) context.record.links.push_back(std::move(link));
    return;
  }
  link.href = resolve(scope_of(context, element).base, of_text ? mended_query(written) : written);
  bool main = link.rel == "alternate" && (of_text || is_html(media_type(link.type)));
  if (main && !link.href.empty()) context.record.link = link.href;
  context.record.links.push_back(std::move(link));
}

void read_enclosure(Context& context, const Element& element) {
  Link link;
  link.rel = "enclosure";
  link.type = element.attribute("type");
  link.title = element.attribute("title");
  link.length = element.attribute("length");
  link.href = resolve(scope_of(context, element).base, href_of(element));
  context.record.links.push_back(std::move(link));
}

void read_id(Context& context, const Element& element) {
  bool is_link =
      !element.has_attribute("ispermalink") || element.attribute("ispermalink") == "true";
  std::string id = element.text();
  if (id.empty()) return;
  if (is_link) id = resolve(scope_of(context, element).base, id);
  context.record.id = std::move(id);
  if (context.item != nullptr) context.item->guid_is_link = is_link;
}

void read_license(Context& context, const Element& element) {
  std::string href(element.attribute("resource"));
  if (href.empty()) href = element.text();
  if (href.empty()) return;
  context.record.license = href;
  Link link;
  link.rel = "license";
  link.href = std::move(href);
  context.record.links.push_back(std::move(link));
}

void finish(Context& context) {
  Record& record = context.record;
  for (const Link& link : record.links) {
    if (link.rel == "license" && record.license->empty()) record.license = link.href;
  }
  record.rights = record.rights_detail->value;
  if (context.feed != nullptr) context.feed->image_href = record.image->href;
  Item* item = context.item;
  if (item == nullptr) return;
  std::copy_if(item->links.begin(), item->links.end(), std::back_inserter(item->enclosures),
               [](const Link& link) { return link.rel == "enclosure"; });
  bool no_link = item->link.empty();
  // RSS 2.0, <guid>: a permanent link unless it says that it is none.
  if (no_link && item->guid_is_link) item->link = item->id;
  item->guid_is_link = item->guid_is_link && no_link;
}

}  // namespace feeds::news
