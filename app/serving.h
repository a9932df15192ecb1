#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/App.hpp>

#include "app/context.h"
#include "app/http_server.h"
#include "app/meter.h"
#include "app/serve/security_txt.h"
#include "app/serve/service.h"
#include "store/store.h"

namespace app {

// How pages and API are served: options that `serve` and `demo --serve` share.
struct ServingOptions {
  std::string listen = "127.0.0.1:8080";
  std::string public_url;  // with a slash at its end; empty: where it listens
  std::string zone = "UTC";
  bool only_readers = false;
  bool behind_proxy = false;
  std::size_t rate = 50;
  serve::SecurityContact security;
};
void add_serving_options(CLI::App& options, ServingOptions& into);

// What of them cannot be, in one sentence; empty: all can.
std::string objection(const ServingOptions& options);

// What answers HTTP requests for a store, and where: pages, API and exports. `follow_up` works out
// what follows from a write.
struct Serving {
  std::unique_ptr<serve::Service> service;
  std::unique_ptr<HttpServer> server;
};
// `before` is asked first, for what is none of the pages' affair; empty: nothing is. Errors: kIo
// where it cannot listen, kInvalid for --now. `meter` is told by /metrics, where it is not null.
struct Before {
  std::string_view path;  // whatever begins with it
  HttpHandler handler;
};
model::Result<Serving> begin_serving(store::Store& store, const ServingOptions& options,
                                     const Context& context,
                                     std::function<model::Status(store::Store&)> follow_up,
                                     std::optional<Before> before, const Meter* meter = nullptr);

// Serves what is in the store until it is told to stop; says on stderr where, with `path` behind
// it. The exit code.
int serve_store(store::Store& store, const ServingOptions& options, const Context& context,
                const std::string& path = {});

}  // namespace app
