#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"

// What a feed document says, in the terms that all formats share. Names follow feedparser, the
// ecosystem's common tongue.
namespace feeds::news {

// A text construct (RFC 4287 section 3.1). `value` is what feedparser gives: plain text for
// text/plain, markup for text/html and application/xhtml+xml.
struct Text {
  std::string value;
  std::string type;      // "text/plain", "text/html", "application/xhtml+xml", …
  std::string language;  // xml:lang in effect
  std::string base;      // xml:base in effect, absolute

  bool empty() const { return value.empty(); }
};

struct Link {
  std::string href;  // absolute where a base is known
  std::string rel;
  std::string type;
  std::string title;
  std::string hreflang;
  std::string length;
};

struct Person {
  std::string name;
  std::string email;
  std::string href;
};

struct Category {
  std::string term;
  std::string scheme;
  std::string label;
};

// A date as written, and what it means when it could be read.
struct Date {
  std::string text;
  std::optional<model::Timestamp> time;
};

// One <item>, <entry> or JSON Feed item.
struct Item {
  std::string id;
  bool guid_is_link = false;
  Text title;
  Text summary;
  std::vector<Text> content;
  std::string link;
  std::vector<Link> links;
  std::vector<Link> enclosures;
  std::vector<Person> authors;
  std::vector<Person> contributors;
  std::vector<Category> tags;
  Date published;
  Date updated;
  Date created;
  Date expired;
  std::string comments;  // RSS <comments>: the page
  std::string wfw_comment_rss;
  std::string slash_comments;
  std::string in_reply_to;  // RFC 4685 ref
  std::string publisher;
  std::string rights;
  std::string language;
  std::string source_title;  // RSS <source>, atom:source
  std::string source_link;
  std::string place;  // "entries[3]", and the line or offset where known
};

// The whole document.
struct Document {
  std::string
      version;  // feedparser's: "rss20", "rss10", "atom10", "atom03", "json11", …; "" unknown
  std::string encoding;  // what the bytes were read as, lower case
  bool bozo = false;     // something in it was broken
  std::vector<model::Warning> problems;

  Text title;
  Text subtitle;
  std::string id;
  std::string link;
  std::vector<Link> links;
  std::vector<Person> authors;
  std::vector<Category> tags;
  Date published;
  Date updated;
  std::string language;
  std::string generator;
  std::string rights;
  std::string publisher;
  std::string ttl;
  std::string image_href;
  std::string icon;
  std::string logo;

  std::vector<Item> entries;
};

// What came with the bytes over HTTP.
struct Hints {
  std::string content_type;
  std::string content_location;
  std::string content_language;
  std::string url;  // base of relative links
};

// Reads any feed format. Never fails: what cannot be read is told in `problems`, with bozo set, and
// what was read up to there and after it is kept. Linear in the size of the document.
Document parse(std::string_view bytes, const Hints& hints);

// `faultline parse`: one JSON object in feedparser's names, without a line break at the end.
std::string to_feedparser_json(const Document& document);

// Plain text of a text construct: markup removed by HTML5 rules (gumbo), paragraphs kept apart by
// a blank line, entities decoded.
std::string plain_text(const Text& text);

}  // namespace feeds::news
