#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "store/postgres/url.h"

struct pg_conn;

namespace store::postgres {

// What comes into an index over words waits in a list of its own until somebody sorts it in, which
// is most of the work of an entry (GIN's pending list). The server lets the writer do it, whenever
// the list has 4 MB, or does it itself each minute. Here a session beside the writer's does it, as
// soon as a thousand entries wait, and nobody waits for that: the writer gets ahead, and searches
// find the list short. Where it cannot, all is as without it.
class Tidier {
 public:
  explicit Tidier(Place place) : place_(std::move(place)) {}

  // So many entries were given to the server.
  void wrote(std::size_t entries);
  // Whether it did not fail: the writer may leave the work to it.
  bool works() const { return works_; }

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  // Connected, and not at it any more.
  bool ready();
  void give_up();

  Place place_;
  std::unique_ptr<pg_conn, Close> connection_;
  std::size_t waiting_ = 0;
  bool asked_ = false;  // and the answer not read
  bool works_ = true;
};

}  // namespace store::postgres
