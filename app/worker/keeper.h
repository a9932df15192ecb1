#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <nats/nats.h>

namespace app::worker {

// Gives word of all deliveries that live, so that the server does not give them to others.
class Keeper {
 public:
  explicit Keeper(std::chrono::seconds lease)
      : every_(std::max<std::chrono::milliseconds>(lease / 3, std::chrono::milliseconds(500))),
        thread_([this] { work(); }) {}
  ~Keeper() {
    {
      std::lock_guard lock(mutex_);
      ended_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  void add(natsMsg* message, std::chrono::seconds silence) {
    std::lock_guard lock(mutex_);
    kept_[message] = {silence, std::chrono::steady_clock::now()};
  }
  // Nothing where it is kept no more.
  void touch(natsMsg* message) {
    std::lock_guard lock(mutex_);
    auto found = kept_.find(message);
    if (found != kept_.end()) found->second.touched = std::chrono::steady_clock::now();
  }
  void remove(natsMsg* message) {
    std::lock_guard lock(mutex_);
    kept_.erase(message);
  }

 private:
  struct Kept {
    std::chrono::seconds silence{};
    std::chrono::steady_clock::time_point touched;
  };
  void work() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, every_, [this] { return ended_; })) {
      auto now = std::chrono::steady_clock::now();
      for (const auto& [message, kept] : kept_) {
        if (now - kept.touched < kept.silence) natsMsg_InProgress(message, nullptr);
      }
    }
  }

  std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<natsMsg*, Kept> kept_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace app::worker
