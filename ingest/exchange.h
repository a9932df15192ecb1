#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "ingest/bodies.h"
#include "ingest/connection.h"
#include "ingest/http_client.h"

// One request and its answer over a connection (HTTP/1.1, RFC 9112).
namespace ingest {

struct Sent {
  std::string method = "GET";
  std::string target;  // path and query; the whole address where a proxy is asked
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
};

struct Message {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
  bool reusable = false;  // the connection can carry another request

  // The first field of that name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
  // All of them, separated by commas: one list (RFC 9110 section 5.3).
  std::string list(std::string_view name) const;
};

// What went wrong, for a sentence about it.
enum class Fault {
  kNone,
  kSending,
  kHeader,
  kLargeHeader,
  kInterim,
  kBody,
  kLargeBody,
  kChunks,
  kStalled,
  kNoTurn
};

// Interim answers (1xx) before the real one; more is an attack (RFC 9110 section 15.2).
inline constexpr int kMostInterim = 8;

struct Exchanged {
  Message message;
  Fault fault = Fault::kNone;
  bool silent = false;  // nothing came at all: a kept connection was closed in the meantime
  boost::system::error_code code;
};

// What an exchange may cost.
struct Allowance {
  const Limits& limits;
  SteadyTime& end;  // of all; moved by what was waited for other bodies
  Bodies& bodies;
  Bodies::Held& held;  // given back by the caller
};

net::awaitable<Exchanged> exchange(Connection& connection, const Sent& sent,
                                   const Allowance& allowed);

// "Not Found"; empty for what is no registered status (RFC 9110 section 15).
std::string reason_of(int status);

// CONNECT (RFC 9110 section 9.3.6): nothing when what follows goes to `authority` ("host:port"),
// else why it does not.
net::awaitable<std::optional<std::string>> tunnel(Connection& connection,
                                                  const std::string& authority,
                                                  const std::string& authorization);

}  // namespace ingest
