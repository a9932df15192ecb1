// What a connection holds back, and how it is sent.
#include <fmt/format.h>
#include <libpq-fe.h>

#include "store/postgres/db.h"
#include "store/postgres/text.h"

namespace store::postgres {
namespace {

// From so many rows of a table on, COPY is cheaper than as many statements in a row: it takes two
// more ways to the server and back.
constexpr std::size_t kCopied = 32;
// What goes into one message of COPY.
constexpr std::size_t kMessage = 64U << 10U;
// Goes last, and is not waited for: the server is long at it, and no other table refers to it.
constexpr std::string_view kLast = "entry_texts";

// "DELETE … WHERE a = ANY (?)", or by pairs of lists.
std::string erase_sql(const Held::Gone& gone) {
  auto type = [&](std::size_t i) { return gone.numbers[i] ? "bigint[]" : "text[]"; };
  if (gone.columns.size() == 1) {
    return fmt::format("DELETE FROM {} WHERE {} = ANY (CAST(? AS {}))", gone.table,
                       gone.columns.front().name, type(0));
  }
  std::string lists, names, same;
  for (std::size_t i = 0; i < gone.columns.size(); ++i) {
    lists += fmt::format("{}CAST(? AS {})", i == 0 ? "" : ", ", type(i));
    names += fmt::format("{}c{}", i == 0 ? "" : ", ", i);
    same += fmt::format("{}{}.{} = gone.c{}", i == 0 ? "" : " AND ", gone.table,
                        gone.columns[i].name, i);
  }
  return fmt::format("DELETE FROM {} USING unnest({}) AS gone ({}) WHERE {}", gone.table, lists,
                     names, same);
}

std::string update_sql(const Held::Updates& updates) {
  std::string lists = "CAST(? AS bigint[])", names = "k", set;
  for (std::size_t i = 0; i < updates.columns.size(); ++i) {
    lists += ", CAST(? AS bigint[])";
    names += fmt::format(", c{}", i);
    set += fmt::format("{}{} = now.c{}", i == 0 ? "" : ", ", updates.columns[i], i);
  }
  return fmt::format("UPDATE {0} SET {1} FROM unnest({2}) AS now ({3}) WHERE {0}.{4} = now.k",
                     updates.table, set, lists, names, updates.key);
}

std::string insert_sql(const Held::Rows& rows) {
  std::string marks;
  for (std::size_t i = 0; i < rows.columns; ++i) marks += i == 0 ? "?" : ", ?";
  return fmt::format("INSERT INTO {} VALUES ({})", rows.table, marks);
}

}  // namespace

Status Db::insert(std::string_view table, const sql::Values& row) {
  if (error_) return *error_;
  if (copying_) (void)PQflush(connection_.get());
  held_.insert(table, row);
  return held_.full() ? flush() : Status();
}

Status Db::erase(std::string_view table, sql::Columns columns, const sql::Values& key) {
  if (error_) return *error_;
  if (held_.erase(table, columns, key)) return held_.full() ? flush() : Status();
  if (auto sent = flush(); !sent) return sent;
  held_.erase(table, columns, key);
  return {};
}

Status Db::update(std::string_view table, std::string_view key, std::int64_t value,
                  std::span<const std::string_view> columns,
                  std::span<const std::optional<std::int64_t>> numbers) {
  if (error_) return *error_;
  held_.update(table, key, value, columns, numbers);
  return held_.full() ? flush() : Status();
}

// Of an identity column: who counts by its sequence goes on behind us.
Status Db::numbered(std::string_view table, std::string_view column, std::int64_t last) {
  return run("SELECT setval(pg_get_serial_sequence(?, ?), ?)", {table, column, last});
}

Status Db::flush() {
  if (error_) return *error_;
  if (held_.empty()) return {};
  auto done = send_gone();
  const Held::Rows* last = nullptr;
  std::size_t texts = 0;
  for (const auto* rows : held_.rows()) {
    if (rows->table == kLast) texts = rows->count;
    if (rows->table == kLast && rows->count >= kCopied) {
      last = rows;
    } else if (done) {
      done = rows->count < kCopied ? send_rows(*rows) : copy(*rows);
    }
  }
  if (done) done = send_updates();
  if (done && last != nullptr) done = copy(*last);
  held_.clear();
  if (texts > 0) tidier_.wrote(texts);
  return done;
}

Status Db::send_gone() {
  Status done;
  for (const auto& gone : held_.gone()) {
    std::vector<std::string> lists;
    for (const auto& list : gone.lists) lists.push_back(array_of(list));
    if (done) done = send(erase_sql(gone), Parameters(Fields(lists.begin(), lists.end())));
  }
  return done;
}

// Each as a statement of its own, of which none is waited for.
Status Db::send_rows(const Held::Rows& rows) {
  Status done;
  auto sql = insert_sql(rows);
  Fields row;
  rows.each([&](const std::optional<std::string_view>& field) {
    row.push_back(field);
    if (row.size() < rows.columns) return;
    if (done) done = send(sql, Parameters(row));
    row.clear();
  });
  return done;
}

Status Db::send_updates() {
  Status done;
  for (const auto& updates : held_.updates()) {
    std::vector<std::string> lists(updates.columns.size() + 1);
    for (const auto& [key, numbers] : updates.rows) {
      for (std::size_t i = 0; i < lists.size(); ++i) {
        lists[i] += lists[i].empty() ? "{" : ",";
        auto number = i == 0 ? std::optional(key) : numbers[i - 1];
        lists[i] += number ? fmt::to_string(*number) : "NULL";
      }
    }
    for (auto& list : lists) list += "}";
    if (done) done = send(update_sql(updates), Parameters(Fields(lists.begin(), lists.end())));
  }
  return done;
}

Result<std::string> Db::columns_of(std::string_view table, std::size_t count) {
  if (auto known = columns_.find(table); known != columns_.end()) return known->second;
  auto answer = ask(
      "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM "
      "pg_catalog.pg_attribute WHERE attrelid = to_regclass(?) AND attnum BETWEEN 1 AND ? AND NOT "
      "attisdropped",
      {table, count});
  if (!answer) return answer.error();
  std::string out = PQgetvalue(answer->get(), 0, 0);
  columns_.emplace(table, out);
  return out;
}

Status Db::copy(const Held::Rows& rows) {
  auto columns = columns_of(rows.table, rows.columns);
  if (!columns) return columns.error();
  if (auto finished = finish(); !finished) return finished.error();
  auto sql = fmt::format("COPY {} ({}) FROM STDIN", rows.table, *columns);
  Answer begun(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
    note(begun);
    return *error_;
  }
  copying_ = true;
  // What the socket does not take is kept by libpq, and sent while more is held.
  bool waits = rows.table != kLast;
  PQsetnonblocking(connection_.get(), waits ? 0 : 1);
  if (auto put = put_copied(rows); !put) return put;
  if (waits) end_copy();
  if (error_) return *error_;
  return {};
}

void Db::end_copy() {
  if (!copying_) return;
  copying_ = false;
  Answer ended(PQgetResult(connection_.get()));  // sends the rest
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) note(ended);
  while (Answer(PQgetResult(connection_.get())) != nullptr) continue;
  PQsetnonblocking(connection_.get(), 0);
}

Status Db::put_copied(const Held::Rows& rows) {
  std::string message;
  std::size_t column = 0;
  bool sent = true;
  auto put = [&] {
    sent = sent &&
           PQputCopyData(connection_.get(), message.data(), static_cast<int>(message.size())) == 1;
    message.clear();
  };
  rows.each([&](const std::optional<std::string_view>& field) {
    field ? add_copied(*field, message) : static_cast<void>(message.append("\\N"));
    bool last = ++column == rows.columns;
    message += last ? '\n' : '\t';
    if (last) column = 0;
    if (last && message.size() >= kMessage) put();
  });
  put();
  if (sent && PQputCopyEnd(connection_.get(), nullptr) == 1) return {};
  copying_ = false;
  lost_ = true;
  note(nullptr);
  return *error_;
}

}  // namespace store::postgres
