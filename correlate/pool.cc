#include "correlate/pool.h"

#include <algorithm>

namespace correlate {

Pool::Pool(std::size_t helpers) {
  constexpr std::size_t kMost = 3;
  std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  if (helpers == 0) helpers = std::min(processors - 1, kMost);
  for (std::size_t i = 0; i < helpers; ++i) helpers_.emplace_back([this] { help(); });
}

Pool::~Pool() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  for (auto& one : helpers_) one.join();
}

void Pool::for_each(std::size_t many, const std::function<void(std::size_t)>& work) {
  {
    std::lock_guard lock(mutex_);
    work_ = &work;
    many_ = many;
    next_ = 0;
    busy_ = helpers_.size();
    ++round_;
  }
  changed_.notify_all();
  work_off();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return busy_ == 0; });
  work_ = nullptr;
}

void Pool::work_off() {
  for (auto i = next_++; i < many_; i = next_++) (*work_)(i);
}

void Pool::help() {
  std::size_t done = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ended_ || round_ != done; });
      if (ended_) return;
      done = round_;
    }
    work_off();
    std::lock_guard lock(mutex_);
    if (--busy_ == 0) changed_.notify_all();
  }
}

}  // namespace correlate
