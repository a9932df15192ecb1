#pragma once

#include <string>

#include "store/query/query.h"
#include "store/sql/db.h"

namespace store::sql {

void append(Condition& to, Condition more);

// A query as a condition: on rows `e` of entries; on `c` of claims joined with their `e`; on `o` of
// fused. Looks names up in the table of marks. `walked`: the rows of entries come from elsewhere,
// each is asked for its marks, and this is what `e.n` is called there; empty: they do not. kInvalid
// for words that cannot be searched for.
Result<Condition> condition(Db& db, const query::Query& query, query::Kind kind,
                            std::string_view walked = {});

// Whether all that answers is in stories, incidents or entries that are named: few rows, looked up
// by their ids.
bool is_narrow(const query::Query& query);

// "This word or phrase stands in the title" of rows `e`; `few`: few of them are asked.
Result<Condition> in_title(Db& db, const std::string& words, bool few);

}  // namespace store::sql
