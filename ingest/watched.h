#pragma once

#include <string>
#include <vector>

#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/model/route.h"
#include "store/store.h"

namespace ingest {

// What a document tells of the routes to one network or AS that its source was asked for.
struct Told {
  std::vector<model::RouteChange> changes;
  std::string of;  // "AS131279", "175.45.176.0/22"
  std::string source_id;
  std::string source;  // as signals name it: "RIS Live"
  std::string document_id;
};

// What follows from it, together with what its source told before.
struct Watched {
  std::vector<model::Signal> signals;  // of whole UTC days: those that are new or have more samples
  std::string state;                   // for the next document
  std::vector<model::Warning> warnings;
};

// Fewer peers that told of a network are no consensus: RIS has some 380 with full IPv4 tables.
inline constexpr std::size_t kLeastTellers = 40;

// What a source is asked for, from its address ("resource=", "prefix=", "path="), and empty where
// that names no network or AS.
std::string asked_for(const std::string& url);

// The share of peers that carry the routes (visibility/told.h), in samples of five minutes. What
// comes up to an hour and a half late, or twice, is put in its place; what comes later counts from
// now on.
// So the same documents in the same order give the same signals however they were cut. Errors are
// the store's.
model::Result<Watched> watch(store::Store& store, Told told);

}  // namespace ingest
