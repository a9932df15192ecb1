#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "store/sql/db.h"

namespace store::postgres {

// Writes that were not sent yet. They are sent all at once, and then not in the order in which they
// came: first what is erased, then what is put, table by table, then what is updated. That comes to
// the same because a write that would not fit into this order is not taken: erase() says so, and
// what is held must be sent before it.
class Held {
 public:
  // Rows of one table: their fields as texts, each ended by a zero.
  struct Rows {
    std::string_view table;
    std::size_t columns = 0;
    std::size_t count = 0;
    std::string bytes;
    std::vector<int> sizes;  // -1: null

    // Calls `field(text)` for each field, nullopt for null.
    template <typename Field>
    void each(Field field) const {
      std::size_t at = 0;
      for (int size : sizes) {
        if (size < 0) {
          field(std::optional<std::string_view>());
          continue;
        }
        auto length = static_cast<std::size_t>(size);
        field(std::optional(std::string_view(bytes).substr(at, length)));
        at += length + 1;
      }
    }
  };
  // Keys of rows that go: a list for each column.
  struct Gone {
    std::string_view table;
    sql::Columns columns;
    std::vector<bool> numbers;                    // of each column: whether it holds numbers
    std::vector<std::vector<std::string>> lists;  // as texts
  };
  // Numbers to set, by key.
  struct Updates {
    std::string_view table, key;
    std::vector<std::string_view> columns;
    std::map<std::int64_t, std::vector<std::optional<std::int64_t>>> rows;
  };

  void insert(std::string_view table, const sql::Values& row);
  // False when a row that is held may be meant, and nothing is noted.
  bool erase(std::string_view table, sql::Columns columns, const sql::Values& key);
  void update(std::string_view table, std::string_view key, std::int64_t value,
              std::span<const std::string_view> columns,
              std::span<const std::optional<std::int64_t>> numbers);
  // Whether one of these may have been put and be held.
  bool touches(const sql::RowsOf& of);

  bool empty() const { return writes_ == 0; }
  // So much that it should be sent.
  bool full() const;
  void clear();

  const std::vector<Gone>& gone() const { return gone_; }
  // In the order in which the tables were first put into; behind those, tables of parts.
  std::vector<const Rows*> rows() const;
  // Whether rows of the table belong to rows of another one, and can only be put where these are.
  static bool is_of_parts(std::string_view table);
  const std::vector<Updates>& updates() const { return updates_; }

 private:
  // By which columns a table's rows are asked for, and what those that are held have there.
  struct Watch {
    std::vector<sql::Column> columns;
    std::unordered_set<std::string> keys;
  };
  struct Table {
    Rows rows;
    std::vector<Watch> watches;
  };
  Table& table(std::string_view name);
  // Whether a row that is held has this key; from now on the columns are watched.
  bool has(Table& table, sql::Columns columns, const std::string& key);

  std::vector<Table> tables_;       // kept when sent, for their watches
  std::vector<std::size_t> order_;  // of tables with rows
  std::vector<Gone> gone_;
  std::vector<Updates> updates_;
  std::size_t writes_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace store::postgres
