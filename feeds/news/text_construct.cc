#include <cstdint>
#include <string>

#include "feeds/news/entities.h"
#include "feeds/news/names.h"
#include "feeds/news/sanitize.h"
#include "feeds/news/vocabulary.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

// RFC 4648 section 4, white space allowed; the text itself when it is none, or not UTF-8.
std::string from_base64(const std::string& text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '=') continue;
    int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                : c >= 'a' && c <= 'z' ? c - 'a' + 26
                : c >= '0' && c <= '9' ? c - '0' + 52
                : c == '+'             ? 62
                : c == '/'             ? 63
                                       : -1;
    if (value < 0) return text;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return model::is_utf8(out) ? out : text;
}

bool is_base64(const Element& element, std::string_view type) {
  if (element.attribute("mode") == "base64") return true;
  return !type.starts_with("text/") && !type.ends_with("+xml") && !type.ends_with("/xml");
}

// The only thing in `node` when that is a <div>; null otherwise.
pugi::xml_node only_div(const pugi::xml_node& node) {
  pugi::xml_node div;
  if (!model::trim(node.value()).empty()) return {};
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    bool blank = child.type() != pugi::node_element && model::trim(child.value()).empty();
    if (blank || child.type() == pugi::node_comment) continue;
    if (div || child.type() != pugi::node_element || lower(local_name(child.name())) != "div") {
      return {};
    }
    div = child;
  }
  return div;
}

// The text of the element, and its type, which markup inside makes XHTML whatever it claims.
void read_value(const Context& context, const Element& element, Text& text) {
  bool xhtml = text.type == "application/xhtml+xml";
  if (!element.has_elements()) {
    text.value = element.text();
    if (xhtml) {
      std::string raw = std::move(text.value);
      text.value.clear();
      append_escaped(text.value, raw);
    }
    return;
  }
  // RFC 4287 section 3.1.1.3: the <div> is not part of the content.
  pugi::xml_node div = only_div(element.node());
  bool unwrap =
      div && (!text.type.ends_with("xml") || (xhtml && context.document.version == "atom10"));
  Element inside = unwrap ? Element(div) : element;
  if (!text.type.ends_with("xml") && !inside.has_elements()) {
    text.value = inside.text();
    return;
  }
  if (!text.type.ends_with("xml")) text.type = "application/xhtml+xml";
  text.value = std::string(model::trim(inside.inner_xhtml()));
}

}  // namespace

std::string media_type(std::string_view type) {
  std::string name = lower(model::trim(type));
  if (name == "text" || name == "plain") return "text/plain";
  if (name == "html") return "text/html";
  if (name == "xhtml") return "application/xhtml+xml";
  return name;
}

bool looks_like_html(std::string_view text) {
  bool found = false;
  for (std::size_t pos = 0; (pos = text.find_first_of("<&", pos)) != std::string_view::npos;) {
    bool tag = text[pos] == '<';
    std::size_t begin = ++pos;
    bool closing = tag && begin < text.size() && text[begin] == '/';
    bool numeric = !tag && begin < text.size() && text[begin] == '#';
    if (closing || numeric) ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end == begin) continue;
    auto name = text.substr(begin, end - begin);
    char behind = end < text.size() ? text[end] : '\0';
    if (tag && !is_allowed_element(name)) return false;
    if (!tag && behind != ';') continue;
    if (!tag && !numeric && named_entity(name).empty()) return false;
    found = found || !tag || (closing && behind == '>');
    pos = end;
  }
  return found;
}

Text read_text(const Context& context, const Element& element, std::string_view default_type) {
  Text text;
  Scope scope = context.scope;
  enter(element.node(), scope);
  text.language = scope.language;
  text.base = scope.base;
  auto stated = element.attribute("type");
  text.type = media_type(stated.empty() ? default_type : stated);
  if (auto src = element.attribute("src"); !src.empty()) text.src = std::string(src);
  bool base64 = is_base64(element, text.type);
  read_value(context, element, text);
  if (base64) text.value = from_base64(text.value);
  bool says_type = context.document.version.starts_with("atom");
  if (!says_type && text.type == "text/plain" && looks_like_html(text.value)) {
    text.type = "text/html";
  }
  return text;
}

std::string shown(const Text& text) {
  bool markup = text.type == "text/html" || text.type == "application/xhtml+xml";
  return markup ? sanitize(text.value, text.base, text.type) : text.value;
}

}  // namespace feeds::news
