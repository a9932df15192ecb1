#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace app::serve {

// How many requests an address may make: a bucket of a minute's worth each, filled at the rate. For
// several threads.
class Limiter {
 public:
  using Clock = std::chrono::steady_clock;

  // `rate` a second; 0: any number.
  explicit Limiter(std::size_t rate) : rate_(static_cast<double>(rate)) {}

  void set_rate(std::size_t rate) { rate_ = static_cast<double>(rate); }

  // Whether one of this cost may be answered now.
  bool allows(const std::string& peer, Clock::time_point now, double cost = 1);

 private:
  struct Bucket {
    double left = 0;
    Clock::time_point at{};
  };
  static constexpr std::size_t kMostPeers = 100'000;
  static constexpr double kSeconds = 60;  // worth of requests that a full bucket holds

  std::atomic<double> rate_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace app::serve
