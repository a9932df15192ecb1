#pragma once

#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>

// What this process holds (proc(5)). The sanitizers keep freed memory, so bounds hold without them.
namespace support {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kMemoryIsMeasured = false;
#else
inline constexpr bool kMemoryIsMeasured = true;
#endif

inline std::size_t status_bytes(const std::string& name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name + ":")) return std::stoul(line.substr(name.size() + 1)) * 1024;
  }
  return 0;
}

// The most that this process grew by since it was made.
class PeakMemory {
 public:
  PeakMemory() {
    std::ofstream("/proc/self/clear_refs") << "5";  // VmHWM begins anew
    before_ = status_bytes("VmRSS");
  }
  std::size_t grown() const {
    auto peak = status_bytes("VmHWM");
    return peak > before_ ? peak - before_ : 0;
  }

  bool stays_below(std::size_t bytes) const { return !kMemoryIsMeasured || grown() < bytes; }

 private:
  std::size_t before_;
};

}  // namespace support
