#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "store/sql/db.h"

namespace store::sql {

// Numbers of new rows, without a gap: the highest one is asked once a transaction, since whoever
// writes is alone. As long as a transaction.
class Numbers {
 public:
  enum class Of : std::uint8_t { kEntry, kMark, kChange };

  explicit Numbers(Db& db) : db_(db) {}

  Result<std::int64_t> next(Of of);
  // Rows were put or taken away without us.
  void forget(Of of) { last_[static_cast<std::size_t>(of)].reset(); }
  // Before the end: tells the database which numbers were given.
  Status tell();

 private:
  Db& db_;
  std::array<std::optional<std::int64_t>, 3> last_;
};

}  // namespace store::sql
