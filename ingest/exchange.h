#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "ingest/connection.h"
#include "ingest/http_client.h"
#include "ingest/turns.h"

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
};

// What went wrong, for a sentence about it.
enum class Fault { kNone, kSending, kHeader, kLargeHeader, kBody, kLargeBody, kStalled, kNoTurn };

struct Exchanged {
  Message message;
  Fault fault = Fault::kNone;
  bool silent = false;  // nothing came at all: a kept connection was closed in the meantime
  boost::system::error_code code;
};

struct Bounds {
  const Limits& limits;
  SteadyTime end;     // of all
  std::size_t small;  // bodies above take a turn of `large`
  Turns& large;
  bool& has_turn;  // set when it was taken; given back by the caller
};

net::awaitable<Exchanged> exchange(Connection& connection, const Sent& sent, const Bounds& bounds);

// "Not Found"; empty for what is no registered status (RFC 9110 section 15).
std::string reason_of(int status);

// CONNECT (RFC 9110 section 9.3.6): true when what follows goes to `authority` ("host:port").
net::awaitable<bool> tunnel(Connection& connection, const std::string& authority,
                            const std::string& authorization);

}  // namespace ingest
