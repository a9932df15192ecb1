#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feeds/page/tree.h"

namespace feeds::page {

// A feed that belongs to a page.
struct FeedLink {
  std::string href;  // absolute where a base is known
  std::string type;  // media type, as written; empty: unknown
  std::string title;
  bool comments = false;  // what readers say there, not what the site says
  bool guess = false;     // nobody named it: many sites have one at this address
};

// Feeds that a page names in <link rel=alternate> with a feed's media type (and rel=feed), in
// document order, those of comments last.
std::vector<FeedLink> feeds_of(const Tree& tree, const std::string& base);

// Feeds in an HTTP Link header (RFC 8288).
std::vector<FeedLink> feeds_of_header(std::string_view link_header, const std::string& base);

// Where sites have their feed that name none: /feed/, /rss.xml, … on the host of `url`, and /feed/
// below its path. To be tried one after the other; nothing when `url` is not http(s).
std::vector<FeedLink> well_known(const std::string& url);

}  // namespace feeds::page
