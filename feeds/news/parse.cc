#include <algorithm>
#include <pugixml.hpp>
#include <string>

#include "feeds/news/charset.h"
#include "feeds/news/feed.h"
#include "feeds/news/formats.h"
#include "feeds/news/mend.h"
#include "feeds/news/names.h"
#include "feeds/news/repair.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// White space between elements counts inside XHTML. A DTD is skipped and never expanded. The text
// that an element begins with is kept in its own node, which halves the nodes of a feed.
constexpr unsigned kXmlOptions =
    pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_embed_pcdata;

void add_problem(Document& document, std::string place, std::string message) {
  document.bozo = true;
  document.problems.push_back({std::move(place), std::move(message)});
}

// RFC 7303 for XML, RFC 8259 for JSON; "text/html" and "text/plain" are what servers say that do
// not know.
bool is_feed_type(std::string_view content_type) {
  auto type = model::trim(content_type.substr(0, content_type.find(';')));
  return type.empty() || type.ends_with("xml") || type.ends_with("json") || type == "text/xml" ||
         type == "application/xml-dtd" || type == "application/xml-external-parsed-entity" ||
         type == "application/octet-stream";
}

Scope scope_of(const Hints& hints) {
  Scope scope;
  scope.base = hints.url;
  std::string location = resolve_safely(hints.url, hints.content_location);
  if (!hints.content_location.empty() && !location.empty()) scope.base = std::move(location);
  scope.language = hints.content_language;
  for (char& c : scope.language) c = c == '_' ? '-' : c;
  return scope;
}

bool is_json(std::string_view text) {
  auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

pugi::xml_node root_of(const pugi::xml_document& xml) {
  for (const pugi::xml_node& node : xml.children()) {
    if (node.type() == pugi::node_element) return node;
  }
  return {};
}

// "line 7, byte 1204" of the text that was parsed.
std::string place_of(std::string_view text, std::size_t offset) {
  auto line =
      1 + std::count(text.begin(),
                     text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())),
                     '\n');
  return "line " + std::to_string(line) + ", byte " + std::to_string(offset);
}

void report_repairs(Document& document, const Repaired& repaired) {
  if (repaired.leading_text) add_problem(document, "line 1", "text before the first element");
  if (repaired.control_characters) {
    add_problem(document, "document", "control characters, which XML forbids, were left out");
  }
  if (repaired.undefined_entity) {
    add_problem(document, "document", "a reference to an entity that is not defined");
  }
}

// The root decides which format it is.
void read_root(Document& document, const pugi::xml_node& root, const Scope& scope) {
  std::string_view name = local_name(root.name());
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (lower == "rss" || lower == "rdf" || lower == "channel") {
    read_rss(document, root, scope);
  } else if (lower == "feed" || lower == "entry") {
    read_atom(document, root, scope);
  } else if (root) {
    add_problem(document, "line 1", "<" + std::string(name) + "> is the root of no feed format");
  } else {
    add_problem(document, "line 1", "the document has no element");
  }
}

pugi::xml_parse_result load(pugi::xml_document& xml, std::string& text) {
  // pugixml ends the last string in place, which would cost a truncated document its last byte.
  text += '\n';
  return xml.load_buffer_inplace(text.data(), text.size(), kXmlOptions, pugi::encoding_utf8);
}

// What stands in `text` is mended and parsed again; `first` is what the parser said of it.
void load_mended(Document& document, pugi::xml_document& xml, std::string& text,
                 const pugi::xml_parse_result& first) {
  auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(first.offset, 0));
  add_problem(
      document, place_of(text, offset),
      std::string("the XML is broken here: ") + first.description() + "; what can be read is read");
  Mended mended = mend(text);
  text = std::move(mended.text);
  for (auto& [place, message] : mended.warnings) {
    add_problem(document, std::move(place), std::move(message));
  }
  load(xml, text);
}

// `again` gives the text anew: the parser works in place, and where it fails what it has
// overwritten is needed.
template <typename Again>
void read_xml(Document& document, std::string text, const Scope& scope, Again again) {
  Repaired repaired = repair(std::move(text));
  report_repairs(document, repaired);
  std::string_view prologue = std::string_view(repaired.text).substr(0, 1024);
  auto doctype = prologue.find("<!DOCTYPE");
  if (doctype != std::string_view::npos &&
      prologue.substr(doctype, prologue.find('>', doctype) - doctype).find("etscape") !=
          std::string_view::npos) {
    document.version = "rss091n";
  }
  pugi::xml_document xml;
  auto result = load(xml, repaired.text);
  if (!result && result.status != pugi::status_no_document_element) {
    repaired.text = repair(again()).text;
    load_mended(document, xml, repaired.text, result);
  }
  read_root(document, root_of(xml), scope);
}

}  // namespace

Document parse(std::string_view bytes, const Hints& hints) {
  Document document;
  Decoded decoded = decode(bytes, hints.content_type);
  document.encoding = decoded.encoding;
  for (auto& warning : decoded.warnings) {
    add_problem(document, std::move(warning.place), std::move(warning.message));
  }
  if (!is_feed_type(hints.content_type)) {
    add_problem(document, "content type", hints.content_type + " is no media type of feeds");
  }
  Scope scope = scope_of(hints);
  if (is_json(decoded.text)) {
    read_json_feed(document, decoded.text, scope);
  } else {
    read_xml(document, std::move(decoded.text), scope,
             [&] { return decode(bytes, hints.content_type).text; });
  }
  if (document.language.empty()) document.language = hints.content_language;
  return document;
}

}  // namespace feeds::news
