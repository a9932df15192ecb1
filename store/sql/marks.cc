#include "store/sql/marks.h"

#include "store/sql/rows.h"

namespace store::sql {
namespace {

constexpr Column kValue{"value", 2};
constexpr Column kOfEntry[] = {{"entry", 1}};
constexpr Column kOfOutage[] = {{"outage", 1}};

}  // namespace

Result<std::int64_t> Marks::id(int field, const std::string& value) {
  constexpr std::size_t kMostKnown = 100'000;
  auto known = known_.find({field, value});
  if (known != known_.end()) return known->second;
  auto kept = seen<std::int64_t>(db_, "SELECT id FROM marks WHERE field = ? AND value = ?",
                                 {field, value}, {"marks", kValue, {&value, 1}});
  if (!kept) return kept.error();
  if (!*kept) {
    auto next = numbers_.next(Numbers::Of::kMark);
    if (!next) return next.error();
    if (auto done = db_.insert("marks", {*next, field, value}); !done) return done.error();
    *kept = *next;
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(std::pair{field, value}, **kept);
  return **kept;
}

Status Marks::set_entry(std::int64_t entry, const std::set<rules::Mark>& marks) {
  auto done = db_.erase("entry_marks", kOfEntry, {entry});
  for (const auto& mark : marks) {
    if (!done) return done;
    auto number = id(static_cast<int>(mark.field), mark.value);
    if (!number) return number.error();
    done = db_.insert("entry_marks", {*number, entry});
  }
  return done;
}

Status Marks::set_outage(const std::string& outage, const std::set<rules::Mark>& marks,
                         const std::set<std::string>& words) {
  auto done = db_.erase("outage_marks", kOfOutage, {outage});
  auto add = [&](int field, const std::string& value) -> Status {
    auto number = id(field, value);
    if (!number) return number.error();
    return db_.insert("outage_marks", {*number, outage});
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
