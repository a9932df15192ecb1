#pragma once

#include <cstdint>
#include <memory>

#include "store/postgres/db.h"
#include "store/postgres/store.h"

namespace store::postgres {

// Makes sure that the database is ours and up to date, making the tables where there is nothing.
// With read_only nothing is written at all.
Status prepare(const Place& place, const Options& options);

// The version of the schema; kInvalid where it is not one that this program can work with.
Result<std::int64_t> fit_version(Db& db, const Place& place);

}  // namespace store::postgres
