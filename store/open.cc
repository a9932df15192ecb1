#include "store/backup.h"
#include "store/check.h"
#include "store/examine.h"
#include "store/memory/store.h"
#include "store/postgres/backup.h"
#include "store/postgres/check.h"
#include "store/postgres/connect.h"
#include "store/postgres/examine.h"
#include "store/postgres/store.h"
#include "store/sql/retain.h"
#include "store/sql/url.h"
#include "store/sqlite/backup.h"
#include "store/sqlite/check.h"
#include "store/sqlite/connect.h"
#include "store/sqlite/examine.h"
#include "store/sqlite/store.h"
#include "store/store.h"

namespace store {

Result<std::unique_ptr<Store>> open_store(std::string_view url, bool read_only) {
  auto colon = url.find(':');
  auto scheme = url.substr(0, colon);
  if (colon != std::string_view::npos && scheme == "sqlite") {
    sqlite::Options options;
    options.read_only = read_only;
    return sqlite::open(std::string(url.substr(colon + 1)), options);
  }
  if (url == "memory:") return memory::open();
  if (scheme == "postgres" || scheme == "postgresql") {
    postgres::Options options;
    options.read_only = read_only;
    return postgres::open(url, options);
  }
  return model::Error{model::Errc::kInvalid,
                      "The database URL \"" + sql::without_password(url) +
                          "\" is of no kind we know; write sqlite:PATH, postgres://HOST/NAME or "
                          "memory:."};
}

namespace {

// A connection that writes to a database on disk or on a server.
Result<std::unique_ptr<sql::Db>> connect_to_write(std::string_view url) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) {
    auto path = std::string(url.substr(kSqlite.size()));
    if (auto ready = sqlite::prepare(path, {}); !ready) return ready.error();
    auto db = sqlite::connect(path, false, {});
    return db ? Result<std::unique_ptr<sql::Db>>(*std::move(db)) : db.error();
  }
  auto place = postgres::place_of(url);
  if (!place) return place.error();
  if (auto ready = postgres::prepare(*place, {}); !ready) return ready.error();
  auto db = postgres::Db::open(*place, postgres::Options().patience);
  return db ? Result<std::unique_ptr<sql::Db>>(*std::move(db)) : db.error();
}

}  // namespace

Result<Retained> retain(std::string_view url, const RetainOptions& options) {
  if (url == "memory:") return Retained{};
  auto there = examine(url);  // nothing is made where there is nothing
  if (!there) return there.error();
  auto db = connect_to_write(url);
  if (!db) return db.error();
  if (options.archive.empty() || options.dry_run) return sql::retain(**db, nullptr, options);
  auto archive = open_store(options.archive);
  return archive ? sql::retain(**db, archive->get(), options) : archive.error();
}

Result<Examined> examine(std::string_view url) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) return sqlite::examine(std::string(url.substr(kSqlite.size())));
  auto scheme = url.substr(0, url.find(':'));
  if (scheme == "postgres" || scheme == "postgresql") return postgres::examine(url);
  auto opened = open_store(url, true);
  return opened ? Result<Examined>(Examined{std::string(url), 0, 0, {}}) : opened.error();
}

std::size_t memory_of_sqlite() { return sqlite::memory_used(); }

Result<Checked> check(std::string_view url, const CheckOptions& options,
                      const std::function<void(const Trouble&)>& tell) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) {
    return sqlite::check(std::string(url.substr(kSqlite.size())), options, tell);
  }
  auto scheme = url.substr(0, url.find(':'));
  if (scheme == "postgres" || scheme == "postgresql") return postgres::check(url, options, tell);
  if (url == "memory:") {
    return model::Error{model::Errc::kInvalid,
                        "A database in memory is gone before it can be looked at; name one that "
                        "is kept."};
  }
  return open_store(url, true).error();  // of no kind we know
}

Status backup(std::string_view url, const std::string& file, const BackupOptions& options) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) {
    return sqlite::backup(std::string(url.substr(kSqlite.size())), file, options);
  }
  if (url.starts_with("postgres")) return postgres::backup(url, file, options);
  if (url == "memory:") {
    return model::Error{model::Errc::kInvalid,
                        "Of a database in memory there is nothing to keep; name one that is kept."};
  }
  return open_store(url, true).error();  // of no kind we know
}

std::string_view backup_suffix(std::string_view url) {
  return url.starts_with("sqlite:") ? ".db" : ".dump";
}

}  // namespace store
