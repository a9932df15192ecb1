#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "feeds/news/feed.h"
#include "store/model/entry.h"
#include "store/model/result.h"
#include "store/store.h"

// What a feed says, as records to keep. Pure.
namespace ingest {

// Where a document came from.
struct Origin {
  std::string name;         // the source as the user named it
  std::string document_id;  // SHA-256 of its bytes
  std::string language;     // as HTTP stated it
  model::Instant now;       // our clock
};

struct NewsItem {
  model::Entry entry;
  model::Revision revision;
  std::optional<store::SearchText> text;  // the revision's, where it was cut ahead
};

struct News {
  model::Source source;
  std::vector<NewsItem> items;  // in the order of the document
  std::vector<model::Warning> warnings;
};

// A feed is known by its own address (link rel=self, when absolute), else its atom:id, else the
// name it was given: so that the same feed read from two files is one source. Entries are known
// within their source by guid or atom:id, else by link (link_key()), else by a hash of their text;
// never by their date. A guid that comes again in the same document with another text is told apart
// by its link, then by a number; a link that several items without guid share identifies none of
// them.
News normalise(const feeds::news::Document& document, const Origin& origin);

// The same item by item, so that a long document can be written while it is still being read. Keeps
// references to both arguments.
class Normaliser {
 public:
  Normaliser(const feeds::news::Document& document, const Origin& origin);
  ~Normaliser();

  const model::Source& source() const;
  // The next item that says anything, in the order of the document; nothing at its end.
  std::optional<NewsItem> next();
  // What was broken in the items so far, and in the document.
  const std::vector<model::Warning>& warnings() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ingest
