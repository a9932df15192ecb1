#include "store/postgres/connect.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "store/postgres/examine.h"
#include "store/sql/rows.h"
#include "store/sql/store.h"

namespace store::postgres {
namespace {

using model::Errc;
using model::Error;

// Connections that read, at a time.
constexpr std::size_t kMostReaders = 8;

// What stands in the schema that the connection writes to.
struct Found {
  std::string schema;  // empty: there is none
  std::int64_t tables = 0;
  bool ours = false;
};
void read(sql::Rows& rows, Found& found) {
  found.schema = rows.text();
  found.tables = rows.integer();
  found.ours = rows.integer() != 0;
}

struct Version {
  std::int64_t number = 0;
  std::int64_t needs = 0;
};
void read(sql::Rows& rows, Version& version) {
  version.number = rows.integer();
  version.needs = rows.integer();
}

std::int64_t known() { return static_cast<std::int64_t>(migrations().size()); }

Result<Version> version_in(Db& db) {
  auto version = sql::first<Version>(
      db, "SELECT coalesce(max(number), 0), coalesce(max(needs), 0) FROM faultline_migrations", {});
  if (!version) return version.error();
  return version->value_or(Version{});
}

// 0: empty. kInvalid when it is not ours or too new.
Result<std::int64_t> version_of(Db& db, const Place& place) {
  auto found = sql::first<Found>(
      db,
      "SELECT coalesce(current_schema(), ''), count(relname), coalesce(bool_or(relname = "
      "'faultline_migrations'), FALSE) FROM pg_catalog.pg_namespace LEFT JOIN pg_catalog.pg_class "
      "ON "
      "relnamespace = pg_namespace.oid AND relkind IN ('r', 'p', 'v', 'm', 'f') WHERE nspname = "
      "current_schema()",
      {});
  if (!found) return found.error();
  if (!*found || (*found)->schema.empty()) {
    return Error{Errc::kInvalid, fmt::format("The {} has no schema of those in its search_path; "
                                             "create one first (CREATE SCHEMA).",
                                             place.name)};
  }
  if ((*found)->ours) return fit_version(db, place);
  if ((*found)->tables == 0) return std::int64_t{0};
  return Error{Errc::kInvalid,
               fmt::format("The schema {} of the {} belongs to another program and was left as it "
                           "is; name another database, or another schema "
                           "(?options=-csearch_path%3DNAME).",
                           (*found)->schema, place.name)};
}

// In the transaction of all of them: none is applied in part.
Status apply(Db& db, const Place& place) {
  auto done = db.exec("BEGIN");
  if (done) done = db.lock();
  if (!done) return done;
  auto version = version_of(db, place);
  if (!version) return version.error();
  if (*version == 0) {
    done = db.exec(
        "CREATE TABLE faultline_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, needs "
        "INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())");
  }
  for (auto number = *version + 1; done && number <= known(); ++number) {
    const auto& file = migrations()[static_cast<std::size_t>(number - 1)];
    done = db.exec(std::string(file.bytes));
    if (!done) break;
    done = db.run("INSERT INTO faultline_migrations (number, name, needs) VALUES (?, ?, ?)",
                  {number, file.name, needs_of(file)});
  }
  if (!done) return done;
  return db.commit();
}

Error is_empty(const Place& place) {
  return {Errc::kNotFound,
          fmt::format("The {} is empty; ingest something into it first.", place.name)};
}

class PostgresConnector final : public sql::Connector {
 public:
  PostgresConnector(Place place, const Options& options)
      : place_(std::move(place)), options_(options) {}

  Result<std::unique_ptr<sql::Db>> connect(bool /*read_only*/) override {
    auto db = Db::open(place_, options_.patience);
    if (!db) return db.error();
    return std::unique_ptr<sql::Db>(*std::move(db));
  }

 private:
  Place place_;
  Options options_;
};

}  // namespace

std::int64_t needs_of(const model::EmbeddedFile& migration) {
  constexpr std::string_view kNeeds = "-- needs ";
  std::string_view text = migration.bytes;
  std::int64_t out = 0;
  if (text.starts_with(kNeeds)) {
    text.remove_prefix(kNeeds.size());
    std::from_chars(text.data(), text.data() + text.size(), out);
  }
  return out;
}

Result<std::int64_t> fit_version(Db& db, const Place& place) {
  auto version = version_in(db);
  if (!version) return version.error();
  if (version->needs <= known()) return version->number;
  return Error{
      Errc::kInvalid,
      fmt::format("The {} was written by a newer Faultline: it has version {}, which programs that "
                  "know version {} or newer can use, and this program knows versions up to {}; use "
                  "the newer program.",
                  place.name, version->number, version->needs, known())};
}

Status prepare(const Place& place, const Options& options) {
  auto db = Db::open(place, options.patience);
  if (!db) return db.error();
  auto version = version_of(**db, place);
  if (!version) return version.error();
  if (*version >= known()) return {};
  if (!options.read_only) return apply(**db, place);
  if (*version == 0) return is_empty(place);
  return Error{Errc::kInvalid,
               fmt::format("The {} has version {}, this program needs version {}; open it for "
                           "writing once, which brings it up to date.",
                           place.name, *version, known())};
}

Result<Examined> examine(std::string_view url) {
  auto place = place_of(url);
  if (!place) return place.error();
  auto db = Db::open(*place, Options().patience);
  if (!db) return db.error();
  auto version = version_of(**db, *place);
  if (!version) return version.error();
  if (*version == 0) return is_empty(*place);
  return Examined{place->name, static_cast<std::size_t>(*version), migrations().size(), {}};
}

Result<std::unique_ptr<Store>> open(std::string_view url, const Options& options) {
  auto place = place_of(url);
  if (!place) return place.error();
  if (auto ready = prepare(*place, options); !ready) return ready.error();
  return sql::make_store(std::make_unique<PostgresConnector>(*place, options), "The " + place->name,
                         {options.read_only, options.patience, kMostReaders});
}

}  // namespace store::postgres
