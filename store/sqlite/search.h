#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/rules/terms.h"
#include "store/sqlite/db.h"

namespace store::sqlite {

// The term as an FTS5 phrase. Quoted, so that nothing in it is taken for query syntax.
std::string phrase(const rules::Term& term);

// Ids, after `after` and in order, of entries that have all of `terms.all` (not empty) and none of
// `terms.without`.
Result<std::vector<std::string>> find(Db& db, const rules::Terms& terms, std::string_view after,
                                      std::size_t limit);

}  // namespace store::sqlite
