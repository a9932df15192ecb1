#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feeds/news/rare.h"
#include "store/model/instant.h"
#include "store/model/result.h"

// What a feed document says, in the terms that all formats share. Names follow feedparser, the
// ecosystem's common tongue.
namespace feeds::news {

// A text construct (RFC 4287 section 3.1). `value` is what feedparser gives: plain text for
// text/plain, markup for text/html and application/xhtml+xml.
struct Text {
  std::string value;
  std::string type;       // "text/plain", "text/html", "application/xhtml+xml", …
  std::string language;   // xml:lang in effect
  std::string base;       // xml:base in effect, absolute
  Rare<std::string> src;  // Atom content that stands elsewhere (RFC 4287 section 4.1.3.2)

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

// An element that has no place of its own below: its feedparser name ("slash_comments",
// "media_thumbnail"), its text and its attributes in document order.
struct Extra {
  std::string name;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
};

struct Image {
  std::string href;
  std::string title;
  std::string link;
  std::string description;
};

// GeoRSS and GML: "Point", "LineString", "Polygon", "Box"; points are longitude, latitude[,
// height].
struct Where {
  std::string type;
  std::vector<std::vector<double>> points;
};

// What a feed, an entry and the source of an entry have in common.
struct Record {
  std::string id;
  Text title;
  std::string link;
  std::vector<Link> links;  // all of them, enclosures too, in document order
  std::string author;       // as written, of the last one
  std::vector<Person> authors;
  std::vector<Person> contributors;
  std::string publisher;  // as written
  Rare<Person> publisher_detail;
  std::vector<Category> tags;
  Date published;
  Date updated;
  Rare<Date> created;
  Rare<Date> expired;
  std::string language;
  std::string rights;  // the value of rights_detail
  Rare<Text> rights_detail;
  Rare<std::string> license;
  Rare<Image> image;
  Rare<Where> where;
  std::vector<Extra> extras;
};

// One <item>, <entry> or JSON Feed item.
struct Item : Record {
  bool guid_is_link = false;
  Text summary;
  std::vector<Text> content;
  std::vector<Link> enclosures;
  Rare<std::string> comments;  // RSS <comments>: the page
  Rare<std::string> wfw_comment_rss;
  Rare<std::string> slash_comments;
  Rare<std::string> in_reply_to;   // RFC 4685 ref
  Rare<std::string> source_title;  // RSS <source>, atom:source
  Rare<std::string> source_link;
  std::vector<struct Feed> source;  // none or one: atom:source as a whole
  std::string place;                // "entries[3]", and the line or offset where known
};

// What stands at the head of a feed.
struct Feed : Record {
  Text subtitle;
  std::string generator;
  std::string generator_href;
  std::string generator_version;
  std::string ttl;
  std::vector<std::string> skip_hours;  // RSS <skipHours>: its <hour>s as written
  std::vector<std::string> skip_days;   // RSS <skipDays>: its <day>s as written
  std::string icon;
  std::string logo;
  std::string image_href;  // image.href
};

// The whole document.
struct Document : Feed {
  std::string
      version;  // feedparser's: "rss20", "rss10", "atom10", "atom03", "json11", …; "" unknown
  std::string encoding;  // what the bytes were read as; lower case when it was declared
  bool bozo = false;     // something in it was broken
  bool cut = false;      // it had more entries than are read
  std::vector<model::Warning> problems;

  std::vector<Item> entries;
};

// What came with the bytes over HTTP.
struct Hints {
  std::string content_type;
  std::string content_location;
  std::string content_language;
  std::string url;             // base of relative links
  std::size_t first_line = 1;  // where a piece of a file of lines begins in it
};

// Reads any feed format. Never fails: what cannot be read is told in `problems`, with bozo set, and
// what was read up to there and after it is kept. Linear in the size of the document.
Document parse(std::string_view bytes, const Hints& hints);

// `faultline parse`: one JSON object in feedparser's names, without a line break at the end.
std::string to_feedparser_json(const Document& document);

// What may be shown of a text construct: markup through sanitize(), other text as it is. Computed
// here and not while reading, since most texts are never shown as markup.
std::string shown(const Text& text);

// Plain text of a text construct: markup removed by HTML5 rules, paragraphs kept apart by a blank
// line, entities decoded.
std::string plain_text(const Text& text);

}  // namespace feeds::news
