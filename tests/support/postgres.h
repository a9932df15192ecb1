#pragma once

#include <memory>
#include <optional>
#include <string>

struct pg_conn;

namespace support {

// Why rows of tests that need a server are passed over.
inline constexpr const char* kNoPostgres =
    "no PostgreSQL server: run this through ctest, or name one in FAULTLINE_TEST_POSTGRES";

// The server that ctest started (tests/support/postgres.py) or FAULTLINE_TEST_POSTGRES names; by
// `secret` one that asks for a password, where there is one. Nothing: there is none.
std::optional<std::string> postgres_url(bool secret = false);

// A connection of the test's own.
class Postgres {
 public:
  explicit Postgres(const std::string& url);
  ~Postgres();
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  void exec(const std::string& sql) { ask(sql); }
  // The first column of the last statement's rows, joined by "|". Throws with the server's words.
  std::string ask(const std::string& sql);

 private:
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
};

// An empty schema of this test's own, gone with the object. Only where there is a server.
class PostgresSchema {
 public:
  PostgresSchema();
  ~PostgresSchema();
  PostgresSchema(const PostgresSchema&) = delete;
  PostgresSchema& operator=(const PostgresSchema&) = delete;

  const std::string& name() const { return name_; }
  std::string url() const;

 private:
  std::string name_;
};

}  // namespace support
