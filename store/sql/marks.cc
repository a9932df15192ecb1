#include "store/sql/marks.h"

#include "store/sql/rows.h"

namespace store::sql {

Result<std::int64_t> Marks::id(int field, const std::string& value) {
  constexpr std::size_t kMostKnown = 100'000;
  auto known = known_.find({field, value});
  if (known != known_.end()) return known->second;
  auto kept = first<std::int64_t>(db_, "SELECT id FROM marks WHERE field = ? AND value = ?",
                                  {field, value});
  if (!kept) return kept.error();
  std::int64_t out = kept->value_or(0);
  if (!*kept) {
    auto added = first<std::int64_t>(
        db_, "INSERT INTO marks (field, value) VALUES (?, ?) RETURNING id", {field, value});
    if (!added) return added.error();
    out = added->value_or(0);
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(std::pair{field, value}, out);
  return out;
}

Status Marks::set_entry(std::int64_t entry, const std::set<rules::Mark>& marks) {
  auto done = db_.run("DELETE FROM entry_marks WHERE entry = ?", {entry});
  for (const auto& mark : marks) {
    if (!done) return done;
    auto number = id(static_cast<int>(mark.field), mark.value);
    if (!number) return number.error();
    done = insert(db_, "entry_marks", {*number, entry});
  }
  return done;
}

Status Marks::set_outage(const std::string& outage, const std::set<rules::Mark>& marks,
                         const std::set<std::string>& words) {
  auto done = db_.run("DELETE FROM outage_marks WHERE outage = ?", {outage});
  auto add = [&](int field, const std::string& value) -> Status {
    auto number = id(field, value);
    if (!number) return number.error();
    return insert(db_, "outage_marks", {*number, outage});
  };
  for (const auto& mark : marks) {
    if (!done) return done;
    done = add(static_cast<int>(mark.field), mark.value);
  }
  for (const auto& word : words) {
    if (!done) return done;
    done = add(kOutageWord, word);
  }
  return done;
}

}  // namespace store::sql
