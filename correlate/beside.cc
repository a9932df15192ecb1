#include "correlate/beside.h"

#include <utility>

namespace correlate {

void Beside::run_beside() {
  if (thread_.joinable()) return;
  ended_ = false;
  thread_ = std::thread([this] { work(); });
}

void Beside::take(const Taken& step) {
  if (!thread_.joinable()) {
    to_.take(step);
    return;
  }
  open_.push_back(step);
  if (open_.size() >= kBatch) push(std::exchange(open_, {}));
}

void Beside::catch_up() {
  if (!thread_.joinable()) return;
  push(std::exchange(open_, {}));
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Beside::push(Batch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < kMostBatches; });
  waiting_.push_back(std::move(batch));
  changed_.notify_all();
}

void Beside::work() {
  for (;;) {
    Batch batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch = std::move(waiting_.front());
      waiting_.pop_front();
    }
    changed_.notify_all();
    for (const auto& step : batch) to_.take(step);
  }
}

}  // namespace correlate
