#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/correlate.h"
#include "correlate/decisions.h"
#include "correlate/extract/known_names.h"
#include "correlate/joining.h"
#include "correlate/link.h"
#include "correlate/signals.h"
#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/join.h"

namespace correlate {

// What the passes hand on to one another within one run. Entries are not among it: each is read,
// goes through the passes of one entry, and leaves an Item.
struct Run {
  Run(store::Store& from, store::Writer& to, extraction::KnownNames known)
      : store(from), writer(to), names(std::move(known)) {}

  store::Store& store;
  store::Writer& writer;
  extraction::KnownNames names;
  bool rebuild = false;
  bool measured_anew = false;       // a record or a signal has changed
  OutageIndex outages{{}};          // fused
  OutageIndex changed_outages{{}};  // those that changed, as they were and as they are
  Signals signals{store, std::nullopt};
  std::set<std::string> changed_signals;    // ids
  std::set<std::string> changed_countries;  // of the signals that changed
  std::vector<model::Outage> detections;    // outages found in all signals
  std::set<std::string> deleted;            // entries that a person deleted
  std::set<std::string> restored;           // … and brought back since the last run
  Decisions decisions;                      // of people, in force
  std::set<std::string> decided_anew;       // entries whose links or verdicts they are about
  std::vector<Item> items;                  // of all entries that are not deleted
  Joining::Changes joined;
};

// One entry on its way through the passes.
struct Passing {
  const model::Revision& revision;  // the newest
  model::Extraction extraction;
  std::vector<model::Link> links;
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

// Passes over one entry.
model::Status extract_pass(Run& run, Passing& entry, PassReport& report);
model::Status link_pass(Run& run, Passing& entry, PassReport& report);
model::Status verify_pass(Run& run, Passing& entry, PassReport& report);
// Keeps of the entry what the passes over all entries need.
model::Status collect(Run& run, const Passing& entry);

// Passes over all entries.
// Editors' decisions are in `decisions` by then. Two entries that must not be
// in one incident are not in one story either.
model::Status cluster_pass(Run& run, PassReport& report);
model::Status thread_pass(Run& run, PassReport& report);

}  // namespace correlate
