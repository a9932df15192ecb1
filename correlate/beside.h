#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "correlate/follow.h"

namespace correlate {

// Passes on what a follower is told, in the same order; between run_beside() and catch_up() on a
// thread of its own, so that following goes on beside what is followed. Nothing may be taken back
// in between. At most kMostBatches wait.
class Beside : public Follower {
 public:
  explicit Beside(Follower& to) : to_(to) {}
  ~Beside() override { catch_up(); }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  void run_beside();
  void take(const Taken& step) override;
  void take_back() override { to_.take_back(); }
  void begin_anew() override { to_.begin_anew(); }
  void catch_up() override;

 private:
  static constexpr std::size_t kBatch = 256;
  static constexpr std::size_t kMostBatches = 64;
  using Batch = std::vector<Taken>;

  void push(Batch batch);
  void work();

  Follower& to_;
  std::thread thread_;
  Batch open_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool ended_ = false;
};

}  // namespace correlate
