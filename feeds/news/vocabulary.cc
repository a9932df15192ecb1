#include "feeds/news/vocabulary.h"

#include <iterator>
#include <unordered_map>
#include <utility>

#include "feeds/news/dates.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// Elements without a place of their own that are kept of one record.
constexpr std::size_t kMostExtras = 200;

constexpr std::string_view kPlain = "text/plain";
constexpr std::string_view kHtml = "text/html";

using Handler = void (*)(Context&, const Element&);

void read_title(Context& c, const Element& e) {
  Text text = read_text(c, e, kPlain);
  if (c.title_is_final || text.empty()) return;
  // media:title names the picture: it stands in only until the entry's own title comes.
  c.title_is_final = e.key() != "media_title";
  c.record.title = std::move(text);
}

void add_content(Context& c, Text text) {
  if (c.item == nullptr) return;
  bool text_like =
      text.type == kPlain || text.type == kHtml || text.type == "application/xhtml+xml";
  if (c.item->summary.empty() && text_like) {
    c.item->summary.value = text.value;
    c.item->summary.type = text.type;
    c.item->summary.language = text.language;
    c.item->summary.base = text.base;
    c.summary_is_copy = true;
  }
  if (!text.empty() || !text.src->empty()) c.item->content.push_back(std::move(text));
}

void read_content(Context& c, const Element& e, std::string_view type) {
  c.has_content = true;
  add_content(c, read_text(c, e, type));
}

void read_atom_content(Context& c, const Element& e) { read_content(c, e, kPlain); }
void read_html_content(Context& c, const Element& e) { read_content(c, e, kHtml); }
void read_body(Context& c, const Element& e) {
  add_content(c, read_text(c, e, "application/xhtml+xml"));
}

// A second description is the long one, unless the full text was already there.
void read_description_as(Context& c, const Element& e, std::string_view type) {
  if (c.item == nullptr) {
    if (c.feed != nullptr) c.feed->subtitle = read_text(c, e, type);
    return;
  }
  if (!c.item->summary.empty() && !c.has_content) {
    read_content(c, e, kPlain);
    return;
  }
  c.item->summary = read_text(c, e, type);
  c.summary_is_copy = false;
}

void read_description(Context& c, const Element& e) { read_description_as(c, e, kHtml); }
void read_summary(Context& c, const Element& e) { read_description_as(c, e, kPlain); }

void read_subtitle(Context& c, const Element& e) {
  if (c.feed != nullptr) {
    c.feed->subtitle = read_text(c, e, kPlain);
  } else {
    c.record.extras.push_back({"subtitle", e.text(), {}});
  }
}

void read_rights(Context& c, const Element& e) { c.record.rights_detail = read_text(c, e, kPlain); }

Date read_date(Context& c, const Element& e) {
  Date date;
  date.text = e.text();
  if (date.text.empty()) return date;
  date.time = parse_date(date.text);
  if (!date.time)
    warn(c, e, "\"" + model::truncate(date.text, 80) + "\" is no date that can be read");
  return date;
}

// A later element of the same meaning replaces an earlier one, but not by something unreadable.
void set_date(Context& c, const Element& e, Date& old) {
  Date date = read_date(c, e);
  if (date.text.empty() || (old.time && !date.time)) return;
  old = std::move(date);
}
void read_published(Context& c, const Element& e) { set_date(c, e, c.record.published); }
void read_updated(Context& c, const Element& e) { set_date(c, e, c.record.updated); }
void read_created(Context& c, const Element& e) { set_date(c, e, c.record.created.edit()); }
void read_expired(Context& c, const Element& e) { set_date(c, e, c.record.expired.edit()); }

// dcterms:valid, DCMI Period: "start=2003-12-31;end=2004-01-01".
void read_valid(Context& c, const Element& e) {
  std::string text = e.text();
  for (std::string_view rest = text; !rest.empty();) {
    auto part = model::trim(rest.substr(0, rest.find(';')));
    rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
    bool start = part.starts_with("start=");
    if (!start && !part.starts_with("end=")) continue;
    std::string value(part.substr(part.find('=') + 1));
    c.record.extras.push_back({start ? "validity_start" : "validity_end", std::move(value), {}});
  }
}

void read_category(Context& c, const Element& e) {
  auto scheme = e.attribute("scheme");
  if (scheme.empty()) scheme = e.attribute("domain");
  std::string term(e.attribute("term"));
  std::string text = e.text();
  bool both = !term.empty() && !text.empty();
  add_tag(c.record, term.empty() ? text : term, std::string(scheme),
          std::string(e.attribute("label")));
  if (both) add_tag(c.record, text, "", "");
}

