#include "store/sqlite/examine.h"

#include <filesystem>

#include "store/sql/columns.h"
#include "store/sql/rows.h"
#include "store/sqlite/db.h"
#include "store/sqlite/store.h"

namespace store::sqlite {

using model::Errc;
using model::Error;

Result<Examined> examine(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) {
    return Error{Errc::kNotFound,
                 "There is no database at " + path + "; ingest something into it first."};
  }
  auto db = Db::open(path, Db::Mode::kRead, Options().patience);
  if (!db) return db.error();
  using sql::first;
  auto application = first<std::int64_t>(**db, "PRAGMA application_id", {});
  if (!application) return application.error();
  if (application->value_or(0) != kApplicationId) {
    return Error{Errc::kInvalid,
                 "The database " + path + " is not Faultline's; name another file."};
  }
  auto version = first<std::int64_t>(**db, "PRAGMA user_version", {});
  if (!version) return version.error();
  auto found = first<std::string>(**db, "PRAGMA quick_check(1)", {});
  if (!found) return found.error();
  auto damage = found->value_or("nothing was answered");
  return Examined{"sqlite:" + path, static_cast<std::size_t>(version->value_or(0)),
                  migrations().size(), damage == "ok" ? std::string() : damage};
}

}  // namespace store::sqlite
