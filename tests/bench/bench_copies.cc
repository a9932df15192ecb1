#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "correlate/copies.h"
#include "tests/bench/processor.h"

// bench_copies [ENTRIES]: finds the near-copies among that many reports of some 120 words, a tenth
// of which are an earlier one with a few words changed. One line for each tenth of them: how many
// there are by then, microseconds of processor an entry to sketch and to find and add, copies
// found.

namespace {

// Words as rare as those of a language: the k-th comes 1/k as often as the first.
class Reports {
 public:
  Reports() : rank_(1.0, 11.0) {}

  std::string next() {
    bool copy = !written_.empty() && random_() % 10 == 0;
    auto words = copy ? written_[random_() % written_.size()] : std::vector<std::uint32_t>();
    for (; words.size() < 120;) words.push_back(word());
    if (copy) {
      for (int i = 0; i < 3; ++i) words[random_() % words.size()] = word();
    } else if (written_.size() < 20'000) {
      written_.push_back(words);
    }
    std::string out;
    for (auto number : words) out += spell(number) + " ";
    return out;
  }

 private:
  std::uint32_t word() { return static_cast<std::uint32_t>(std::exp(rank_(random_))); }
  static std::string spell(std::uint32_t number) {
    std::string out;
    for (; number > 0; number /= 20) out += "bcdfghjklmnprstvwxyz"[number % 20], out += 'a';
    return out;
  }

  std::mt19937 random_{7};
  std::uniform_real_distribution<double> rank_;
  std::vector<std::vector<std::uint32_t>> written_;
};

double micros(double seconds, std::size_t entries) {
  return seconds * 1e6 / static_cast<double>(entries);
}

}  // namespace

int main(int argc, char** argv) {
  auto entries = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 100'000);
  Reports reports;
  correlate::CopyIndex index;
  std::deque<correlate::Sketch> sketches;
  for (std::size_t tenth = 1; tenth <= 10; ++tenth) {
    double sketching = 0, finding = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < entries / 10; ++i) {
      auto text = reports.next();
      double begin = processor_seconds();
      const auto& sketch = sketches.emplace_back(correlate::sketch_of("", text));
      double between = processor_seconds();
      found += index.find(sketch) ? 1 : 0;
      index.add(sketch);
      sketching += between - begin;
      finding += processor_seconds() - between;
    }
    std::printf("%8zu  %6.1f  %6.1f  %6zu\n", tenth * (entries / 10),
                micros(sketching, entries / 10), micros(finding, entries / 10), found);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory %ld kB\n", usage.ru_maxrss);
  return 0;
}
