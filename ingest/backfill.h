#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/ingest.h"

// Reading what lies in the past: archives, and feeds that go on over many pages.
namespace ingest {

// How far a backfill is. Called often; showing it is the caller's affair.
struct Step {
  std::size_t done = 0;
  std::size_t all = 0;  // bytes of an archive, pages at most of a feed
  std::string name;     // of the document
};
using Watch = std::function<void(const Step&)>;

// What a backfill came to: the sums over its documents.
struct Backfilled {
  Outcome sum;  // `unchanged` when nothing was new; at most kMostWarnings warnings
  std::int64_t documents = 0;
  std::int64_t passed_over = 0;  // no documents of ours, or broken
  std::int64_t resumed_at = 0;   // documents that an earlier run, which was ended, had read
};
inline constexpr std::size_t kMostWarnings = 100;

// Reads an archive (see archive.h) into the store, one transaction a document. How many documents
// were read is kept in the store every so often: a run that was killed goes on from there, and
// what it reads twice changes nothing. A document counts as seen when the archive says that it was
// kept, else `now`. An archive that was read to its end is not read again while its size and time
// are the same. Errors as open_archive() and the store; kInvalid when the file is damaged, with
// what could be read in the store.
model::Result<Backfilled> backfill_archive(store::Store& store, const std::string& path,
                                           std::optional<feeds::Kind> kind, model::Instant now,
                                           const Watch& watch);

// Gets the document at an address.
using Get = std::function<model::Result<Input>(const std::string& address)>;

// Follows a feed from `first`, which is in the store already, through its pages (see
// feeds/archive/paging.h), at most `pages` of them. It ends early at a page that cannot be read,
// or, but for archived feeds and sitemaps, that has nothing which was not known.
model::Result<Backfilled> backfill_pages(store::Store& store, const Input& first, std::size_t pages,
                                         model::Instant now, const Get& get, const Watch& watch);

}  // namespace ingest
