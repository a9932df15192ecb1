#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/model/result.h"

namespace app {

struct HttpRequest {
  std::string method;  // in capitals, as sent
  std::string path;    // as sent, without the query
  std::string query;   // as sent, without "?"
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;

  // The first field of this name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> fields;
};

// What answers. Both are called in the server's one thread and must not block.
struct HttpHandler {
  // How large a body this request may have, from its header alone: 0 for none.
  std::function<std::size_t(const HttpRequest&)> body_limit;
  std::function<HttpAnswer(const HttpRequest&)> answer;
};

struct HttpLimits {
  std::size_t header = 16U << 10U;
  std::size_t connections = 256;
  std::chrono::milliseconds idle{30'000};   // between requests of a connection
  std::chrono::milliseconds whole{20'000};  // from a request's first byte to its last
};

// A small HTTP/1.1 server: coroutines in a thread of its own. TLS is the affair of the proxy before
// it. What
// is broken is answered with 400, 413, 431 or 505 and ends its connection; what takes too long ends
// it at once.
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

}  // namespace app
