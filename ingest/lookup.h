#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/thread_pool.hpp>

#include "ingest/connection.h"
#include "store/model/result.h"

namespace ingest {

// Name → addresses, as text, in the order of preference. kIo when the name is not known.
using Resolve = std::function<model::Result<std::vector<std::string>>(const std::string& host)>;

// What getaddrinfo says.
model::Result<std::vector<std::string>> resolve_by_system(const std::string& host);

// Looks names up in threads of its own, because getaddrinfo blocks and cannot be called off: a name
// server that hangs holds up one of them, until the system gives up, and nothing else.
class Lookup {
 public:
  Lookup(net::io_context& context, Resolve resolve);
  ~Lookup();
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

  // kTimeout when `until` has come. An address in text is itself.
  net::awaitable<model::Result<std::vector<net::ip::address>>> find(const std::string& host,
                                                                    SteadyTime until);

 private:
  net::io_context& context_;
  Resolve resolve_;
  net::thread_pool threads_;
};

}  // namespace ingest
