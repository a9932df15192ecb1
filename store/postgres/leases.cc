#include "store/postgres/leases.h"

#include <cctype>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace store::postgres {
namespace {

// "FLTN", under which writers lock (db.cc), and "FLTL" for leases.
constexpr std::int64_t kWriters = 0x464C544E, kLeases = 0x464C544C;

// Sessions that hold one of our locks while no session of the same worker did anything for so long.
constexpr std::string_view kEndQuiet =
    "SELECT count(pg_terminate_backend(quiet.pid)) FROM (SELECT DISTINCT held.pid FROM pg_locks "
    "held "
    "JOIN pg_stat_activity own ON own.pid = held.pid "
    "WHERE held.locktype = 'advisory' AND held.granted AND held.classid::bigint IN (?, ?) "
    "AND own.datname = current_database() AND own.usename = current_user "
    "AND own.application_name LIKE 'faultline worker %' AND NOT EXISTS (SELECT 1 FROM "
    "pg_stat_activity alive WHERE alive.application_name = own.application_name AND "
    "alive.state_change > clock_timestamp() - make_interval(secs => ?))) quiet";

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = std::isalnum(byte) != 0 || c == '-' || c == '.';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace

std::string worker_url(std::string_view url, std::string_view name) {
  std::string out(url);
  out += url.find('?') == std::string_view::npos ? '?' : '&';
  return out + "application_name=" + escaped(std::string(kWorkerPrefix) + std::string(name)) +
         "&keepalives_idle=10&keepalives_interval=5&keepalives_count=4&tcp_user_timeout=30000";
}

Result<std::unique_ptr<Leases>> Leases::open(std::string_view url, std::chrono::seconds quiet) {
  auto place = place_of(url);
  if (!place) return place.error();
  std::unique_ptr<Leases> out(new Leases(*std::move(place), quiet));
  if (auto done = out->connect(); !done) return done.error();
  return out;
}

Status Leases::connect() {
  if (db_ != nullptr && db_->alive()) return {};
  held_.clear();
  db_.reset();
  auto db = Db::open(place_, std::chrono::seconds(10));
  if (!db) return db.error();
  db_ = *std::move(db);
  return {};
}

Result<std::int64_t> Leases::ask(std::string_view sql, const sql::Values& values) {
  if (auto done = connect(); !done) return done.error();
  auto rows = db_->rows(sql, values);
  std::int64_t out = rows->next() ? rows->integer() : 0;
  if (auto status = rows->status(); !status) {
    db_.reset();
    held_.clear();
    return status.error();
  }
  return out;
}

Status Leases::give_back_unasked() {
  auto now = std::chrono::steady_clock::now();
  std::vector<std::string> unasked;
  for (const auto& [lease, until] : held_) {
    if (until < now) unasked.push_back(lease);
  }
  for (auto& lease : unasked) {
    held_.erase(lease);
    auto freed = ask("SELECT pg_advisory_unlock(?, hashtext(current_schema() || ?))",
                     {kLeases, std::move(lease)});
    if (!freed) return freed.error();
  }
  return {};
}

Result<std::int64_t> Leases::beat() {
  std::lock_guard lock(mutex_);
  if (auto done = give_back_unasked(); !done) return done.error();
  return ask(kEndQuiet, {kWriters, kLeases, quiet_.count()});
}

Result<bool> Leases::take(std::string_view lease, std::chrono::seconds time) {
  std::lock_guard lock(mutex_);
  if (auto done = connect(); !done) return done.error();
  auto until = std::chrono::steady_clock::now() + time;
  if (auto held = held_.find(lease); held != held_.end()) {
    held->second = until;
    return true;
  }
  auto got = ask("SELECT pg_try_advisory_lock(?, hashtext(current_schema() || ?))",
                 {kLeases, std::string(lease)});
  if (!got) return got.error();
  if (*got == 1) held_.emplace(lease, until);
  return *got == 1;
}

}  // namespace store::postgres
