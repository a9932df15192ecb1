#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "store/model/result.h"

namespace store {

// What an operator wants to know of a database before anything is wrong with it.
struct Examined {
  std::string name;         // as messages may hold it: without a password
  std::size_t version = 0;  // of its tables
  std::size_t newest = 0;   // that this program knows
  // The first that SQLite's quick check finds, empty for none; nothing where nobody looked: a
  // server looks after its own files.
  std::optional<std::string> damage;
};

// Only reads. Errors as of open_store() with `read_only`, but an older version is none.
model::Result<Examined> examine(std::string_view url);

// Bytes of this process' memory that SQLite holds: pages and statements of all connections.
std::size_t memory_of_sqlite();

}  // namespace store
