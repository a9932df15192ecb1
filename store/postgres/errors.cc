#include "store/postgres/errors.h"

#include <fmt/format.h>

namespace store::postgres {
namespace {

using model::Errc;
using model::Error;

constexpr int kOldest = 130'000;

// What a message is about: its first line, without where it came from.
std::string_view gist(std::string_view message) {
  message = message.substr(0, message.find('\n'));
  constexpr std::string_view kFailed = " failed: ";
  if (auto failed = message.find(kFailed); failed != std::string_view::npos) {
    message.remove_prefix(failed + kFailed.size());
  }
  for (std::string_view severity : {"FATAL:  ", "ERROR:  "}) {
    if (message.starts_with(severity)) message.remove_prefix(severity.size());
  }
  return message;
}

bool says(std::string_view message, std::string_view what) {
  return message.find(what) != std::string_view::npos;
}

}  // namespace

Error unreachable(const Place& place, PGconn* connection) {
  auto why = gist(PQerrorMessage(connection));
  if (PQconnectionNeedsPassword(connection) != 0 || says(why, "password authentication failed") ||
      says(why, "no password supplied")) {
    return {Errc::kIo, fmt::format("The {} refused the user {}: the password is wrong or missing; "
                                   "put the right one into the URL or into ~/.pgpass.",
                                   place.name, place.user)};
  }
  if (says(why, "SSL") || says(why, "certificate") || says(why, "no encryption")) {
    return {Errc::kIo, fmt::format("The {} and this program do not agree on TLS ({}); set sslmode "
                                   "and sslrootcert in the URL to what the server offers.",
                                   place.name, why)};
  }
  if (says(why, "database") && says(why, "does not exist")) {
    return {Errc::kNotFound, fmt::format("There is no {}; create it first (createdb {}).",
                                         place.name, place.database)};
  }
  if (says(why, "too many clients") || says(why, "remaining connection slots")) {
    return {Errc::kIo, fmt::format("The {} has no connection left; stop other programs or raise "
                                   "max_connections.",
                                   place.name)};
  }
  return {Errc::kIo, fmt::format("The {} cannot be reached ({}); check that the server runs, and "
                                 "host, port and user in the URL.",
                                 place.name, why)};
}

Error lost(const Place& place) {
  return {Errc::kIo, fmt::format("The connection to the {} was lost; see that the server runs and "
                                 "try again, which connects anew.",
                                 place.name)};
}

Error refused(const Place& place, const PGresult* result) {
  auto state = state_of(result);
  const char* field = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string_view why = field != nullptr ? field : "no reason given";
  auto what = "The " + place.name;
  if (ends_connection(state)) return lost(place);
  if (state == "55P03") {
    return {Errc::kIo, what + " is locked by another program; wait for it to finish or stop it."};
  }
  if (state.starts_with("23") || state.starts_with("22") || state.starts_with("54")) {
    return {Errc::kConflict, fmt::format("{} refused a record ({}).", what, why)};
  }
  if (state.starts_with("XX00")) {
    return {Errc::kCorrupt,
            fmt::format("{} is damaged ({}); restore it from a backup.", what, why)};
  }
  if (state == "42501") {
    return {Errc::kIo, fmt::format("{} does not let the user {} do this ({}); grant the right or "
                                   "name another user.",
                                   what, place.user, why)};
  }
  if (state == "25006") {
    return {Errc::kIo, fmt::format("{} is read-only ({}); name the primary server.", what, why)};
  }
  if (state.starts_with("53")) {
    return {Errc::kIo, fmt::format("{} has run out of something ({}); make room.", what, why)};
  }
  return {Errc::kIo, fmt::format("{} could not be used ({}); see the server's log.", what, why)};
}

std::string_view state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

bool ends_connection(std::string_view state) {
  return state.starts_with("57P0") || state.starts_with("08");
}

model::Status check_server(const Place& place, int version) {
  if (version >= kOldest) return {};
  return Error{
      Errc::kInvalid,
      fmt::format("The {} runs on a server of version {}; Faultline needs PostgreSQL {} or "
                  "newer.",
                  place.name, version / 10'000, kOldest / 10'000)};
}

}  // namespace store::postgres
