#include "store/sqlite/db.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "store/sqlite/text.h"

namespace store::sqlite {
namespace {

using model::Errc;
using model::Error;

// Statements kept per connection. Ours are about fifty; searches add one per shape of the query,
// which come from outside and must not fill the memory.
constexpr std::size_t kMaxStatements = 200;

// Whether the file system that the path is on takes no writes. A kernel that has stopped writing to
// a disk after an error does not say so when it is asked, so a file without a name is made there.
bool on_read_only_disk(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path();
  const char* name = folder.empty() ? "." : folder.c_str();
  struct statvfs about {};
  if (statvfs(name, &about) == 0 && (about.f_flag & ST_RDONLY) != 0) return true;
  int file = ::open(name, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return errno == EROFS;
  ::close(file);
  return false;
}

// Failures that a disk which takes no writes can look like.
bool may_be_of_disk(int code) {
  return code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM ||
         code == SQLITE_IOERR;
}

Error on_disk_that_is_read_only(const std::string& path) {
  return {Errc::kIo,
          "The database " + path +
              " is on a disk that is mounted read-only; mount it for writing, and run this again."};
}

// Code and advice for a failure of SQLite.
Error describe(int code, const std::string& path, const std::string& detail) {
  std::string what = "The database " + path;
  if (may_be_of_disk(code & 0xFF) && on_read_only_disk(path)) {
    return on_disk_that_is_read_only(path);
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::kIo, what + " is locked by another program; wait for it to finish or stop it."};
    case SQLITE_CORRUPT:
      return {Errc::kCorrupt, what + " is damaged (" + detail + "); restore it from a backup."};
    case SQLITE_NOTADB:
      return {Errc::kInvalid, what +
                                  " is not a database: its bytes are of another format; name "
                                  "another file."};
    case SQLITE_READONLY:
      return Db::read_only(path);
    case SQLITE_FULL:
      return {Errc::kIo, what + " cannot grow: the disk is full; make room."};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {Errc::kIo,
              what + " cannot be opened (" + detail + "); check the path and the rights to it."};
    case SQLITE_CONSTRAINT:
      return {Errc::kConflict, what + " refused a record (" + detail + ")."};
    default:
      return {Errc::kIo, what + " could not be used (" + detail + "); check the disk."};
  }
}

void bind(sqlite3_stmt* statement, int position, const sql::Value& value) {
  const auto& held = value.held();
  if (const auto* number = std::get_if<std::int64_t>(&held)) {
    sqlite3_bind_int64(statement, position, *number);
  } else if (const auto* real = std::get_if<double>(&held)) {
    sqlite3_bind_double(statement, position, *real);
  } else if (std::holds_alternative<std::monostate>(held)) {
    sqlite3_bind_null(statement, position);
  } else if (const auto* blob = std::get_if<sql::Blob>(&held)) {
    const char* data = blob->bytes.data() != nullptr ? blob->bytes.data() : "";
    sqlite3_bind_blob64(statement, position, data, blob->bytes.size(), SQLITE_STATIC);
  } else {
    const auto* own = std::get_if<std::string>(&held);
    std::string_view text = own != nullptr ? *own : std::get<std::string_view>(held);
    const char* data = text.data() != nullptr ? text.data() : "";  // null would bind NULL
    sqlite3_bind_text64(statement, position, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
}

class SqliteRows final : public sql::Rows {
 public:
  SqliteRows(Db& db, std::string_view sql, const sql::Values& values)
      : db_(db), statement_(db.prepared(sql)) {
    if (statement_ == nullptr) {
      error_ = db_.error();
      return;
    }
    int position = 0;
    for (const auto& value : values) bind(statement_, ++position, value);
  }
  ~SqliteRows() override {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  SqliteRows(const SqliteRows&) = delete;
  SqliteRows& operator=(const SqliteRows&) = delete;

  std::int64_t integer() override { return sqlite3_column_int64(statement_, column_++); }
  double real() override { return sqlite3_column_double(statement_, column_++); }
  std::string text() override { return bytes(sqlite3_column_text(statement_, column_)); }
  std::string blob() override { return bytes(sqlite3_column_blob(statement_, column_)); }
  bool null() const override { return sqlite3_column_type(statement_, column_) == SQLITE_NULL; }
  void skip() override { ++column_; }

 protected:
  bool step() override {
    column_ = 0;
    int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) error_ = db_.error();
    return false;
  }

 private:
  std::string bytes(const void* data) {
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_));
    ++column_;
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
  }

  Db& db_;
  sqlite3_stmt* statement_;
  int column_ = 0;
};

}  // namespace

void Db::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void Db::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Db::Db(std::unique_ptr<sqlite3, Close> db, std::string path)
    : path_(std::move(path)), db_(std::move(db)) {}

Result<std::unique_ptr<Db>> Db::open(const std::string& path, Mode mode,
                                     std::chrono::milliseconds patience) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  // Readers too: what a killed writer left half done can only be put right by who may write.
  flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  // "./" keeps SQLite from taking ":memory:" and "file:…" for more than names of files.
  std::string name = path.starts_with('/') ? path : "./" + path;
  sqlite3* raw = nullptr;
  int code = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
  std::unique_ptr<sqlite3, Close> handle(raw);
  if (code != SQLITE_OK) return describe(code, path, sqlite3_errstr(code));
  sqlite3_busy_timeout(raw, static_cast<int>(patience.count()));
  // Text in a foreign or damaged schema must not be able to run functions with side effects.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (mode == Mode::kRead) sqlite3_exec(raw, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
  return std::unique_ptr<Db>(new Db(std::move(handle), path));
}

