#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/outages/mapping.h"
#include "feeds/parse.h"
#include "ingest/measure/pager.h"
#include "store/model/result.h"
#include "store/store.h"

namespace ingest {

struct Outcome;

// How much of a document is kept.
enum class Admit {
  kAll,
  kUnknown,  // it may be older than what is there: only entries that the store does not have at all
};

// Bytes on their way in.
struct Input {
  std::string url;   // where they came from: a path or, after redirects, a URL
  std::string name;  // the source as the user named it; what Source::url is made of
  std::string bytes;
  std::string content_type;
  std::string content_language;
  std::string content_location;
  std::optional<feeds::Kind> kind;  // --kind
  std::size_t first_line = 1;       // of a piece of a file of lines: where it begins
  // A table or list of somebody's own; null: of a kind we know. Outlives the reading.
  const feeds::outages::Mapping* mapping = nullptr;
  // The answer of an API, which may also be a refusal: that is an error then. Read even when these
  // very bytes were read before: what comes next depends on what is in it.
  bool is_answer = false;
  // Asked within the transaction, before anything is put: an error is returned, and nothing kept.
  std::function<model::Result<Admit>()> admitted;
  // What is to be kept with it or not at all: called within the transaction when all is put. An
  // error is returned, and nothing kept. Not called where the document was read before.
  std::function<model::Status(store::Writer& writer, const Outcome& outcome)> put_with_it;
};

// What a feed says of itself that polling it depends on.
struct Notes {
  std::string source_id;
  std::string title;
  model::Wishes wishes;
  std::string hub;   // WebSub: where what is new can be subscribed to …
  std::string self;  // … and by which address
  // When the entries that are new were published, or read where that is not stated.
  std::vector<model::Instant> arrived;
};

// What became of one document.
struct Outcome {
  std::string name;
  std::string format;
  bool unchanged = false;  // these very bytes were read before
  std::int64_t entries_added = 0;
  std::int64_t entries_revised = 0;
  std::int64_t entries_unchanged = 0;
  std::int64_t entries_gone = 0;  // left out by their feed, which tells of their time
  std::int64_t outages_added = 0;
  std::int64_t outages_revised = 0;
  std::int64_t outages_unchanged = 0;
  std::int64_t signals_changed = 0;
  std::int64_t routes = 0;  // changes of routes in it, from which visibility is derived
  std::vector<model::Warning> warnings;
  Notes notes;             // empty when `unchanged`
  measure::Answer answer;  // of measurements
};

// Reads one document into the store, in one transaction: after a crash it is there or it is not.
// `now` is our clock. kInvalid when it is no document of ours.
model::Result<Outcome> ingest_document(store::Store& store, const Input& input, model::Instant now);

// Whether it is the store that failed, and not the document.
bool is_of_store(const model::Error& error);

// What a document of news says, without a store; empty for what is none.
feeds::news::Document news_of(const Input& input);

}  // namespace ingest
