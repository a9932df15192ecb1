#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/cluster.h"
#include "correlate/correlate.h"
#include "correlate/link.h"
#include "store/model/claim.h"
#include "store/model/entry.h"
#include "store/model/join.h"

namespace correlate {

// What the passes hand on to one another within one run.
struct Run {
  Run(store::Store& from, store::Writer& to) : store(from), writer(to) {}

  store::Store& store;
  store::Writer& writer;
  bool rebuild = false;
  OutageIndex outages{{}};
  OutageIndex changed_outages{{}};  // every revision of the outages that changed
  std::vector<model::Signal> signals;
  std::set<std::string> changed_countries;                // of the signals that changed
  std::map<std::string, model::Revision> newest;          // of every entry
  std::set<std::string> deleted;                          // entries that a person deleted
  std::set<std::string> restored;                         // … and brought back since the last run
  std::map<std::string, model::Extraction> extractions;   // of the newest revisions
  std::map<std::string, std::vector<model::Link>> links;  // of every entry
  std::set<std::string> extracted;                        // entries with a new extraction
  std::set<std::string> linked;                           // entries whose links were made anew
  std::vector<Item> items;
  std::vector<Cluster> clusters;
};

// Under this name the store's meta keeps which entries the last run left out, one a line.
inline constexpr std::string_view kDeletedKey = "correlate.deleted";

// Reads the facts, and what has changed since the last run.
model::Result<std::int64_t> load(Run& run, std::int64_t after_seq);

model::Result<PassReport> extract_pass(Run& run);
model::Result<PassReport> link_pass(Run& run);
model::Result<PassReport> verify_pass(Run& run);
model::Result<PassReport> cluster_pass(Run& run);
model::Result<PassReport> thread_pass(Run& run);

// Articles as clustering sees them, in order of entry id. Pure.
std::vector<Item> items_of(const std::map<std::string, model::Revision>& revisions,
                           const std::map<std::string, model::Extraction>& extractions,
                           const std::map<std::string, std::vector<model::Link>>& links);

}  // namespace correlate
