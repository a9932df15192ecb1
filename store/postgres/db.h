#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "store/postgres/held.h"
#include "store/postgres/tidier.h"
#include "store/postgres/url.h"
#include "store/postgres/values.h"
#include "store/sql/db.h"

struct pg_conn;
struct pg_result;

namespace store::postgres {

using model::Result;
using model::Status;

// One connection. run() only sends its statement: the answer is waited for when a result is needed,
// so that many writes take one way to the server and back. Whole rows are held back, and many of
// them go by COPY. After a failure every call fails with the same error until the transaction is
// ended.
class Db final : public sql::Db {
 public:
  struct Close {
    void operator()(pg_conn* connection) const;
    void operator()(pg_result* result) const;
  };
  using Answer = std::unique_ptr<pg_result, Close>;

  // kIo when the server cannot be reached, kInvalid when it is too old, kNotFound when it has no
  // such database.
  static Result<std::unique_ptr<Db>> open(const Place& place, std::chrono::milliseconds patience);

  // Statements without values and rows, several separated by semicolons.
  Status exec(const std::string& sql);
  // Waits until nobody else writes, for as long as the transaction lasts.
  Status lock();
  // The schema's version that statements were prepared for; others are prepared anew.
  void set_version(std::int64_t version);

  std::unique_ptr<sql::Rows> rows(std::string_view sql, const sql::Values& values) override;
  Status run(std::string_view sql, const sql::Values& values) override;
  Result<std::int64_t> change(std::string_view sql, const sql::Values& values) override;
  Status insert(std::string_view table, const sql::Values& row) override;
  Status erase(std::string_view table, sql::Columns columns, const sql::Values& key) override;
  Status update(std::string_view table, std::string_view key, std::int64_t value,
                std::span<const std::string_view> columns,
                std::span<const std::optional<std::int64_t>> numbers) override;
  std::unique_ptr<sql::Rows> look(std::string_view sql, const sql::Values& values,
                                  const sql::RowsOf& of) override;
  bool has_months() const override { return true; }
  Status make_month(model::Instant start) override;
  bool is_far() const override { return true; }
  Status numbered(std::string_view table, std::string_view column, std::int64_t last) override;

  Status begin_reading() override;
  void end_reading() override;
  Status begin_writing() override;
  Status commit() override;
  void roll_back() override;
  Status index(std::int64_t entry, bool first, const SearchText& text) override;
  Status force_to_disk() override { return {}; }  // each commit is
  const sql::Dialect& dialect() const override;
  bool alive() const override;
  bool outdated() const override { return outdated_; }

 private:
  Db(std::unique_ptr<pg_conn, Close> connection, Place place, std::chrono::milliseconds patience);

  Status send(std::string_view sql, const sql::Values& values);
  Status send(std::string_view sql, const Parameters& parameters);
  // Sends all that is held (flush.cc).
  Status flush();
  Status send_gone();
  Status send_rows(const Held::Rows& rows);
  Status send_updates();
  Status copy(const Held::Rows& rows);
  Status put_copied(const Held::Rows& rows);
  // Waits for the last COPY, which end_copy() has not been called for yet.
  void end_copy();
  // The first columns of a table, as COPY names them.
  Result<std::string> columns_of(std::string_view table, std::size_t count);
  // The name of the statement, prepared where it is not yet; empty on failure.
  std::string prepared(std::string_view sql);
  // Waits for all that was sent; the last answer.
  Result<Answer> finish();
  Result<Answer> ask(std::string_view sql, const sql::Values& values);
  void note(const Answer& answer);
  // Ends what transaction there is, and forgets what was prepared in it.
  void recover();

  std::unique_ptr<pg_conn, Close> connection_;
  Place place_;
  std::chrono::milliseconds patience_;
  std::map<std::string, std::string, std::less<>> statements_;  // names by text
  std::map<std::string, std::string, std::less<>> columns_;     // by table
  std::set<std::string, std::less<>> months_;                   // that there is room for
  Held held_;
  Tidier tidier_{place_};
  std::int64_t named_ = 0;
  std::int64_t version_ = 0;
  std::size_t sent_ = 0;  // statements without an answer yet
  bool copying_ = false;  // all of a COPY is given away, and its answer not read
  std::optional<model::Error> error_;
  bool lost_ = false;
  bool outdated_ = false;
};

}  // namespace store::postgres
