#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/model/result.h"

namespace store {

// What an operator wants to know of a database before anything is wrong with it.
struct Examined {
  std::string file;         // empty: kept in memory only
  std::size_t version = 0;  // of its tables
  std::size_t newest = 0;   // that this program knows
  std::string damage;       // the first that SQLite's quick check finds; empty: none
};

// Only reads. Errors as of open_store() with `read_only`, but an older version is none.
model::Result<Examined> examine(std::string_view url);

}  // namespace store
