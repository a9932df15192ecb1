#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace correlate {

// A few threads for work on many things of which none depends on another. What comes of it must
// not depend on the order, nor on how many threads there are.
class Pool {
 public:
  // Beside the caller's own thread; 0: as many as the machine has processors besides one, at most
  // three.
  explicit Pool(std::size_t helpers = 0);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Calls `work` with each of 0 … many - 1, on all threads, and returns when all are done.
  void for_each(std::size_t many, const std::function<void(std::size_t)>& work);

 private:
  void help();
  void work_off();

  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t many_ = 0;
  std::atomic<std::size_t> next_{0};
  std::size_t round_ = 0;
  std::size_t busy_ = 0;  // helpers that have not finished this round
  bool ended_ = false;
};

}  // namespace correlate
