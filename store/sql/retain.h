#pragma once

#include "store/retain.h"
#include "store/sql/db.h"

namespace store::sql {

// Of the database that `db` writes to; see store::retain(). `archive`: null for none.
Result<Retained> retain(Db& db, Store* archive, const RetainOptions& options);

}  // namespace store::sql
