#pragma once

#include <chrono>
#include <list>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ingest {

// So many at a time, the others wait in line. For the coroutines of one thread.
class Turns {
 public:
  Turns(boost::asio::io_context& context, int free) : context_(context), free_(free) {}

  // True: it is our turn, to be given back. False: `until` has come.
  boost::asio::awaitable<bool> take(std::chrono::steady_clock::time_point until) {
    if (free_ > 0) {
      --free_;
      co_return true;
    }
    Waiting self{boost::asio::steady_timer(context_, until)};
    auto place = line_.insert(line_.end(), &self);
    boost::system::error_code ignored;
    co_await self.timer.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    if (!self.called) line_.erase(place);
    co_return self.called;
  }
  void give_back() {
    if (line_.empty()) {
      ++free_;
      return;
    }
    auto* first = line_.front();
    line_.pop_front();
    first->called = true;
    first->timer.cancel();
  }
  bool idle(int all) const { return free_ == all; }

 private:
  struct Waiting {
    boost::asio::steady_timer timer;
    bool called = false;
  };
  boost::asio::io_context& context_;
  int free_;
  std::list<Waiting*> line_;
};

}  // namespace ingest
