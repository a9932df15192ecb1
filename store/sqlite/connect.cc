#include "store/sqlite/connect.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "store/sql/rows.h"
#include "store/sql/store.h"

namespace store::sqlite {
namespace {

using model::Errc;
using model::Error;
namespace fs = std::filesystem;

// What stands in the way of opening `path`, as far as the file system tells. True: a file with
// something in it is there.
Result<bool> look_at(const std::string& path, bool read_only) {
  std::error_code failure;
  auto status = fs::status(path, failure);
  if (fs::is_directory(status)) {
    return Error{Errc::kIo, "The database " + path + " is a folder; name a file in it."};
  }
  bool there = fs::exists(status) && fs::file_size(path, failure) > 0;
  if (!there && read_only) {
    return Error{Errc::kNotFound,
                 "There is no database at " + path + "; ingest something into it first."};
  }
  auto folder = fs::path(path).parent_path();
  if (!there && !folder.empty() && !fs::is_directory(folder, failure)) {
    return Error{Errc::kIo, "The database " + path + " cannot be created: the folder " +
                                folder.string() + " does not exist; make it first."};
  }
  return there;
}

Result<std::int64_t> number_of(Db& db, std::string_view sql) {
  auto number = sql::first<std::int64_t>(db, sql, {});
  if (!number) return number.error();
  return number->value_or(0);
}

// The version of the database behind `db`; 0: empty. kInvalid when it is not ours or too new.
Result<std::size_t> version_of(Db& db, const std::string& path) {
  // The id last: it comes with the first tables, and another program may just be making them.
  auto tables = number_of(db, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  auto version = number_of(db, "PRAGMA user_version");
  if (!version) return version.error();
  auto application = number_of(db, "PRAGMA application_id");
  if (!application) return application.error();
  bool empty = *application == 0 && *tables == 0;
  if (*application != kApplicationId && !empty) {
    return Error{Errc::kInvalid, "The database " + path +
                                     " belongs to another program and was left as it is; name "
                                     "another file."};
  }
  auto known = migrations().size();
  if (*version < 0 || static_cast<std::size_t>(*version) > known) {
    return Error{Errc::kInvalid,
                 fmt::format("The database {} was written by a newer Faultline: it has version {}, "
                             "this program knows versions up to {}; use the newer program.",
                             path, *version, known)};
  }
  return static_cast<std::size_t>(*version);
}

// Applies migration `number` (from 1 on) unless another program just did.
Status apply(Db& db, const std::string& path, std::size_t number) {
  if (auto begun = db.exec("BEGIN IMMEDIATE"); !begun) return begun;
  auto rolled_back = [&](Error error) {
    (void)db.exec("ROLLBACK");
    return error;
  };
  auto version = version_of(db, path);
  if (!version) return rolled_back(version.error());
  if (*version >= number) return db.exec("COMMIT");
  if (auto done = db.exec(migrations()[number - 1].bytes); !done) return rolled_back(done.error());
  auto marks = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                           kApplicationId, number);
  if (auto done = db.exec(marks); !done) return rolled_back(done.error());
  return {};
}

// WAL: readers go on while one writes. Stays set in the file. SQLite itself does not wait here for
// another program that has the lock, as it does everywhere else.
Status set_wal(Db& db, std::chrono::milliseconds patience) {
  constexpr auto kPause = std::chrono::milliseconds(10);
  auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto done = db.exec("PRAGMA journal_mode = WAL");
    bool locked = !done && done.error().code == Errc::kIo;
    if (!locked || std::chrono::steady_clock::now() >= end) return done;
    std::this_thread::sleep_for(kPause);
  }
}

Status migrate(Db& db, const std::string& path, std::chrono::milliseconds patience) {
  auto version = version_of(db, path);
  if (!version) return version.error();
  if (*version == migrations().size()) return {};
  // Counts for a new file only. A revision takes some 2.5 kB, of which a page of SQLite's usual 4
  // kB holds one and leaves the rest empty: a fifth of the file.
  if (auto done = db.exec("PRAGMA page_size = 8192"); !done) return done;
  if (auto done = set_wal(db, patience); !done) return done;
  for (std::size_t number = *version + 1; number <= migrations().size(); ++number) {
    if (auto done = apply(db, path, number); !done) return done;
  }
  return {};
}

}  // namespace

Status prepare(const std::string& path, const Options& options) {
  auto there = look_at(path, options.read_only);
  if (!there) return there.error();
  if (*there) {
    auto db = Db::open(path, Db::Mode::kRead, options.patience);
    if (!db) return db.error();
    auto version = version_of(**db, path);
    if (!version) return version.error();
    if (options.read_only && *version < migrations().size()) {
      return Error{Errc::kInvalid,
                   fmt::format("The database {} has version {}, this program needs version {}; "
                               "open it for writing once, which brings it up to date.",
                               path, *version, migrations().size())};
    }
  }
  if (options.read_only) return {};
  auto db = Db::open(path, Db::Mode::kCreate, options.patience);
  if (!db) return db.error();
  if (!(*db)->writable()) return Db::read_only(path);
  return migrate(**db, path, options.patience);
}

Result<std::unique_ptr<Db>> connect(const std::string& path, bool read_only,
                                    const Options& options) {
  auto db = Db::open(path, read_only ? Db::Mode::kRead : Db::Mode::kWrite, options.patience);
  if (!db) return db.error();
  // NORMAL: in WAL mode a commit survives the end of the process, however sudden; only a power cut
  // can take the last commits, and never more than whole transactions. See store/README.md.
  // 8 MB of pages keep the upper levels of every index in memory (64 MB are not faster: the system
  // keeps the file's pages too); a log of 128 MB is put back into the file at once, so that pages
  // changed by many documents are written once.
  auto done = (*db)->exec(
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; "
      "PRAGMA wal_autocheckpoint = 16384");
  if (!done) return done.error();
  return std::move(*db);
}

namespace {

class SqliteConnector final : public sql::Connector {
 public:
  SqliteConnector(std::string path, const Options& options)
      : path_(std::move(path)), options_(options) {}

  Result<std::unique_ptr<sql::Db>> connect(bool read_only) override {
    auto db = sqlite::connect(path_, read_only, options_);
    if (!db) return db.error();
    return std::unique_ptr<sql::Db>(*std::move(db));
  }

 private:
  std::string path_;
  Options options_;
};

}  // namespace

Result<std::unique_ptr<Store>> open(const std::string& path, const Options& options) {
  if (path.empty()) {
    return Error{Errc::kInvalid, "The database URL names no file; write sqlite:PATH."};
  }
  if (auto ready = prepare(path, options); !ready) return ready.error();
  return sql::make_store(std::make_unique<SqliteConnector>(path, options), "The database " + path,
                         {options.read_only, options.patience});
}

}  // namespace store::sqlite
