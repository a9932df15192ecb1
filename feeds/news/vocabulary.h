#pragma once

#include <string>
#include <string_view>

#include "feeds/news/element.h"
#include "feeds/news/feed.h"

namespace feeds::news {

// What is being read while an element is: one for the head, one for each entry and source.
struct Context {
  Document& document;
  Names& names;
  Record& record;                // what the element tells something about
  Feed* feed = nullptr;          // `record` as a feed or source …
  Item* item = nullptr;          // … or as an entry
  Scope scope{};                 // in effect for its children
  std::string place{};           // "feed", "entries[3]", "entries[3].source"
  bool title_is_final = false;   // a title was read that others do not replace
  bool has_content = false;      // full text was read: a description is a summary
  bool summary_is_copy = false;  // the summary was taken from the content
  int depth = 0;                 // of known containers (media:group) around the element
};

// Reads one child of a feed, entry or source: the elements of all XML formats and modules. What is
// unknown is kept as an extra.
void read_element(Context& context, const Element& element);
// All children.
void read_children(Context& context, const pugi::xml_node& node);
// What can only be told when everything was read: enclosures, the link of a guid, …
void finish(Context& context);

// A text construct, with markup sanitised and its links absolute.
Text read_text(const Context& context, const Element& element, std::string_view default_type);
// Plain or HTML? For formats that do not say. True when `text` has tags or references, all of them
// HTML's.
bool looks_like_html(std::string_view text);
// "text" → "text/plain", "xhtml" → "application/xhtml+xml", …
std::string media_type(std::string_view type);

void warn(Context& context, const Element& element, std::string message);

// Persons: <author>, <managingEditor>, dc:creator and the like.
void read_author(Context& context, const Element& element);
void read_contributor(Context& context, const Element& element);
void read_publisher(Context& context, const Element& element);
Person person_of(std::string_view text);      // "me@example.com (Me)", "Me <me@example.com>"
std::string to_string(const Person& person);  // "Me (me@example.com)"

// Links, enclosures and identity.
void read_link(Context& context, const Element& element);
void read_enclosure(Context& context, const Element& element);
void read_id(Context& context, const Element& element);
void read_license(Context& context, const Element& element);

// Media RSS; GeoRSS and GML. False when the element is none of the module's.
bool read_media(Context& context, const Element& element);
bool read_where(Context& context, const Element& element);

void add_tag(Record& record, std::string term, std::string scheme, std::string label);
void read_source(Context& context, const Element& element);

}  // namespace feeds::news
