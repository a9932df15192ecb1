#include "store/postgres/db.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "store/postgres/connect.h"
#include "store/postgres/errors.h"
#include "store/postgres/text.h"
#include "store/sql/rows.h"

namespace store::postgres {
namespace {

using model::Errc;
using model::Error;

// Statements kept per connection. Ours are about a hundred; searches add one per shape of the
// query, which come from outside and must not fill the server's memory.
constexpr std::size_t kMostStatements = 300;
// Statements sent before their answers are waited for.
constexpr std::size_t kMostSent = 200;

constexpr Oid kBytes = 17;  // the type bytea

// What may wait in the list of an index over words before the writer sorts it in itself, where
// there is a tidier: in kB.
constexpr std::string_view kMostUntidy = "16384";

// "FLTN": advisory locks of ours are under this number.
constexpr int kLockClass = 0x464C544E;

// Question marks as $1, $2 …; none stands in our statements for anything else.
std::string with_numbers(std::string_view sql) {
  std::string out;
  int number = 0;
  for (char c : sql) {
    if (c == '?') {
      out += fmt::format("${}", ++number);
    } else {
      out += c;
    }
  }
  return out;
}

class PostgresRows final : public sql::Rows {
 public:
  explicit PostgresRows(Result<Db::Answer> answer) {
    if (answer) {
      answer_ = *std::move(answer);
    } else {
      error_ = answer.error();
    }
  }

  std::int64_t integer() override {
    auto text = cell();
    std::int64_t out = text == "t" ? 1 : 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }
  double real() override {
    auto text = cell();
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }
  std::string text() override {
    if (PQftype(answer_.get(), column_) == kBytes) return blob();
    return unescaped(std::string(cell()));
  }
  std::string blob() override {
    auto text = cell();
    std::size_t size = 0;
    std::unique_ptr<unsigned char, void (*)(void*)> bytes(
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(text.data()), &size), PQfreemem);
    return bytes == nullptr ? std::string()
                            : std::string(reinterpret_cast<const char*>(bytes.get()), size);
  }
  bool null() const override { return PQgetisnull(answer_.get(), row_, column_) != 0; }
  void skip() override { ++column_; }

 protected:
  bool step() override {
    column_ = 0;
    return ++row_ < PQntuples(answer_.get());
  }

 private:
  std::string_view cell() {
    std::string_view out(PQgetvalue(answer_.get(), row_, column_),
                         static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column_)));
    ++column_;
    return out;
  }

  Db::Answer answer_;
  int row_ = -1;
  int column_ = 0;
};

void say_nothing(void* /*context*/, const char* /*notice*/) {}

}  // namespace

void Db::Close::operator()(PGconn* connection) const { PQfinish(connection); }
void Db::Close::operator()(PGresult* result) const { PQclear(result); }

Db::Db(std::unique_ptr<PGconn, Close> connection, Place place, std::chrono::milliseconds patience)
    : connection_(std::move(connection)), place_(std::move(place)), patience_(patience) {}

Result<std::unique_ptr<Db>> Db::open(const Place& place, std::chrono::milliseconds patience) {
  // What stands before the URL can be changed by it; what stands behind cannot.
  const char* const keywords[] = {"connect_timeout", "fallback_application_name", "dbname",
                                  "client_encoding", nullptr};
  const char* const values[] = {"10", "faultline", place.url.c_str(), "UTF8", nullptr};
  std::unique_ptr<PGconn, Close> connection(PQconnectdbParams(keywords, values, 1));
  if (connection == nullptr || PQstatus(connection.get()) != CONNECTION_OK) {
    return unreachable(place, connection.get());
  }
  PQsetNoticeProcessor(connection.get(), say_nothing, nullptr);
  auto checked = check_server(place, PQserverVersion(connection.get()));
  if (!checked) return checked.error();
  std::unique_ptr<Db> db(new Db(std::move(connection), place, patience));
  // Numbers come back as they were; compiling statements costs more than ours take; and the planner
  // takes the disk for one on which no head moves.
  auto done = db->exec("SET extra_float_digits = 1; SET jit = off; SET random_page_cost = 1.1");
  if (!done) return done.error();
  return db;
}

bool Db::alive() const { return !lost_ && PQstatus(connection_.get()) == CONNECTION_OK; }

void Db::note(const Answer& answer) {
  if (answer == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) lost_ = true;
  auto state = answer != nullptr ? state_of(answer.get()) : std::string_view();
  if (ends_connection(state)) lost_ = true;
  outdated_ = state == "0A000";
  if (error_) return;
  error_ = lost_ ? lost(place_) : refused(place_, answer.get());
}

Status Db::exec(const std::string& sql) {
  end_copy();
  if (auto finished = finish(); !finished) return finished.error();
  Answer answer(PQexec(connection_.get(), sql.c_str()));
  auto status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
  note(answer);
  return *error_;
}

std::string Db::prepared(std::string_view sql) {
  if (auto found = statements_.find(sql); found != statements_.end()) return found->second;
  auto name = fmt::format("s{}", ++named_);
  if (PQsendPrepare(connection_.get(), name.c_str(), with_numbers(sql).c_str(), 0, nullptr) == 0) {
    return {};
  }
  ++sent_;
  statements_.emplace(sql, name);
  return name;
}

