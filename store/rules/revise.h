#pragma once

#include <optional>
#include <string>

#include "store/model/entry.h"
#include "store/model/outage.h"
#include "store/store.h"

// What a put means, decided once for all backends. Pure.
namespace store::rules {

// What a store knows of an entry when another revision of it arrives.
struct History {
  int newest = 0;  // number of the newest revision; 0: the entry is new
  std::string newest_hash;
  std::optional<model::Timestamp> newest_updated;
  bool seen_before = false;  // an older revision has the arriving one's content_hash
};

// Fills in what the store answers for: entry_id, and content_hash where it is empty.
model::Revision completed(model::Revision revision, const std::string& entry_id);

// The revision to append, numbered and with its known_at; nothing when it says nothing new. A text
// that went back to an earlier wording counts as new only when `updated` rose with it: otherwise a
// stale copy (a cache, another mirror) would add a revision with every poll. `arriving` is
// completed().
std::optional<model::Revision> next_revision(const History& history, model::Revision arriving);

// True when `fresh` says something of the source that `kept` does not. When it was added is kept.
bool differs(const model::Source& kept, const model::Source& fresh);

// True when `fresh` has other or more samples than `kept`, or describes them otherwise. A series
// that only lost samples does not replace a fuller one.
bool replaces(const model::Signal& kept, const model::Signal& fresh);

// Whether the filter lets the outage through. An outage without an end reaches on for ever.
bool matches(const OutageFilter& filter, const model::Outage& outage);

// The page that `ids`, read with one more than `limit`, make.
Page page_of(std::vector<std::string> ids, std::size_t limit);

}  // namespace store::rules
