#pragma once

#include <string>
#include <vector>

#include "store/sql/db.h"
#include "store/store.h"

// Many records at once, by their ids: a statement for each table and not for each record. Each is
// to be run inside one transaction.
namespace store::sql {

Result<std::vector<EntryView>> entry_views(Db& db, const std::vector<std::string>& ids);
Result<std::vector<model::Story>> stories_among(Db& db, const std::vector<std::string>& ids);
Result<std::vector<model::Outage>> fused_among(Db& db, const std::vector<std::string>& ids);

}  // namespace store::sql