// The words of a list, each a tag.
void add_tags(Context& c, const Element& e, std::string_view separators,
              const std::string& scheme) {
  std::string text = e.text();
  for (std::string_view rest = text; !rest.empty();) {
    auto tag = model::trim(rest.substr(0, rest.find_first_of(separators)));
    rest.remove_prefix(std::min(rest.find_first_of(separators), rest.size() - 1) + 1);
    if (!tag.empty()) add_tag(c.record, std::string(tag), scheme, "");
  }
}

// "<tags>one, two</tags>", as some blogs write.
void read_tags(Context& c, const Element& e) { add_tags(c, e, ",", ""); }

void read_itunes_category(Context& c, const Element& e) {
  add_tag(c.record, std::string(e.attribute("text")), "http://www.itunes.com/", "");
  for (const pugi::xml_node& child : e.node().children()) {
    if (child.type() == pugi::node_element && c.depth == 0) {
      ++c.depth;
      read_element(c, Element(child));
      --c.depth;
    }
  }
}

void read_itunes_keywords(Context& c, const Element& e) {
  add_tags(c, e, ", ", "http://www.itunes.com/");
}

void read_language(Context& c, const Element& e) {
  c.record.language = e.text();
  // What follows in the head has the language that was just named.
  if (c.feed != nullptr) c.scope.language = c.record.language;
}

void read_generator(Context& c, const Element& e) {
  if (c.feed == nullptr) return;
  c.feed->generator = e.text();
  c.feed->generator_version = e.attribute("version");
  for (std::string_view name : {"url", "uri", "href", "resource"}) {
    auto href = e.attribute(name);
    if (!href.empty()) c.feed->generator_href = resolve(c.scope.base, href);
  }
  if (e.key() == "admin_generatoragent") c.feed->generator = c.feed->generator_href;
}

void read_image(Context& c, const Element& e) {
  Image image;
  auto href = e.attribute("href");
  if (href.empty()) href = e.attribute("url");
  if (!href.empty()) image.href = resolve(c.scope.base, href);
  for (const pugi::xml_node& child : e.node().children()) {
    if (child.type() != pugi::node_element) continue;
    Element part(child);
    if (part.key() == "title") image.title = part.text();
    if (part.key() == "link") image.link = resolve(c.scope.base, part.text());
    if (part.key() == "url") image.href = resolve(c.scope.base, part.text());
    if (part.key() == "description") image.description = part.text();
  }
  c.record.image = std::move(image);
}

void read_text_input(Context&, const Element&) {}

void read_itunes_owner(Context& c, const Element& e) { read_publisher(c, e); }

std::string absolute_text(Context& c, const Element& e) {
  Scope scope = c.scope;
  enter(e.node(), scope);
  std::string text = e.text();
  return text.empty() ? text : resolve(scope.base, text);
}

// Elements that hold a URL and have no other rules.
void read_url(Context& c, const Element& e) {
  std::string url = absolute_text(c, e);
  if (url.empty()) return;
  if (c.feed != nullptr && e.key() == "icon") c.feed->icon = url;
  if (c.feed != nullptr && e.key() == "logo") c.feed->logo = url;
  if (c.item != nullptr && e.key() == "comments") c.item->comments = url;
  if (c.item != nullptr && e.key() == "wfw_commentrss") c.item->wfw_comment_rss = url;
  bool kept = e.key() == "comments" && c.item != nullptr;
  if (!kept && e.key() != "icon" && e.key() != "logo") {
    c.record.extras.push_back({e.key(), std::move(url), {}});
  }
}

void read_new_location(Context& c, const Element& e) {
  std::string url = resolve_safely(c.scope.base, e.text());
  if (c.feed != nullptr && !url.empty()) c.record.extras.push_back({"newlocation", url, {}});
}

void read_info(Context& c, const Element& e) {
  c.record.extras.push_back({"info", shown(read_text(c, e, kPlain)), {}});
}

// What no handler knows: its text, and its attributes.
void read_unknown(Context& c, const Element& e) {
  if (c.record.extras.size() >= kMostExtras) return;
  if (c.feed != nullptr && e.key() == "ttl") c.feed->ttl = e.text();
  if (c.item != nullptr && e.key() == "slash_comments") c.item->slash_comments = e.text();
  if (c.item != nullptr && e.key() == "thr_in-reply-to")
    c.item->in_reply_to = std::string(e.attribute("ref"));
  c.record.extras.push_back({e.key(), e.text(), e.attributes()});
}

