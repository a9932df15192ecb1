#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/model/entry.h"
#include "store/model/result.h"

namespace store {

// One thing that is not as it must be: a line for whoever keeps the database.
struct Trouble {
  std::string where;   // a table, or "database"
  std::string what;    // no full stop behind it
  std::string advice;  // what to do
};

struct CheckOptions {
  // Only what the database itself can tell, and keys: no bytes, texts and samples are looked into.
  bool quick = false;
  // Unpacks a document's bytes, for holding them against its id; whoever put them knows how.
  std::function<model::Result<std::string>(const model::RawDocument&)> bytes_of{};
  // Told of each check before it is made.
  std::function<void(std::string_view)> at{};
};

struct Checked {
  std::string name;           // as messages may hold it: without a password
  std::int64_t checks = 0;    // so many were made
  std::int64_t troubles = 0;  // so many were told
};

// Of each kind of trouble so many are told one by one, and the others as a number.
inline constexpr std::size_t kMostTold = 20;

// Looks whether everything holds that must, and tells of what does not. Only reads: not a byte of
// the database is another one after it. Others may write meanwhile. What a damaged part hides is
// told, and the rest looked at. Errors as of examine(); also kInvalid for "memory:".
model::Result<Checked> check(std::string_view url, const CheckOptions& options,
                             const std::function<void(const Trouble&)>& tell);

}  // namespace store
