#pragma once

#include <any>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"

namespace app {

struct HttpRequest {
  std::string method;  // in capitals, as sent
  std::string path;    // as sent, without the query
  std::string query;   // as sent, without "?"
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
  std::string peer;  // the address it came from, without the port
  // X-Request-Id as it was sent, if it is of 1 to 128 letters, digits and "-_.:+/=@"; else made
  // here. The answer has it too.
  std::string id{};
  std::any noted{};  // what HttpHandler::prepare left for the calls behind it

  // The first field of this name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
};

// What is sent as it comes, after an answer's header: server-sent events. For several threads; may
// be kept for longer than the server, and then takes nothing.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  // Sends these bytes after those before. False when the peer has gone, or reads so slowly that
  // kMostWaiting bytes wait for it already: then it is closed, and may come back.
  virtual bool send(std::shared_ptr<const std::string> bytes) = 0;
  static constexpr std::size_t kMostWaiting = 256U << 10U;
};

struct HttpAnswer {
  int status = 200;
  std::string body{};
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> fields{};
  std::shared_ptr<const std::string> shared_body{};  // instead of `body`: one for many answers
  // Where set, no body is sent, and the connection stays open for what is sent over the stream.
  // Called once, when the header is out.
  std::function<void(const std::shared_ptr<HttpStream>&)> stream{};

  const std::string& bytes() const { return shared_body ? *shared_body : body; }
};

// What answers.
struct HttpHandler {
  // How large a body this request may have, from its header alone: 0 for none. Must not block.
  std::function<std::size_t(const HttpRequest&)> body_limit;
  // May block where the server has workers; without them it is called in the server's one thread.
  std::function<HttpAnswer(const HttpRequest&)> answer;
  // What is known already, asked first where it is set: nothing when work is needed. Must not
  // block.
  std::function<std::optional<HttpAnswer>(const HttpRequest&)> at_once{};
  // Told of each answer before it is sent, and how long it took to make. Must not block.
  std::function<void(const HttpRequest&, const HttpAnswer&, std::chrono::nanoseconds)> done{};
  // Asked first, where it is set, of a request that has a body: a status with which it is refused
  // unread, from its header alone; 0: it is not. May block, as answer() may.
  std::function<int(HttpRequest&)> prepare{};
  // Told of the address, with the port that was taken, before the first request is read.
  std::function<void(const std::string& address)> listening{};
};

struct HttpLimits {
  std::size_t header = 16U << 10U;
  std::size_t connections = 256;
  std::chrono::milliseconds idle{30'000};   // between requests of a connection
  std::chrono::milliseconds whole{20'000};  // from a request's first byte to its last
  std::size_t threads = 1;                  // that read and write
  std::size_t workers = 0;                  // that answer; 0: those that read do
};

// An HTTP/1.1 server: a coroutine a connection. TLS is the affair of the proxy before it. What is
// broken, or could be read in two ways (RFC 9112 sections 3.2 and 6.3), is answered with 400, 413,
// 431, 501 or 505 and ends its connection; what takes too long ends it at once.
class HttpServer {
 public:
  // `address` is "127.0.0.1:8080" or "[::1]:8080"; port 0 takes a free one. kInvalid for what is no
  // address, kIo (in use, not this machine's, not allowed).
  static model::Result<std::unique_ptr<HttpServer>> listen(const std::string& address,
                                                           HttpHandler handler,
                                                           HttpLimits limits = {});
  ~HttpServer();  // answers under way are cut off
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string address() const;  // with the port that was taken

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string http_date(model::Instant at);

// As many open sockets as the system allows this process: each connection is one.
void allow_many_sockets();

}  // namespace app