// skipHours and skipDays: what is inside them.
void read_skipped(Context& c, const Element& e) {
  read_unknown(c, e);
  if (c.feed == nullptr) return;
  auto& list = e.key() == "skiphours" ? c.feed->skip_hours : c.feed->skip_days;
  constexpr std::size_t kMost = 24;
  for (const pugi::xml_node& child : e.node().children()) {
    if (child.type() == pugi::node_element && list.size() < kMost) {
      list.push_back(Element(child).text());
    }
  }
}

constexpr std::pair<std::string_view, Handler> kHandlers[] = {
    {"title", read_title},
    {"skiphours", read_skipped},
    {"skipdays", read_skipped},
    {"dc_title", read_title},
    {"media_title", read_title},
    {"link", read_link},
    {"guid", read_id},
    {"id", read_id},
    {"enclosure", read_enclosure},
    {"source", read_source},
    {"description", read_description},
    {"dc_description", read_description},
    {"media_description", read_description},
    {"summary", read_summary},
    {"abstract", read_summary},
    {"itunes_summary", read_summary},
    {"content", read_atom_content},
    {"content_encoded", read_html_content},
    {"fullitem", read_html_content},
    {"body", read_body},
    {"xhtml_body", read_body},
    {"subtitle", read_subtitle},
    {"tagline", read_subtitle},
    {"itunes_subtitle", read_subtitle},
    {"rights", read_rights},
    {"copyright", read_rights},
    {"dc_rights", read_rights},
    {"author", read_author},
    {"managingeditor", read_author},
    {"dc_author", read_author},
    {"dc_creator", read_author},
    {"itunes_author", read_author},
    {"contributor", read_contributor},
    {"dc_contributor", read_contributor},
    {"webmaster", read_publisher},
    {"dc_publisher", read_publisher},
    {"itunes_owner", read_itunes_owner},
    {"published", read_published},
    {"pubdate", read_published},
    {"issued", read_published},
    {"dcterms_issued", read_published},
    {"updated", read_updated},
    {"modified", read_updated},
    {"lastbuilddate", read_updated},
    {"dc_date", read_updated},
    {"dcterms_modified", read_updated},
    {"created", read_created},
    {"dcterms_created", read_created},
    {"expirationdate", read_expired},
    {"dcterms_valid", read_valid},
    {"category", read_category},
    {"keywords", read_category},
    {"dc_subject", read_category},
    {"tags", read_tags},
    {"itunes_category", read_itunes_category},
    {"itunes_keywords", read_itunes_keywords},
    {"language", read_language},
    {"dc_language", read_language},
    {"generator", read_generator},
    {"admin_generatoragent", read_generator},
    {"image", read_image},
    {"itunes_image", read_image},
    {"textinput", read_text_input},
    {"comments", read_url},
    {"docs", read_url},
    {"icon", read_url},
    {"logo", read_url},
    {"wfw_comment", read_url},
    {"wfw_commentrss", read_url},
    {"newlocation", read_new_location},
    {"info", read_info},
    {"feedburner_browserfriendly", read_info},
    {"cc_license", read_license},
    {"creativecommons_license", read_license},
};

const std::unordered_map<std::string_view, Handler>& handlers() {
  static const std::unordered_map<std::string_view, Handler> kByName(std::begin(kHandlers),
                                                                     std::end(kHandlers));
  return kByName;
}

}  // namespace

void warn(Context& context, const Element& element, std::string message) {
  context.document.problems.push_back(
      {context.place + "." + element.node().name(), std::move(message)});
}

void add_tag(Record& record, std::string term, std::string scheme, std::string label) {
  if (term.empty() && scheme.empty() && label.empty()) return;
  for (const Category& tag : record.tags) {
    if (tag.term == term && tag.scheme == scheme && tag.label == label) return;
  }
  record.tags.push_back({std::move(term), std::move(scheme), std::move(label)});
}

void read_element(Context& context, const Element& element) {
  if (auto found = handlers().find(element.key()); found != handlers().end()) {
    found->second(context, element);
    return;
  }
  if (read_media(context, element) || read_where(context, element)) return;
  read_unknown(context, element);
}

void read_children(Context& context, const pugi::xml_node& node) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    Element element(child, context.names);
    if (element.undeclared_prefix() && !context.document.bozo) {
      context.document.bozo = true;
      warn(context, element, "has a prefix that is not declared");
    }
    read_element(context, element);
  }
}

}  // namespace feeds::news
