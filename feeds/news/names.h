#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace feeds::news {

// The name of an element or attribute with its namespace resolved, in lower case, as feedparser
// spells it: "title" for the elements of RSS, RDF Site Summary and Atom, "dc_creator" for those of
// a module. A module is known by its namespace whatever its prefix; an unknown one goes by its
// prefix. A prefix that nobody declared counts as what it usually means.
struct Name {
  std::string key;
  bool undeclared = false;  // the prefix has no declaration in scope
};
Name name_of(const pugi::xml_node& element);
// Attributes without prefix belong to their element: their key has no module.
std::string attribute_key(const pugi::xml_node& element, std::string_view name);

// The names of a document's elements: a feed says <title> thousands of times, and says what it
// means by that once, at its root.
class Names {
 public:
  Name of(const pugi::xml_node& element);

 private:
  // Whether the declarations in scope for the children of `parent` are those of the root.
  bool is_plain(const pugi::xml_node& parent);

  std::unordered_map<std::string_view, Name> known_;  // as written → where the root's hold
  const void* parent_ = nullptr;                      // last asked for, most often the same
  bool plain_ = false;
};

// The namespace in scope for `prefix` ("" is the default one); empty when there is none.
std::string_view namespace_of(const pugi::xml_node& element, std::string_view prefix);

// What comes behind the last ":".
std::string_view local_name(std::string_view name);

}  // namespace feeds::news
