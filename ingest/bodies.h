#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <malloc.h>

#include "ingest/turns.h"

namespace ingest {

// Bodies that are held in memory at a time: most are small and not counted; of the large ones there
// are `at_a_time`, and one of them may be huge. The others' servers wait, which does not count
// against the time of their fetches.
class Bodies {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  // Of 4 MB and less there are many; more is an archive, or an attack.
  static constexpr std::size_t kHuge = 4U << 20U;
  // Servers give up sending after a minute or so.
  static constexpr auto kLongestWait = std::chrono::seconds(60);

  // What a fetch has of it.
  struct Held {
    bool large = false, huge = false;
  };

  Bodies(boost::asio::io_context& context, std::size_t small, int at_a_time)
      : small_(small), large_(context, at_a_time), huge_(context, 1) {}

  // Whether a fetch that has `held` need not wait to hold so many bytes.
  bool fits(std::size_t size, const Held& held) const {
    return (held.large || size <= small_) && (held.huge || size <= kHuge);
  }
  // Waits until `size` bytes may be held, and moves `end` by as much. False: it took too long.
  boost::asio::awaitable<bool> take(std::size_t size, Held& held, SteadyTime& end) {
    auto since = std::chrono::steady_clock::now();
    if (!held.large && size > small_) held.large = co_await large_.take(since + kLongestWait);
    // Who waits for this has the other one: nobody waits in a circle.
    if (held.large && !held.huge && size > kHuge) {
      held.huge = co_await huge_.take(since + kLongestWait);
#ifdef __GLIBC__
      malloc_trim(0);  // what others freed makes room for it
#endif
    }
    end += std::chrono::steady_clock::now() - since;
    co_return fits(size, held);
  }
  void give_back(Held& held) {
    if (held.huge) huge_.give_back();
    if (held.large) large_.give_back();
    held = {};
  }

  std::size_t small() const { return small_; }

 private:
  std::size_t small_;
  Turns large_, huge_;
};

}  // namespace ingest
