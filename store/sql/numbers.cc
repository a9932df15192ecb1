#include "store/sql/numbers.h"

#include <string_view>

#include "store/sql/rows.h"

namespace store::sql {
namespace {

struct Counted {
  std::string_view highest;
  std::string_view table, column;  // empty: no database gives these by itself
};
constexpr std::array<Counted, 3> kCounted = {
    Counted{"SELECT coalesce(max(n), 0) FROM entries", "entries", "n"},
    Counted{"SELECT coalesce(max(id), 0) FROM marks", "marks", "id"},
    Counted{"SELECT coalesce(max(seq), 0) FROM changes", "", ""}};

}  // namespace

Result<std::int64_t> Numbers::next(Of of) {
  auto& last = last_[static_cast<std::size_t>(of)];
  if (!last) {
    auto highest = first<std::int64_t>(db_, kCounted[static_cast<std::size_t>(of)].highest, {});
    if (!highest) return highest.error();
    last = highest->value_or(0);
  }
  return ++*last;
}

Status Numbers::tell() {
  for (std::size_t i = 0; i < kCounted.size(); ++i) {
    if (!last_[i] || kCounted[i].table.empty()) continue;
    auto done = db_.numbered(kCounted[i].table, kCounted[i].column, *last_[i]);
    if (!done) return done;
  }
  return {};
}

}  // namespace store::sql
