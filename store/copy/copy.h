#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

// Everything that one store holds, into another.
namespace store::copy {

// How many records of a kind there are, and a digest over all of them (SHA-256).
struct Sum {
  std::string kind;
  std::int64_t records = 0;
  std::string digest;

  friend bool operator==(const Sum&, const Sum&) = default;
};

// Told of after each batch, and while the copy is verified: the kind, and how many of it so far.
using Tell = std::function<void(std::string_view kind, std::int64_t done)>;

// Copies facts, what was derived of them, edits and changes with their numbers, what is polled,
// mails and tokens, in batches. A copy that was cut off goes on where it was: `mark` says of which
// store it is. Reads everything back at the end; one that had ended is only read back. kConflict
// when `to` holds something else already, kCorrupt when what it holds in the end is not the same.
// Nobody else may write to either of them meanwhile.
Result<std::vector<Sum>> copy(Store& from, Store& to, std::string_view mark, const Tell& tell);

// The sums of all kinds.
Result<std::vector<Sum>> sums(Store& store, const Tell& tell);

}  // namespace store::copy
