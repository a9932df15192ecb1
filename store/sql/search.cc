#include "store/sql/search.h"

#include "store/sql/condition.h"
#include "store/sql/rows.h"

namespace store::sql {

Result<std::vector<std::string>> find(Db& db, const rules::Terms& terms, std::string_view after,
                                      std::size_t limit) {
  // What is added to the id keeps planners from walking all entries in the order of their ids
  // instead of starting from the matches.
  Condition all{"SELECT e.id FROM entries AS e WHERE e.id || '' > ?", {after}};
  for (const auto& term : terms.all) {
    all.sql += " AND ";
    append(all, db.dialect().has(term, false));
  }
  for (const auto& group : terms.without) {
    const char* joint = " AND NOT (";
    for (const auto& term : group) {
      all.sql += joint;
      append(all, db.dialect().has(term, false));
      joint = " AND ";
    }
    all.sql += ')';
  }
  all.sql += " ORDER BY e.id || '' LIMIT ?";
  all.values.emplace_back(limit);
  return sql::all<std::string>(db, all.sql, all.values);
}

}  // namespace store::sql
