#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/sql/db.h"
#include "store/store.h"

// Questions to the database: each is to be run inside one transaction.
namespace store::sql {

Result<HitPage> find(Db& db, const query::Query& query, const FindOptions& options);
Result<std::vector<Facet>> facets(Db& db, const query::Query& query, std::size_t most);
Result<std::vector<RankedIncident>> find_incidents(Db& db, const query::Query& query,
                                                   std::size_t limit);
Result<std::optional<model::Story>> story(Db& db, std::string_view id);
Result<std::optional<model::Incident>> incident(Db& db, std::string_view id);
Result<Page> incident_page(Db& db, std::string_view after, std::size_t limit);
Result<std::optional<ClaimRecord>> claim(Db& db, std::string_view id);

}  // namespace store::sql
