#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/correlate.h"
#include "correlate/decisions.h"
#include "correlate/extract/known_names.h"
#include "correlate/joining.h"
#include "correlate/kept.h"
#include "correlate/late_writer.h"
#include "correlate/link.h"
#include "correlate/signals.h"
#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/join.h"

namespace correlate {

// What the passes hand on to one another within one run. Entries are not among it: each is read,
// goes through the passes of one entry, and leaves an Item.
struct Run {
  Run(store::Store& from, LateWriter& to, extraction::KnownNames known, Kept& state)
      : store(from), writer(to), names(std::move(known)), kept(state) {}

  store::Store& store;
  LateWriter& writer;
  extraction::KnownNames names;
  Kept& kept;
  bool rebuild = false;
  bool measured_anew = false;  // a record or a signal has changed
  bool reach_anew = false;     // words of operators are asked for that nobody looked for
  bool edited = false;         // a person has decided something
  std::map<std::string, std::int64_t> changed;  // entries, each with its last change
  std::set<std::string> linked_ahead;           // of these: a worker linked them as they are
  std::set<std::string> linked;                 // entries that this run has linked
  OutageIndex changed_outages{{}};              // those that changed, as they were and as they are
  Signals signals{store, std::nullopt};
  std::map<std::string, std::int64_t> changed_signals;  // ids, each with its last change
  std::set<std::string> changed_countries;              // of the signals that changed
  std::vector<model::Outage> detections;                // outages found in all signals
  std::set<std::string> restored;                       // entries that were deleted at the last run
  std::set<std::string> deleted_anew;                   // … and that were not
  Decisions decisions;                                  // of people, in force
  std::set<std::string> decided_anew;  // entries whose links or verdicts they are about
  std::vector<Item> items;             // that are new or others than those kept
  // Where nothing is kept yet entries come in the order in which they are joined, and so many are
  // joined at once, so that few are in memory; 0: all at the end.
  std::size_t piece = 0;
  std::size_t to_join = 0;         // entries, at most
  std::size_t joined_items = 0;    // of the pieces before
  std::int64_t stories_ahead = 0;  // … of which the records were written
  std::vector<std::string> gone;   // entries that there are none of any more
  Joining::Changes joined;
  std::function<bool()> give_up;  // may be empty
  bool gave_up = false;

  // An error when the run is to be given up.
  model::Status go_on();
  // Whether every entry is to be looked at, or those alone that changed, were decided about, or
  // that could speak of an outage or claim something about a signal that has changed.
  bool looks_at_all() const { return !kept.full || rebuild || reach_anew; }
};

// One entry on its way through the passes.
struct Passing {
  model::Revision revision;                  // the newest
  model::Instant first_seen{};               // the entry
  std::optional<model::Extraction> found{};  // as the store has it
  model::Extraction extraction{};
  std::vector<model::Link> links{};  // as the store has them, until they are made anew
  Reach::Keys reach{};
  bool extracted = false;  // made anew in this run, and not read from the store
  bool linked = false;
};

// Under this name the store's meta keeps which entries the last run left out, one a line.
inline constexpr std::string_view kDeletedKey = "correlate.deleted";
// … and under this one what was decided on links and verdicts, as digest() tells it.
inline constexpr std::string_view kDecidedKey = "correlate.decided";

// Reads the facts, and what has changed since the last run.
model::Result<std::int64_t> load(Run& run, std::int64_t after_seq);

// Passes over measurements.
model::Status detect_pass(Run& run, PassReport& report);
model::Status fuse_pass(Run& run, PassReport& report);

// Passes over one entry, each in two steps: what is made, by several threads for as many entries;
// what is written.
void make_extraction(const Run& run, Passing& entry);
model::Status write_extraction(Run& run, Passing& entry, PassReport& report);
void make_links(const Run& run, Passing& entry);
void make_reach(const Run& run, Passing& entry);
model::Status write_links(Run& run, Passing& entry, PassReport& report);
model::Status verify_pass(Run& run, Passing& entry, PassReport& report);
// Whether a person linked the entry to an outage that has come, changed or gone.
bool decided_on_changed(const Run& run, const std::string& entry);
// Keeps of the entry what the passes over all entries and later runs need, where that is not kept
// yet.
model::Status collect(Run& run, const Passing& entry);
// Puts the items of a piece into stories, where a piece is whole.
model::Status join_piece(Run& run);
// Calls `each` with every entry that this run has to look at, by id; the first error ends it.
model::Status for_each_to_look_at(Run& run,
                                  const std::function<model::Status(store::EntryView&&)>& each);

// Passes over all entries.
model::Status cluster_pass(Run& run, PassReport& report);
model::Status thread_pass(Run& run, PassReport& report);

}  // namespace correlate
