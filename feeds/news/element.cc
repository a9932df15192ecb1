#include "feeds/news/element.h"

#include "feeds/news/names.h"
#include "feeds/news/urls.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// Attributes of one element that are looked at.
constexpr int kMostAttributes = 256;

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool equals_lower(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i]) return false;
  }
  return true;
}

bool is_declaration(std::string_view name) { return name == "xmlns" || name.starts_with("xmlns:"); }

void open_tag(std::string& out, const pugi::xml_node& node) {
  std::string_view name = local_name(node.name());
  out.append("<").append(name);
  int seen = 0;
  for (pugi::xml_attribute a = node.first_attribute(); a && seen < kMostAttributes;
       a = a.next_attribute(), ++seen) {
    if (is_declaration(a.name())) continue;
    out.append(" ").append(a.name()).append("=\"");
    std::string value;
    append_escaped(value, a.value());
    for (char c : value) {
      if (c == '"') {
        out += "&quot;";
      } else {
        out += c;
      }
    }
    out += '"';
  }
  if (name == "svg" || name == "math") {
    std::string_view full = node.name();
    auto colon = full.find(':');
    auto uri = namespace_of(node, colon == std::string_view::npos ? "" : full.substr(0, colon));
    if (!uri.empty()) out.append(" xmlns=\"").append(uri).append("\"");
  }
  out += '>';
}

}  // namespace

Element::Element(const pugi::xml_node& node) : node_(node) {
  Name name = name_of(node);
  key_ = std::move(name.key);
  undeclared_ = name.undeclared;
}

Element::Element(const pugi::xml_node& node, Names& names) : node_(node) {
  Name name = names.of(node);
  key_ = std::move(name.key);
  undeclared_ = name.undeclared;
}

std::string_view Element::attribute(std::string_view wanted) const {
  int seen = 0;
  for (pugi::xml_attribute a = node_.first_attribute(); a && seen < kMostAttributes;
       a = a.next_attribute(), ++seen) {
    std::string_view name = a.name();
    if (!is_declaration(name) && equals_lower(local_name(name), wanted)) return a.value();
  }
  return {};
}

bool Element::has_attribute(std::string_view wanted) const {
  int seen = 0;
  for (pugi::xml_attribute a = node_.first_attribute(); a && seen < kMostAttributes;
       a = a.next_attribute(), ++seen) {
    if (!is_declaration(a.name()) && equals_lower(local_name(a.name()), wanted)) return true;
  }
  return false;
}

std::vector<std::pair<std::string, std::string>> Element::attributes() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (pugi::xml_attribute a = node_.first_attribute(); a && out.size() < kMostAttributes;
       a = a.next_attribute()) {
    if (is_declaration(a.name())) continue;
    std::string key = attribute_key(node_, a.name());
    if (key == "url" || key == "uri") key = "href";
    out.emplace_back(std::move(key), a.value());
  }
  return out;
}

std::string Element::text() const {
  // What it begins with is its own value (pugi::parse_embed_pcdata).
  std::string_view first = node_.value();
  pugi::xml_node only = node_.first_child();
  if (!only) return std::string(model::trim(first));
  if (first.empty() && !only.next_sibling() && is_text(only)) {
    return std::string(model::trim(only.value()));
  }
  std::string out(first);
  for (pugi::xml_node child = only; child; child = child.next_sibling()) {
    if (is_text(child)) out += child.value();
  }
  return std::string(model::trim(out));
}

bool Element::has_elements() const {
  for (pugi::xml_node child = node_.first_child(); child; child = child.next_sibling()) {
    if (child.type() == pugi::node_element) return true;
  }
  return false;
}

std::string Element::inner_xhtml() const {
  std::string out;
  append_escaped(out, node_.value());
  pugi::xml_node at = node_.first_child();
  while (at) {
    if (at.type() == pugi::node_element) open_tag(out, at);
    if (is_text(at) || at.type() == pugi::node_element) append_escaped(out, at.value());
    if (at.type() == pugi::node_element) {
      if (at.first_child()) {
        at = at.first_child();
        continue;
      }
      out.append("</").append(local_name(at.name())).append(">");
    }
    while (!at.next_sibling()) {
      at = at.parent();
      if (at == node_) return out;
      out.append("</").append(local_name(at.name())).append(">");
    }
    at = at.next_sibling();
  }
  return out;
}

bool enter(const pugi::xml_node& node, Scope& scope) {
  bool changed = false;
  int seen = 0;
  for (pugi::xml_attribute a = node.first_attribute(); a && seen < kMostAttributes;
       a = a.next_attribute(), ++seen) {
    std::string_view name = a.name();
    if (name == "xml:base" || name == "base") {
      std::string base = resolve_safely(scope.base, a.value());
      if (base.empty()) continue;
      scope.base = std::move(base);
      changed = true;
    } else if (name == "xml:lang" || name == "lang") {
      scope.language = a.value();
      for (char& c : scope.language) c = c == '_' ? '-' : c;
      changed = true;
    }
  }
  return changed;
}

void append_escaped(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
}

}  // namespace feeds::news
