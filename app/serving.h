#pragma once

#include <string>

#include <CLI/App.hpp>

#include "app/context.h"
#include "app/serve/security_txt.h"
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

// Serves what is in the store until it is told to stop; says on stderr where, with `path` behind
// it. The exit code.
int serve_store(store::Store& store, const ServingOptions& options, const Context& context,
                const std::string& path = {});

}  // namespace app
