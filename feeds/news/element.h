#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace feeds::news {

class Names;

// What an element inherits: xml:base, absolute, and xml:lang.
struct Scope {
  std::string base;
  std::string language;
};

// An element of a feed with its name resolved. Refers to the XML tree, which must outlive it.
class Element {
 public:
  explicit Element(const pugi::xml_node& node);
  Element(const pugi::xml_node& node, Names& names);

  const pugi::xml_node& node() const { return node_; }
  // feedparser's name: "title", "dc_creator"; see names.h.
  const std::string& key() const { return key_; }
  bool undeclared_prefix() const { return undeclared_; }

  // By local name in lower case; empty when absent.
  std::string_view attribute(std::string_view name) const;
  bool has_attribute(std::string_view name) const;
  // All but namespace declarations; "url" and "uri" are called "href".
  std::vector<std::pair<std::string, std::string>> attributes() const;

  // Its own character data, trimmed; that of elements inside it is left out.
  std::string text() const;
  bool has_elements() const;
  // What is inside as XHTML: without prefixes and namespace declarations but those of SVG and
  // MathML. Iterative: depth comes from the outside.
  std::string inner_xhtml() const;

 private:
  pugi::xml_node node_;
  std::string key_;
  bool undeclared_ = false;
};

// True when `node` changes what it inherits; `scope` is then changed to what holds inside it.
bool enter(const pugi::xml_node& node, Scope& scope);

// XML character data → XML text.
void append_escaped(std::string& out, std::string_view text);

}  // namespace feeds::news
