#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/http_server.h"
#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/store.h"

namespace app::serve {

struct ServiceOptions {
  store::Store* store = nullptr;
  // Works out what follows from a write: correlation.
  std::function<model::Status(store::Store&)> follow_up;
  std::string base;              // how it is reached from outside, with a slash at its end
  std::string zone = "UTC";      // what pages show times in
  bool only_readers = false;     // nothing is public: each request needs a token
  bool behind_proxy = false;     // X-Forwarded-For and X-Forwarded-Proto are a proxy's of ours
  std::size_t rate = 50;         // requests a second from one address, over a minute; 0: any number
  std::size_t streams = 10'000;  // of changes, open at a time
  std::string security;          // of /.well-known/security.txt; empty: there is none
  // What /metrics has besides, in Prometheus' text format; empty: nothing. For several threads.
  std::function<std::string()> more_metrics;
  std::optional<model::Instant> now;  // stands still; none: the machine's clock
};

// What answers HTTP requests: finds the route, says who asks, holds them to their limits, keeps
// answers until something changes, and tells of changes. For several threads.
class Service {
 public:
  static model::Result<std::unique_ptr<Service>> make(ServiceOptions options);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  HttpHandler handler();
  // Where it came to listen, when `base` was left empty. Before the first request.
  void set_base(std::string base);
  // Requests a second from one address, from now on; 0: any number.
  void set_rate(std::size_t rate);

 private:
  class Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app::serve
