#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "ingest/visibility/visibility.h"

// A day of one collector: bench_visibility [PEERS [NETWORKS [UPDATES [ASES]]]]. A table of 40 full
// feeds and a million IPv4 networks, then twenty million changes (RIS: rrc00 had some ten million
// in 2024), ASES (none given: all 75,000) watched, samples of five minutes. Made up, seeded. Prints
// time and peak memory.
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return line.substr(6);
  }
  return " unknown";
}

}  // namespace

int main(int argc, char** argv) {
  auto argument = [&](int i, long otherwise) { return argc > i ? std::atol(argv[i]) : otherwise; };
  auto peers = argument(1, 40);
  auto networks = argument(2, 1'000'000);
  auto updates = argument(3, 20'000'000);

  ingest::visibility::Options options;
  auto ases = argument(4, 0);
  options.every_as = ases == 0;
  for (long i = 1; i <= ases; ++i) options.ases.push_back(static_cast<std::uint32_t>(i));
  ingest::visibility::Visibility visibility(options, {});
  model::RouteChange change;
  change.collector = "rrc00";
  auto peer = [&](long i) {
    change.peer.octets = {192, 0, static_cast<std::uint8_t>(i / 250), static_cast<std::uint8_t>(i)};
    change.peer_as = static_cast<std::uint32_t>(64500 + i);
  };
  auto network = [&](long i) {
    change.prefix = {false,
                     {static_cast<std::uint8_t>(1 + (i >> 16)), static_cast<std::uint8_t>(i >> 8),
                      static_cast<std::uint8_t>(i)},
                     24};
    change.origins = {static_cast<std::uint32_t>(1 + i % 75000)};
  };

  auto begin = Clock::now();
  change.at = 1419206400LL * 1'000'000;
  change.kind = model::RouteKind::kTableBegin;
  for (long i = 0; i < peers; ++i) {
    peer(i);
    visibility.add(change);
  }
  change.kind = model::RouteKind::kRibEntry;
  for (long n = 0; n < networks; ++n) {
    network(n);
    for (long i = 0; i < peers; ++i) {
      peer(i);
      visibility.add(change);
    }
  }
  std::printf("table: %ld routes in %.1f s, peak memory:%s\n", peers * networks, since(begin),
              peak_memory().c_str());

  begin = Clock::now();
  std::mt19937_64 random(2014);
  auto first = change.at;
  for (long n = 0; n < updates; ++n) {
    change.at = first + n * (86'400'000'000LL / updates);
    change.kind = n % 8 == 0 ? model::RouteKind::kWithdraw : model::RouteKind::kAnnounce;
    peer(static_cast<long>(random() % static_cast<unsigned long>(peers)));
    network(static_cast<long>(random() % static_cast<unsigned long>(networks)));
    visibility.add(change);
  }
  auto signals = visibility.finish();
  std::printf("day: %ld changes, %zu signals of %zu samples in %.1f s\n", updates, signals.size(),
              signals.empty() ? 0 : signals[0].values.size(), since(begin));
  std::printf("peak memory:%s\n", peak_memory().c_str());
}
