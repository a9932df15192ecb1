#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/db.h"

namespace store::sql {

// Ids, after `after` and in order, of entries that have all of `terms.all` (not empty) and none of
// `terms.without`.
Result<std::vector<std::string>> find(Db& db, const rules::Terms& terms, std::string_view after,
                                      std::size_t limit);

}  // namespace store::sql