Status Db::exec(std::string_view sql) {
  if (sqlite3_exec(db_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error();
  }
  return {};
}

sqlite3_stmt* Db::prepared(std::string_view sql) {
  if (auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
  if (statements_.size() >= kMaxStatements) statements_.clear();
  sqlite3_stmt* raw = nullptr;
  int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return nullptr;
  statements_.emplace(sql, raw);
  return raw;
}

// A transaction that reads keeps its state of the pages: without it the copy would begin anew each
// time that somebody else commits.
Status Db::copy_to(Db& to, const std::function<void(int, int)>& tell) {
  constexpr int kPages = 512;
  constexpr auto kPause = std::chrono::milliseconds(1);  // others want the disk too
  auto done = exec("BEGIN; SELECT count(*) FROM sqlite_schema");
  if (!done) return done;
  auto* copying = sqlite3_backup_init(to.db_.get(), "main", db_.get(), "main");
  if (copying == nullptr) return to.error();
  int code = SQLITE_OK;
  while ((code = sqlite3_backup_step(copying, kPages)) == SQLITE_OK || code == SQLITE_BUSY) {
    auto all = sqlite3_backup_pagecount(copying);
    if (tell) tell(all - sqlite3_backup_remaining(copying), all);
    std::this_thread::sleep_for(kPause);
  }
  sqlite3_backup_finish(copying);
  (void)exec("COMMIT");
  if (code == SQLITE_DONE) return {};
  return describe(code, to.path_, sqlite3_errstr(code));
}

Status Db::force_to_disk() {
  auto folder = std::filesystem::path(path_).parent_path();
  for (const auto& [path, flags] :
       {std::pair(path_ + "-wal", O_RDONLY),
        std::pair(folder.empty() ? std::string(".") : folder.string(), O_RDONLY | O_DIRECTORY)}) {
    int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) continue;  // it was put into the file, which forces it
    int code = file < 0 || fsync(file) != 0 ? errno : 0;
    if (file >= 0) ::close(file);
    if (code == 0) continue;
    return Error{Errc::kIo, "The database " + path_ +
                                " has what was decided, but the disk did not confirm it (" +
                                std::strerror(code) + "); check the disk, and do it again."};
  }
  return {};
}

void Db::leave_log() { sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

Error Db::read_only(const std::string& path) {
  if (on_read_only_disk(path)) return on_disk_that_is_read_only(path);
  return {Errc::kIo,
          "The database " + path + " is read-only; allow writing to the file and its folder."};
}

bool Db::writable() const { return sqlite3_db_readonly(db_.get(), "main") == 0; }

Error Db::error() const {
  return describe(sqlite3_extended_errcode(db_.get()), path_, sqlite3_errmsg(db_.get()));
}

std::unique_ptr<sql::Rows> Db::rows(std::string_view sql, const sql::Values& values) {
  return std::make_unique<SqliteRows>(*this, sql, values);
}

Status Db::run(std::string_view sql, const sql::Values& values) {
  SqliteRows rows(*this, sql, values);
  rows.next();
  return rows.status();
}

Result<std::int64_t> Db::change(std::string_view sql, const sql::Values& values) {
  if (auto done = run(sql, values); !done) return done.error();
  return std::int64_t{sqlite3_changes64(db_.get())};
}

Status Db::index(std::int64_t entry, bool first, const SearchText& text) {
  return sqlite::index(*this, entry, first, text);
}

const sql::Dialect& Db::dialect() const {
  static const SqliteDialect kDialect;
  return kDialect;
}

}  // namespace store::sqlite
