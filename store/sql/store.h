#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "store/sql/db.h"
#include "store/store.h"

namespace store::sql {

// Gives connections to one database. For several threads.
class Connector {
 public:
  virtual ~Connector() = default;
  virtual Result<std::unique_ptr<Db>> connect(bool read_only) = 0;
};

struct Options {
  bool read_only = false;
  // How long to wait for another writer of this program.
  std::chrono::milliseconds patience = std::chrono::seconds(10);
  std::size_t most_readers = 1024;  // connections at a time; who comes then waits
};

// A store over a database that is up to date. `name` is what messages call it.
std::unique_ptr<Store> make_store(std::unique_ptr<Connector> connector, const std::string& name,
                                  const Options& options);

}  // namespace store::sql
