#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/rules/terms.h"
#include "store/sql/value.h"
#include "store/store.h"

// What the databases have in common: statements with values, rows, and what each says in its own
// way. Statements are SQL that all of them take, with a question mark for each value.
namespace store::sql {

using model::Result;
using model::Status;

// The rows of one statement, each read column by column from the left. One at a time per
// connection.
class Rows {
 public:
  virtual ~Rows() = default;

  // Goes to the next row. False at the end and on failure, which status() tells apart.
  bool next() { return !error_ && step(); }
  Status status() const;
  // Notes that what stands in this row is not what we wrote.
  void damaged(std::string_view what);

  virtual std::int64_t integer() = 0;
  virtual double real() = 0;
  virtual std::string text() = 0;
  virtual std::string blob() = 0;
  virtual bool null() const = 0;  // the column that comes next; does not go past it
  virtual void skip() = 0;
  model::Instant instant() { return model::Instant(model::Seconds(integer())); }

 protected:
  virtual bool step() = 0;

  std::optional<model::Error> error_;
};

// A part of a statement with its values.
struct Condition {
  std::string sql;
  Values values;
};

// What each database says in its own way. Rows of entries are `e`.
class Dialect {
 public:
  virtual ~Dialect() = default;

  // The entry has this word or phrase; it has it in the title. `few`: only few rows are asked, so
  // it does not pay to list all that have it first.
  virtual Condition has(const rules::Term& term, bool few) const = 0;
  virtual Condition has_in_title(const rules::Term& term, bool few) const = 0;
  // Where words that each entry must have can be walked from the newest entry on: the tables with
  // `e` and the condition, for "FROM … "; what that order is called; and what `e.n` is called
  // before the row of `e` has been looked up. Nothing where the database finds its way itself.
  struct Walk {
    Condition from;
    std::string_view newest_first;
    std::string_view entry;
  };
  virtual std::optional<Walk> walk(const std::vector<rules::Term>& terms) const = 0;

  // The column is one of these.
  virtual Condition among(std::string_view column, const std::vector<std::string>& texts) const = 0;
  virtual Condition among(std::string_view column,
                          const std::vector<std::int64_t>& numbers) const = 0;
  // The column, a JSON list of texts, holds the one value that is bound.
  virtual Condition list_holds(std::string_view column, const std::string& text) const = 0;
  // A column of seconds as "2014-12".
  virtual std::string month(std::string_view column) const = 0;
  // model::callback_token() of polls.hub_secret, as the index over it has it; empty where the
  // database cannot work it out.
  virtual std::string_view callback_token() const = 0;
};

// A column by which rows are known: its name and its place in the table's row.
struct Column {
  std::string_view name;
  std::size_t at = 0;
};
using Columns = std::span<const Column>;

// Rows of a table that have one of these texts in this column.
struct RowsOf {
  std::string_view table;
  Column column;
  std::span<const std::string> values;
};

// One connection. Not for several threads.
class Db {
 public:
  virtual ~Db() = default;

  virtual std::unique_ptr<Rows> rows(std::string_view sql, const Values& values) = 0;
  // Runs a statement that returns no rows. Some connections only tell of its failure with one of
  // the statements behind it, at the latest with the one that ends the transaction.
  virtual Status run(std::string_view sql, const Values& values) = 0;
  // … at once: how many rows it changed.
  virtual Result<std::int64_t> change(std::string_view sql, const Values& values) = 0;

  // Whole rows, by their keys. Some connections hold them back and send many at a time; they are
  // there for every statement that comes behind them, but for look(). Names of tables and columns
  // are constants: they are kept, not copied. Told of as by run() when they fail.
  //
  // Puts a row with all its columns in order.
  virtual Status insert(std::string_view table, const Values& row);
  // Takes away the rows with these values in these columns.
  virtual Status erase(std::string_view table, Columns columns, const Values& key);
  // Sets columns of whole numbers in the row whose `key` is this one; nullopt sets null. Rows that
  // are updated are not erased in the same transaction.
  virtual Status update(std::string_view table, std::string_view key, std::int64_t value,
                        std::span<const std::string_view> columns,
                        std::span<const std::optional<std::int64_t>> numbers);
  // As rows(), for an answer that only what was written to `of` can change: other rows that are
  // held back stay so.
  virtual std::unique_ptr<Rows> look(std::string_view sql, const Values& values,
                                     const RowsOf& /*of*/) {
    return rows(sql, values);
  }
  // Whether blocks of samples are kept by the month in which they begin (their column start_at; of
  // each signal when the last one begins is its last column); and room for those of a month.
  virtual bool has_months() const { return false; }
  virtual Status make_month(model::Instant /*start*/) { return {}; }
  // Whether each statement that is waited for takes its way to a server.
  virtual bool is_far() const { return false; }
  // A column whose numbers the database gives where nobody else does has got them from us, up to
  // this one.
  virtual Status numbered(std::string_view /*table*/, std::string_view /*column*/,
                          std::int64_t /*last*/) {
    return {};
  }

  virtual Status begin_reading() = 0;
  virtual void end_reading() = 0;
  virtual Status begin_writing() = 0;  // alone
  virtual Status commit() = 0;
  virtual void roll_back() = 0;
  // The text of an entry's newest revision, in place of what was there unless it is the first one.
  virtual Status index(std::int64_t entry, bool first, const SearchText& text) = 0;
  // What people decided is in this transaction, which has been committed: it must outlive a power
  // cut. kIo when the disk does not say that it has it.
  virtual Status force_to_disk() = 0;

  virtual const Dialect& dialect() const = 0;
  // Whether the connection can be used again.
  virtual bool alive() const = 0;
  // Whether the last failure was only that tables have got new columns meanwhile: what was read is
  // to be read again.
  virtual bool outdated() const = 0;
};

// Puts a row unless there is one with its key; whether there was none.
Result<bool> insert_new(Db& db, std::string_view table, const Values& values);

// All rows as records: read(rows, record) is found by the record's type.
template <typename T>
Result<std::vector<T>> all(Db& db, std::string_view sql, const Values& values) {
  std::vector<T> out;
  auto rows = db.rows(sql, values);
  while (rows->next()) read(*rows, out.emplace_back());
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

// The first row, or nothing.
template <typename T>
Result<std::optional<T>> first(Db& db, std::string_view sql, const Values& values) {
  std::optional<T> out;
  auto rows = db.rows(sql, values);
  if (rows->next()) read(*rows, out.emplace());
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

// … that look() finds.
template <typename T>
Result<std::optional<T>> seen(Db& db, std::string_view sql, const Values& values,
                              const RowsOf& of) {
  std::optional<T> out;
  auto rows = db.look(sql, values, of);
  if (rows->next()) read(*rows, out.emplace());
  if (auto status = rows->status(); !status) return status.error();
  return out;
}

}  // namespace store::sql
