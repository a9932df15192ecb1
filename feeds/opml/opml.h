#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

// Lists of subscriptions ⇄ records.
namespace feeds::opml {

struct Subscription {
  std::string url;                                   // of the feed, or of the list
  std::string title;                                 // plain text
  std::string home;                                  // the site, where one is named
  std::vector<std::vector<std::string>> categories;  // each from the outermost group inwards
};

// What a list holds: feeds, other lists that it includes, and sites without a feed.
struct List {
  std::string version;  // "opml2", "opml1", "opml" for others, "rdf"; "" for what is no list
  std::string title;
  std::string created;   // as written
  std::string modified;  // as written
  std::string owner_name;
  std::string owner_email;
  std::string owner_url;
  std::vector<Subscription> feeds;  // each address once, its categories put together
  std::vector<Subscription> lists;
  std::vector<Subscription> opportunities;
  bool bozo = false;  // something that it says cannot be read
  std::vector<model::Warning> warnings;
};

// OPML 1.0 to 2.0 and the FOAF lists in RDF that blog hosts export. Broken XML is read up to where
// it breaks; names are taken in any case. Linear, iterative.
List parse(std::string_view bytes);

// Whether the bytes are such a list, from their root element.
bool is_list(std::string_view bytes);

// `faultline parse` of a list: one JSON object, in the names that readers of such lists share
// ("feeds", "lists", "opportunities", "meta", "version"; a feed's one-word groups as "tags").
std::string to_json(const List& list);

// OPML 2.0; groups become nested outlines. What parse() makes of it is the same list of feeds.
std::string write(const List& list);

}  // namespace feeds::opml