Status Db::send(std::string_view sql, const sql::Values& values) {
  return send(sql, Parameters(values));
}

Status Db::send(std::string_view sql, const Parameters& parameters) {
  end_copy();
  if (error_) return *error_;
  if (sent_ >= kMostSent || statements_.size() >= kMostStatements) {
    if (auto finished = finish(); !finished) return finished.error();
  }
  if (statements_.size() >= kMostStatements) {
    if (auto done = exec("DEALLOCATE ALL"); !done) return done;
    statements_.clear();
  }
  if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) {
    PQenterPipelineMode(connection_.get());
  }
  auto name = prepared(sql);
  bool sent =
      !name.empty() &&
      PQsendQueryPrepared(connection_.get(), name.c_str(), parameters.count(), parameters.data(),
                          parameters.sizes(), parameters.formats(), 0) == 1;
  if (!sent) {
    lost_ = true;
    note(nullptr);
    return *error_;
  }
  ++sent_;
  return {};
}

Result<Db::Answer> Db::finish() {
  end_copy();
  if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF || lost_) {
    if (error_) return *error_;
    return Answer();
  }
  Answer last;
  if (PQpipelineSync(connection_.get()) == 0) note(nullptr);
  for (; sent_ > 0 && !lost_; --sent_) {
    Answer answer(PQgetResult(connection_.get()));
    auto status = PQresultStatus(answer.get());
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && !error_) note(answer);
    last = std::move(answer);
    while (!lost_ && PQstatus(connection_.get()) == CONNECTION_OK) {
      Answer end(PQgetResult(connection_.get()));
      if (end == nullptr) break;
    }
  }
  if (!lost_) Answer(PQgetResult(connection_.get()));  // of the sync
  if (!lost_ && PQexitPipelineMode(connection_.get()) == 0) {
    lost_ = true;
    note(nullptr);
  }
  if (error_) return *error_;
  return last;
}

Result<Db::Answer> Db::ask(std::string_view sql, const sql::Values& values) {
  if (auto sent = send(sql, values); !sent) return sent.error();
  return finish();
}

std::unique_ptr<sql::Rows> Db::rows(std::string_view sql, const sql::Values& values) {
  auto sent = flush();
  return std::make_unique<PostgresRows>(sent ? ask(sql, values) : Result<Answer>(sent.error()));
}

std::unique_ptr<sql::Rows> Db::look(std::string_view sql, const sql::Values& values,
                                    const sql::RowsOf& of) {
  if (held_.touches(of)) return rows(sql, values);
  return std::make_unique<PostgresRows>(ask(sql, values));
}

Status Db::run(std::string_view sql, const sql::Values& values) {
  auto sent = flush();
  return sent ? send(sql, values) : sent;
}

Result<std::int64_t> Db::change(std::string_view sql, const sql::Values& values) {
  if (auto sent = flush(); !sent) return sent.error();
  auto answer = ask(sql, values);
  if (!answer) return answer.error();
  return std::int64_t{std::atoll(PQcmdTuples(answer->get()))};
}

Status Db::begin_reading() {
  outdated_ = false;
  return send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {});
}

void Db::end_reading() {
  if (error_ || !send("COMMIT", {}) || !finish()) recover();
}

Status Db::lock() {
  auto patience = std::max<std::int64_t>(1, patience_.count());
  auto done = send("SELECT set_config('lock_timeout', ?, true)", {fmt::format("{}ms", patience)});
  if (!done) return done;
  return send("SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))", {kLockClass});
}

void Db::set_version(std::int64_t version) {
  if (version_ == version) return;
  version_ = version;
  columns_.clear();
  if (statements_.empty()) return;
  if (exec("DEALLOCATE ALL")) statements_.clear();
}

Status Db::begin_writing() {
  // Each statement sees what others committed before it: the one that follows the lock sees all.
  auto done = send("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", {});
  if (done) done = lock();
  if (done && tidier_.works()) {
    done = send("SELECT set_config('gin_pending_list_limit', ?, true)", {kMostUntidy});
  }
  if (done) {
    auto version = fit_version(*this, place_);
    if (version) {
      set_version(*version);
      return error_ ? Status(*error_) : Status();
    }
    done = version.error();
  }
  recover();
  return done;
}

Status Db::commit() {
  if (auto sent = flush(); !sent) return sent.error();
  auto answer = ask("COMMIT", {});
  if (!answer) return answer.error();
  if (std::string_view(PQcmdStatus(answer->get())) == "COMMIT") return {};
  return Error{Errc::kIo, "The " + place_.name + " did not keep what was written; write it again."};
}

void Db::roll_back() { recover(); }

void Db::recover() {
  held_.clear();
  months_.clear();  // some may have been made in this transaction
  if (!lost_) (void)finish();
  error_.reset();
  if (!alive()) {
    lost_ = true;
    return;
  }
  // Statements of a transaction that failed may not have been prepared.
  if (!exec("ROLLBACK") || !exec("DEALLOCATE ALL")) lost_ = true;
  statements_.clear();
  error_.reset();
}

Status Db::index(std::int64_t entry, bool first, const SearchText& text) {
  return postgres::index(*this, entry, first, text);
}

const sql::Dialect& Db::dialect() const {
  static const PostgresDialect kDialect;
  return kDialect;
}

}  // namespace store::postgres
