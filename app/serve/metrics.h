#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "store/store.h"

namespace app::serve {

// What is counted of requests. For several threads.
class Metrics {
 public:
  void count(std::string_view route, int status, std::chrono::nanoseconds took);
  // Called for each text(), and put behind it. To be set before anything is counted.
  void set_more(std::function<std::string()> more) { more_ = std::move(more); }
  void count_known() { ++known_; }  // answered from what was kept

  // In Prometheus' text format 0.0.4.
  std::string text(const store::Counts& counts, std::size_t listeners, std::int64_t seq,
                   std::int64_t correlated) const;

  // Upper bounds of the histogram's buckets, in seconds.
  static constexpr std::array kBounds = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0};

 private:
  struct Of {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double seconds = 0;
  };
  std::function<std::string()> more_;
  mutable std::mutex mutex_;
  std::map<std::string, Of, std::less<>> routes_;
  std::atomic<std::uint64_t> known_ = 0;
};

}  // namespace app::serve
