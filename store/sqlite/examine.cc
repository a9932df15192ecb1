#include "store/sqlite/examine.h"

#include <filesystem>

#include <sqlite3.h>

#include "store/sql/columns.h"
#include "store/sql/rows.h"
#include "store/sqlite/store.h"

namespace store::sqlite {

using model::Errc;
using model::Error;

Result<Looked> open_to_look(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) {
    return Error{Errc::kNotFound,
                 "There is no database at " + path + "; ingest something into it first."};
  }
  // A log that somebody left is theirs to put into the file; the one that looking makes is empty,
  // and goes again.
  auto log = std::filesystem::file_size(path + "-wal", failure);
  bool left = !failure && log > 0;
  auto db = Db::open(path, Db::Mode::kRead, Options().patience);
  if (!db) return db.error();
  if (left) (*db)->leave_log();
  using sql::first;
  auto application = first<std::int64_t>(**db, "PRAGMA application_id", {});
  if (!application) return application.error();
  if (application->value_or(0) != kApplicationId) {
    return Error{Errc::kInvalid,
                 "The database " + path + " is not Faultline's; name another file."};
  }
  auto version = first<std::int64_t>(**db, "PRAGMA user_version", {});
  if (!version) return version.error();
  return Looked{*std::move(db), static_cast<std::size_t>(version->value_or(0))};
}

Result<Examined> examine(const std::string& path) {
  auto looked = open_to_look(path);
  if (!looked) return looked.error();
  auto found = sql::first<std::string>(*looked->db, "PRAGMA quick_check(1)", {});
  if (!found) return found.error();
  auto damage = found->value_or("nothing was answered");
  return Examined{"sqlite:" + path, looked->version, migrations().size(),
                  damage == "ok" ? std::string() : damage};
}

std::size_t memory_used() { return static_cast<std::size_t>(sqlite3_memory_used()); }

}  // namespace store::sqlite
