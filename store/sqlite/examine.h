#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "store/examine.h"
#include "store/sqlite/db.h"

namespace store::sqlite {

// A database of ours, of whatever version, opened for looking only: neither the file nor its log
// is another one when it is closed.
struct Looked {
  std::unique_ptr<Db> db;
  std::size_t version = 0;
};
// kNotFound when there is none, kInvalid when it is none of ours.
model::Result<Looked> open_to_look(const std::string& path);

// Of the database at `path`; see store::examine().
model::Result<Examined> examine(const std::string& path);

// See store::memory_of_sqlite().
std::size_t memory_used();

}  // namespace store::sqlite
