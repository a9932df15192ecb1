#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "correlate/detect/detect.h"
#include "tests/support/series.h"

// bench_detect [SERIES [DAYS [THREADS]]]: detects the outages of that many series of five-minute
// samples, half of them counts and half states (defaults: 1000, 365, 2). The series are 16 made
// ones, taken in turn; making them is not timed. Prints the time, nanoseconds a sample for each
// detector, outages found and the peak memory over what the series themselves need.

namespace {

using Clock = std::chrono::steady_clock;

struct Sum {
  std::atomic<std::size_t> outages{0};
  std::atomic<std::int64_t> by_state{0};  // nanoseconds, of all threads
  std::atomic<std::int64_t> by_season{0};
};

long peak_kb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  auto argument = [&](int i, long fallback) { return argc > i ? std::atol(argv[i]) : fallback; };
  auto count = static_cast<std::size_t>(argument(1, 1000));
  auto days = static_cast<double>(argument(2, 365));
  auto threads = static_cast<std::size_t>(argument(3, 2));
  constexpr model::Seconds kStep{300};
  std::vector<support::MadeSeries> made;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    made.push_back(seed % 2 == 0 ? support::make_series(seed, kStep, days)
                                 : support::make_state(seed, kStep, days, 1000));
  }
  long before = peak_kb();
  Sum sum;
  std::atomic<std::size_t> next{0};
  auto work = [&] {
    for (auto i = next++; i < count; i = next++) {
      const auto& signal = made[i % made.size()].signal;
      auto begin = Clock::now();
      for (const auto& d : correlate::detect::detect({&signal, 1}, {})) {
        sum.outages += d.outages.size();
      }
      auto took = std::chrono::nanoseconds(Clock::now() - begin).count();
      (signal.kind == "bgp" ? sum.by_state : sum.by_season) += took;
    }
  };
  auto begin = Clock::now();
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i) running.emplace_back(work);
  for (auto& thread : running) thread.join();
  double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  auto samples = static_cast<double>(made[0].signal.values.size());
  auto half = static_cast<double>(count) / 2;
  std::printf("%zu series of %.0f samples, %zu threads: %.1f s, %zu outages\n", count, samples,
              threads, seconds, sum.outages.load());
  std::printf("ratio %.0f ns a sample, seasonal %.0f ns a sample\n",
              static_cast<double>(sum.by_state) / half / samples,
              static_cast<double>(sum.by_season) / half / samples);
  std::printf("peak memory over the series: %ld kB\n", peak_kb() - before);
  return 0;
}
