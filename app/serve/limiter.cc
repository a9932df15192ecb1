#include "app/serve/limiter.h"

#include <algorithm>

namespace app::serve {

bool Limiter::allows(const std::string& peer, Clock::time_point now, double cost) {
  const double rate = rate_;
  if (rate <= 0) return true;
  std::lock_guard lock(mutex_);
  double whole = rate * kSeconds;
  if (buckets_.size() >= kMostPeers && !buckets_.contains(peer)) {
    // Those that are full again are as if they had never come.
    std::erase_if(buckets_, [&](const auto& one) {
      auto passed = std::chrono::duration<double>(now - one.second.at).count();
      return one.second.left + passed * rate >= whole;
    });
    if (buckets_.size() >= kMostPeers) return false;
  }
  auto [found, fresh] = buckets_.try_emplace(peer, Bucket{whole, now});
  auto& bucket = found->second;
  auto passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.left = std::min(whole, bucket.left + passed * rate);
  bucket.at = now;
  if (bucket.left < cost) return false;
  bucket.left -= cost;
  return true;
}

}  // namespace app::serve
