#include "tests/support/postgres.h"

#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace support {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

std::optional<std::string> postgres_url(bool secret) {
  if (auto url = environment("FAULTLINE_TEST_POSTGRES"); !url.empty()) return url;
  std::ifstream file(environment("FAULTLINE_TEST_POSTGRES_FILE"));
  std::string url;
  if (!std::getline(file, url)) return std::nullopt;
  if (secret) std::getline(file, url);
  return url;
}

Postgres::Postgres(const std::string& url) : connection_(PQconnectdb(url.c_str()), PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

Postgres::~Postgres() = default;

std::string Postgres::ask(const std::string& sql) {
  std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_.get(), sql.c_str()),
                                                        PQclear);
  auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
  std::string out;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    if (row > 0) out += '|';
    out += PQgetvalue(result.get(), row, 0);
  }
  return out;
}

PostgresSchema::PostgresSchema()
    : name_(fmt::format("faultline_test_{:08x}", std::random_device()())) {
  Postgres(postgres_url().value()).exec("CREATE SCHEMA " + name_);
}

PostgresSchema::~PostgresSchema() {
  try {
    Postgres(postgres_url().value()).exec("DROP SCHEMA " + name_ + " CASCADE");
  } catch (const std::exception&) {
    // The server is gone, and the schema with it.
    return;
  }
}

std::string PostgresSchema::url() const {
  auto url = postgres_url().value();
  return url + (url.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" +
         name_;
}

}  // namespace support
