#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>

namespace ingest {

namespace net = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;

// A TCP connection, with TLS over it when encrypt() was called. Every wait on it ends at a point in
// time, by closing the socket: for servers that do not answer, and for those that answer slowly.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using TlsStream = net::ssl::stream<net::ip::tcp::socket&>;

  explicit Connection(net::io_context& context) : socket_(context), watch_(context) {}

  // From now on it is given up at `end`.
  void until(SteadyTime end);
  bool late() const { return late_; }  // it was given up

  // Tries one after the other, each for its share of the time until `end`: one that does not answer
  // does not hide the next.
  net::awaitable<boost::system::error_code> connect(
      const std::vector<net::ip::tcp::endpoint>& endpoints, SteadyTime end);
  // Nothing came that was not asked for, not its end either: it can be used again.
  bool is_quiet();
  // Checks the certificate and that it is `host`'s. verdict() says what was wrong with it.
  net::awaitable<boost::system::error_code> encrypt(net::ssl::context& settings,
                                                    const std::string& host);
  long verdict() const;
  void close();

  net::ip::tcp::socket& socket() { return socket_; }
  TlsStream* tls() { return tls_.get(); }  // null: none

 private:
  net::ip::tcp::socket socket_;
  std::unique_ptr<TlsStream> tls_;
  net::steady_timer watch_;
  bool late_ = false;
};

// What all TLS connections share: the system's authorities, TLS 1.2 or newer.
std::unique_ptr<net::ssl::context> tls_settings();

}  // namespace ingest
