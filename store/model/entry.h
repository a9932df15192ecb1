#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/model/instant.h"

namespace model {

// Something polled: a news feed, a site's comment feed, a measurement API, a folder of files.
enum class SourceKind : std::uint8_t { kNews, kComments, kOutages, kSignals };

struct Source {
  std::string id;  // make_id("src", as_https(url))
  std::string url;
  SourceKind kind = SourceKind::kNews;
  std::string title;
  std::string home;      // the site the feed belongs to
  std::string language;  // BCP 47 as stated
  Instant added_at{};

  friend bool operator==(const Source&, const Source&) = default;
};

// One set of bytes that was read from a source. The same bytes are read once.
struct Document {
  std::string id;  // SHA-256 of the bytes
  std::string source_id;
  std::string url;     // where these bytes came from: a path or a URL after redirects
  std::string format;  // "rss20", "atom10", "outages-csv", …
  std::uint64_t size = 0;
  Instant fetched_at{};
  // Any fast hash of the bytes, for knowing at once what was read before; not what identifies them.
  std::string fingerprint;

  friend bool operator==(const Document&, const Document&) = default;
};

// The bytes of a document, as they are kept. Whoever puts them knows the codec.
struct RawDocument {
  std::string id;     // of the Document
  std::string codec;  // "" or "zstd"
  std::string bytes;

  friend bool operator==(const RawDocument&, const RawDocument&) = default;
};

// By what an entry is recognised when it comes again.
enum class IdentityKind : std::uint8_t { kGuid, kLink, kContent };

// One news item. Its identity is stable; what it says stands in its revisions.
struct Entry {
  std::string id;  // make_id("ent", identity)
  std::string source_id;
  std::string identity;  // the guid, canonical link or content hash itself
  IdentityKind identity_kind = IdentityKind::kGuid;
  Instant first_seen{};
  // Since when its feed has left it out although it tells of that time; kept up by the store.
  std::optional<Instant> gone_at;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// What an entry said at one time. Written once, never changed.
struct Revision {
  std::string entry_id;
  int number = 0;            // 1, 2, …; given by the store
  std::string content_hash;  // see revision_hash()
  std::string document_id;   // where it was read …
  std::string place;         // … and where in it: "entries[12]"
  std::string title;         // plain text
  std::string body;          // plain text, paragraphs separated by a blank line
  std::string html;          // as published, when it was HTML; never shown unsanitised
  std::string url;           // as published
  std::string canonical_url;
  std::string language;   // BCP 47, stated or detected
  std::string publisher;  // the outlet that wrote it, when it is not the feed itself
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  std::string comments_url;            // RSS <comments>, else wfw:commentRss
  std::string in_reply_to;             // identity or canonical_url of what it comments on
  std::optional<Timestamp> published;  // as stated
  std::optional<Timestamp> updated;    // as stated
  Instant seen_at{};                   // our clock: when we read it
  Instant known_at{};                  // see known_at()

  // What readers read and spans count in: the title, a blank line, the body.
  std::string text() const;

  friend bool operator==(const Revision&, const Revision&) = default;
};

// Hash over everything that a reader could notice: title, body, links, authors, tags, published.
// Not over `updated`, which feeds touch without changing a word, nor over our own clocks.
std::string revision_hash(const Revision& revision);

// The second clock: from when on the public could have read this revision. The last instant that
// the stated time of publication (of the update, for a later revision) can mean, so that nothing
// appears in an "as of" view before it was certainly out; never later than we saw it ourselves.
Instant known_at(const Revision& revision);

// The time an entry counts from when relative times in it ("on Monday") are read.
Timestamp anchor_of(const Revision& revision);

}  // namespace model
