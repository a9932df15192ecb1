#pragma once

#include <memory>
#include <string>

#include "store/sqlite/db.h"
#include "store/sqlite/store.h"

namespace store::sqlite {

// Makes sure that `path` is a database of ours and up to date, creating it when there is none.
// What is not ours is only ever opened for reading. With read_only nothing is written at all.
Status prepare(const std::string& path, const Options& options);

// A connection to a prepared database.
Result<std::unique_ptr<Db>> connect(const std::string& path, bool read_only,
                                    const Options& options);

}  // namespace store::sqlite
