#pragma once

#include <string>
#include <vector>

#include "feeds/page/json_ld.h"
#include "feeds/page/tree.h"

namespace feeds::page {

// What a page says of itself: JSON-LD first, then Open Graph and other <meta>, microdata, <time>,
// and last its headline and title as they are shown. Empty where nothing is said; dates as written,
// addresses absolute where `url` or <base> is.
struct Metadata {
  bool article = false;  // it calls itself an article
  std::string headline;
  std::string description;
  std::string body;  // JSON-LD articleBody
  std::string published;
  std::string modified;
  std::string canonical;
  std::string language;
  std::string publisher;
  std::string site;  // what the site calls itself
  std::string base;  // of its relative links
  std::vector<std::string> authors;
  std::vector<std::string> tags;
};

// `url` is where the page came from; may be empty.
Metadata read_metadata(const Tree& tree, const std::string& url);

}  // namespace feeds::page
