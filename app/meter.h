#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace app {

// What is counted and timed of the stages before what is served: polls, reading, correlation,
// mails. Its families stand in meter.cc; each is there from the beginning, at 0. For several
// threads.
class Meter {
 public:
  Meter();

  // `family` is one of meter.cc's, else nothing is counted. `label` is the value of its label.
  void add(std::string_view family, double by = 1, const std::string& label = {});
  // One more in a histogram, of so many seconds.
  void observe(std::string_view family, double seconds);

  // In Prometheus' text format 0.0.4.
  std::string text() const;

 private:
  // Upper bounds of a histogram's buckets, in seconds.
  static constexpr std::array kBounds = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0};
  struct Histogram {
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, double>, std::less<>> counters_;  // by label
  std::map<std::string, Histogram, std::less<>> histograms_;
};

}  // namespace app
