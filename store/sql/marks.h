#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "store/rules/facts.h"
#include "store/sql/db.h"
#include "store/sql/numbers.h"

namespace store::sql {

// Numbers in the table of marks beside those of query::Field.
inline constexpr int kOutageWord = 100;
inline constexpr int kPublisher = 101;

// Ids by field and value, of those that are asked again. Marks are never changed nor taken away, so
// it outlives transactions that are committed, and no others.
using KnownMarks = std::map<std::pair<int, std::string>, std::int64_t>;

// The table of marks while somebody writes. As long as a transaction.
class Marks {
 public:
  Marks(Db& db, Numbers& numbers, KnownMarks& known) : db_(db), numbers_(numbers), known_(known) {}

  // The id of a mark, which is added where it is not there.
  Result<std::int64_t> id(int field, const std::string& value);
  // Those of an entry, by its number, or of an outage, in place of what was there.
  Status set_entry(std::int64_t entry, const std::set<rules::Mark>& marks);
  Status set_outage(const std::string& outage, const std::set<rules::Mark>& marks,
                    const std::set<std::string>& words);

 private:
  Db& db_;
  Numbers& numbers_;
  KnownMarks& known_;
};

}  // namespace store::sql
