#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feeds::page {

// What a page says of its article in JSON-LD (schema.org Article and its kinds). Empty where it
// says nothing; dates as written.
struct Stated {
  bool article = false;
  std::string headline;
  std::string description;
  std::string body;
  std::string published;
  std::string modified;
  std::string url;
  std::string language;
  std::string publisher;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
};

// Adds what one <script type="application/ld+json"> says to what others said; the first word
// stands. Line breaks inside strings, which JSON forbids and sites write, are taken for blanks.
// What is no JSON at all, or nests deeper than 32, says nothing.
void add_json_ld(Stated& stated, std::string_view script);

}  // namespace feeds::page
