#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "ingest/bodies.h"
#include "ingest/connection.h"
#include "ingest/exchange.h"
#include "ingest/fetcher.h"
#include "ingest/lookup.h"
#include "ingest/robots.h"
#include "ingest/target.h"
#include "ingest/turns.h"

namespace ingest {

// Connections that wait for their next request.
class Parking {
 public:
  void park(std::string key, std::shared_ptr<Connection> connection, SteadyTime until);
  std::shared_ptr<Connection> take(const std::string& key);  // null: none

 private:
  struct Parked {
    std::string key;
    std::shared_ptr<Connection> connection;
    SteadyTime until;
  };
  std::deque<Parked> parked_;  // the longest waiting first
};

// What a Fetcher does, in coroutines of one thread.
class Engine {
 public:
  // `context` outlives it.
  Engine(std::shared_ptr<net::io_context> context, FetcherOptions options);

  net::awaitable<Fetched> fetch(const Request& request);

 private:
  struct Host {
    explicit Host(net::io_context& context, int per_host) : turns(context, per_host) {}
    Turns turns;
    SteadyTime closed_until{};  // it asked to be left alone
    int users = 0;              // coroutines that refer to it
  };
  // What a fetch has of what all share.
  struct Share {
    Bodies::Held held;
    bool seat = false;  // for the answer, which is in memory
  };
  // What the hops of one fetch share.
  struct Trip {
    const Request& request;
    std::string first_host, first_port;  // what was typed
    std::optional<SteadyTime> end;       // from the first turn on
    Share share;
  };
  struct Answer {
    Message message;
    std::optional<model::Error> error;
    std::chrono::seconds held_for{0};  // > 0: was not asked
  };
  struct Opened {
    std::shared_ptr<Connection> connection;
    std::optional<model::Error> error;
  };
  struct Rules {
    Robots robots;
    SteadyTime until;
  };

  net::awaitable<void> follow(const Request& request, Trip& trip, Fetched& out);
  net::awaitable<void> follow_all(const Request& request, Trip& trip, Fetched& out);
  // One hop: waits for the host's turn, asks, minds what it says of coming back.
  net::awaitable<Answer> hop(const Target& target, Trip& trip, const Sent& sent);
  net::awaitable<Answer> ask_in_turn(const Target& target, Trip& trip, const Sent& sent);
  void give_back(Share& share);
  net::awaitable<Answer> ask(const Target& target, Trip& trip, const Sent& sent);
  net::awaitable<Opened> open(const Target& target, const Trip& trip);
  // TLS over it, through the proxy where there is one.
  net::awaitable<Opened> secure(const Target& target, std::shared_ptr<Connection> connection,
                                const Proxy* proxy);
  net::awaitable<bool> robots_allow(const Target& target, Trip& trip);
  // Undoes content codings; what grows large waits for its turn.
  net::awaitable<void> unpack(Message& message, Trip& trip, Fetched& out);

  bool is_typed(const Target& target, const Trip& trip) const;
  // What can be told without a look-up, which the proxy makes for us.
  bool names_private(const Target& target, const Trip& trip) const;
  Sent sent_to(const Target& target, const Request& request) const;
  Host& host_of(const std::string& name);
  void leave(const std::string& name, Host& host);
  net::ssl::context& tls();

  std::shared_ptr<net::io_context> context_;
  FetcherOptions options_;
  Lookup lookup_;
  Bodies bodies_;
  Turns seats_;  // of fetches that have a connection or an answer
  Parking parking_;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Rules> rules_;  // by origin
  std::unique_ptr<net::ssl::context> tls_;
};

}  // namespace ingest
