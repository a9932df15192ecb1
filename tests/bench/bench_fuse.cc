#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "correlate/fuse.h"

// bench_fuse [RECORDS]: fuses that many made records (default 1,000,000) and a tenth of them. Each
// outage is told by one to four systems, a third of outages are of one network; places as unevenly
// spread as in IODA's lists (the square of a uniform number over 250 countries), ten years. Prints
// microseconds a record for both, and the peak memory.

namespace {

using model::Instant;
using model::Seconds;

std::vector<model::Outage> make(std::size_t count) {
  std::mt19937_64 random(20141222);
  auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  constexpr std::int64_t kTenYears = 3652LL * 86400;
  constexpr const char* kSystems[] = {"IODA bgp.median", "IODA ping-slash24.median",
                                      "IODA merit-nt.median", "Cloudflare Radar"};
  std::vector<model::Outage> out;
  out.reserve(count);
  while (out.size() < count) {
    auto uniform = static_cast<double>(below(1 << 30)) / (1 << 30);
    auto place = static_cast<int>(uniform * uniform * 250);
    std::string country{static_cast<char>('A' + place / 26), static_cast<char>('A' + place % 26)};
    auto start = Instant{Seconds{1'400'000'000 + below(kTenYears)}};
    auto length = Seconds{600 + below(86400) * below(86400) / 86400};
    bool network = below(3) == 0;
    auto asn = static_cast<std::uint32_t>(1 + place * 400 + below(400));
    for (auto told = below(4); told >= 0 && out.size() < count; --told) {
      model::Outage record;
      record.id = fmt::format("r{:07}", out.size());
      record.number = 1;
      record.scope.country = country;
      if (network) record.scope.asn = asn;
      record.start = start + Seconds{below(1200) - 600};
      record.end = record.start + length;
      record.start_uncertainty = record.end_uncertainty = Seconds{300 * (1 + told)};
      record.measurements = {{kSystems[told], "score 1000", "", {}, {}}};
      record.first_seen_at = record.start;
      out.push_back(std::move(record));
    }
  }
  return out;
}

double fused(std::size_t count) {
  auto records = make(count);
  auto begin = std::chrono::steady_clock::now();
  auto outages = correlate::fuse(std::move(records));
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%zu records: %.2f s, %.2f us a record, %zu outages\n", count, seconds,
              seconds * 1e6 / static_cast<double>(count), outages.size());
  return seconds / static_cast<double>(count);
}

}  // namespace

int main(int argc, char** argv) {
  auto count = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 1'000'000);
  double few = fused(count / 10);
  double many = fused(count);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("a record of many costs %.2f times one of few; peak memory %ld MB\n", many / few,
              usage.ru_maxrss / 1024);
  return 0;
}
