#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace app {

// SIGINT and SIGTERM as a wish to stop in good order, SIGHUP as one to read the configuration anew.
// Make it before any other thread: they inherit that the signals are blocked, so that only this one
// takes them. A second signal ends the program.
class StopSignal {
 public:
  // `on_stop` is called once, in a thread of its own.
  // `on_reload` each time that it is wished; without it SIGHUP is let pass.
  explicit StopSignal(std::function<void()> on_stop, std::function<void()> on_reload = {});
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  bool requested() const { return requested_; }
  // Whether it was requested so long ago.
  bool requested_for(std::chrono::milliseconds time) const;

 private:
  void wait(const std::function<void()>& on_stop, const std::function<void()>& on_reload);

  std::atomic<bool> requested_ = false, ended_ = false;
  std::atomic<std::chrono::steady_clock::time_point> requested_at_{};
  std::thread thread_;
};

}  // namespace app
