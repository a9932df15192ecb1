#pragma once

#include "store/memory/state.h"

// Questions to the store in memory: every record is looked at, so that it is plain what the answer
// is.
namespace store::memory {

Result<HitPage> find(const State& state, const query::Query& query, const FindOptions& options);
Result<std::vector<Facet>> facets(const State& state, const query::Query& query, std::size_t most);
Result<std::vector<RankedIncident>> find_incidents(const State& state, const query::Query& query,
                                                   std::size_t limit);
std::string story_of(const State& state, const std::string& entry_id);
std::string incident_of(const State& state, const std::string& member_id);

}  // namespace store::memory
