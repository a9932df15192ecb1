#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/model/entry.h"

namespace correlate {

// What extraction reads: one text and the moment and language it was written in.
struct Article {
  std::string id;
  int revision = 0;
  std::string text;              // UTF-8; of an entry: title, blank line, body
  std::size_t title_length = 0;  // code points of `text` that are its title; 0: no title known
  model::Timestamp anchor;       // time of publication, in the publisher's zone where known
  std::string language;          // BCP 47; empty: to be detected
  std::string home{};            // the publisher's country, ISO 3166-1 alpha-2; empty: not known
};

// The country that a publisher writes from: the region of its language ("en-IN"), else that of its
// address ("www.example.co.uk"). Empty where neither says so; domains that are sold to all the
// world (.io, .tv, .co) say nothing.
std::string home_country(std::string_view language, std::string_view url);

Article article_of(const model::Revision& revision);

}  // namespace correlate
