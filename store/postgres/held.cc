#include "store/postgres/held.h"

#include <algorithm>
#include <array>

#include "store/postgres/values.h"

namespace store::postgres {
namespace {

// What is held at most: more would not make sending cheaper, and the server would wait for it.
constexpr std::size_t kMostWrites = 20'000;
constexpr std::size_t kMostBytes = 1U << 20U;

// What refers to other tables (REFERENCES in migrations/). What is sent may end in the midst of a
// record: then what is sent next begins with parts, and has records behind them.
constexpr std::array<std::string_view, 4> kParts = {"claims", "incident_members", "link_reasons",
                                                    "story_entries"};

bool same(sql::Columns a, sql::Columns b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.at == y.at; });
}

// Several columns as one text; null is none of the texts that a key can be.
void add_part(const sql::Value& value, std::string& key) {
  if (!add_as_text(value, key)) key += '\x01';
  key += '\0';
}

bool is_number(const sql::Value& value) {
  return std::holds_alternative<std::int64_t>(value.held());
}

}  // namespace

Held::Table& Held::table(std::string_view name) {
  for (auto& table : tables_) {
    if (table.rows.table == name) return table;
  }
  tables_.emplace_back().rows.table = name;
  return tables_.back();
}

void Held::insert(std::string_view name, const sql::Values& row) {
  auto& into = table(name);
  auto& rows = into.rows;
  if (rows.count == 0) {
    rows.columns = row.size();
    order_.push_back(static_cast<std::size_t>(&into - tables_.data()));
  }
  ++rows.count;
  ++writes_;
  auto before = rows.bytes.size();
  for (const auto& value : row) {
    auto begin = rows.bytes.size();
    bool there = add_as_text(value, rows.bytes);
    rows.sizes.push_back(there ? static_cast<int>(rows.bytes.size() - begin) : -1);
    if (there) rows.bytes += '\0';
  }
  bytes_ += rows.bytes.size() - before;
  for (auto& watch : into.watches) {
    std::string key;
    for (const auto& column : watch.columns) add_part(row[column.at], key);
    watch.keys.insert(std::move(key));
  }
}

bool Held::has(Table& of, sql::Columns columns, const std::string& key) {
  for (auto& watch : of.watches) {
    if (same(watch.columns, columns)) return watch.keys.contains(key);
  }
  of.watches.push_back({{columns.begin(), columns.end()}, {}});
  // Those that are held were not watched so; whoever asks sends them.
  return of.rows.count > 0;
}

bool Held::erase(std::string_view name, sql::Columns columns, const sql::Values& values) {
  std::string key;
  for (const auto& value : values) add_part(value, key);
  if (has(table(name), columns, key)) return false;
  auto group = std::find_if(gone_.begin(), gone_.end(), [&](const Gone& one) {
    return one.table == name && same(one.columns, columns);
  });
  if (group == gone_.end()) {
    group = gone_.insert(gone_.end(), {name, columns, {}, {}});
    for (const auto& value : values) group->numbers.push_back(is_number(value));
    group->lists.resize(values.size());
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    add_as_text(values[i], group->lists[i].emplace_back());
    bytes_ += group->lists[i].back().size();
  }
  ++writes_;
  return true;
}

void Held::update(std::string_view name, std::string_view key, std::int64_t value,
                  std::span<const std::string_view> columns,
                  std::span<const std::optional<std::int64_t>> numbers) {
  auto group = std::find_if(updates_.begin(), updates_.end(), [&](const Updates& one) {
    return one.table == name && one.key == key &&
           std::equal(one.columns.begin(), one.columns.end(), columns.begin(), columns.end());
  });
  if (group == updates_.end()) {
    group = updates_.insert(updates_.end(), {name, key, {columns.begin(), columns.end()}, {}});
  }
  group->rows[value].assign(numbers.begin(), numbers.end());
  ++writes_;
}

bool Held::touches(const sql::RowsOf& of) {
  auto& in = table(of.table);
  return std::any_of(of.values.begin(), of.values.end(), [&](const auto& value) {
    std::string key;
    add_part(sql::Value(value), key);
    return has(in, {&of.column, 1}, key);
  });
}

bool Held::full() const { return writes_ >= kMostWrites || bytes_ >= kMostBytes; }

std::vector<const Held::Rows*> Held::rows() const {
  std::vector<const Rows*> out;
  for (auto at : order_) out.push_back(&tables_[at].rows);
  std::stable_partition(out.begin(), out.end(),
                        [](const Rows* rows) { return !is_of_parts(rows->table); });
  return out;
}

bool Held::is_of_parts(std::string_view table) {
  return std::find(kParts.begin(), kParts.end(), table) != kParts.end();
}

void Held::clear() {
  for (auto at : order_) {
    auto& rows = tables_[at].rows;
    rows.count = 0;
    rows.bytes.clear();
    rows.sizes.clear();
    for (auto& watch : tables_[at].watches) watch.keys.clear();
  }
  order_.clear();
  gone_.clear();
  updates_.clear();
  writes_ = 0;
  bytes_ = 0;
}

}  // namespace store::postgres
