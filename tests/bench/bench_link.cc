// Links made entries against 100,000 made outages: processor time an entry and how it grows; then
// the wall clock with all processors, as a run of correlation does it.
//   bench_link [ENTRIES…]      default: 10000 100000 1000000
// Extractions are made here and cost nothing; half of the entries name a country and a time, a
// tenth speak of an outage that is there.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "correlate/link.h"
#include "correlate/pool.h"
#include "tests/bench/processor.h"

namespace {

using model::Instant;
using model::Seconds;

constexpr std::size_t kOutages = 100'000;
constexpr std::int64_t kFrom = 1'262'304'000;  // 2010
constexpr std::int64_t kSpan = 15LL * 365 * 86400;

std::string country_of(std::uint64_t number) {
  return {static_cast<char>('A' + number / 16 % 16), static_cast<char>('A' + number % 16)};
}

// Busy countries have many times the outages of quiet ones, as in the lists of measurers.
std::uint64_t skewed(std::mt19937_64& random) {
  auto a = random() % 256;
  return a * (random() % 256) / 256;
}

std::vector<model::Outage> outages(std::mt19937_64& random) {
  std::vector<model::Outage> out;
  for (std::size_t i = 0; i < kOutages; ++i) {
    model::Outage one;
    one.id = fmt::format("out-{}", i);
    one.scope.country = country_of(skewed(random));
    if (random() % 3 == 0) one.scope.asn = static_cast<std::uint32_t>(1000 + random() % 20000);
    one.start = Instant(Seconds(kFrom + static_cast<std::int64_t>(random() % kSpan)));
    one.end = one.start + Seconds(600 << (random() % 10));
    one.start_uncertainty = one.end_uncertainty = Seconds{300};
    out.push_back(std::move(one));
  }
  return out;
}

struct Entry {
  correlate::Article article;
  model::Extraction extraction;
};

Entry entry(const correlate::OutageIndex& index, std::mt19937_64& random, std::size_t number) {
  const auto& outage = index.all()[random() % index.all().size()];
  bool speaks = random() % 10 == 0;
  Entry out;
  out.article.id = fmt::format("ent-{}", number);
  out.article.revision = 1;
  out.article.text =
      "Connectivity dropped on Monday\n\nThe regulator said that service in the capital failed for "
      "several hours, and that engineers of the carrier were looking into the matter.";
  out.article.title_length = 30;
  auto at = speaks ? outage.start + Seconds(3600)
                   : Instant(Seconds(kFrom + static_cast<std::int64_t>(random() % kSpan)));
  out.article.anchor = {at, model::Precision::kSecond, ""};
  out.extraction.outage_words = {"dropped"};
  out.extraction.outage_score = speaks ? 0.9 : 0.4;
  if (speaks || random() % 2 == 0) {
    model::Mention place;
    place.scope.country = speaks ? outage.scope.country : country_of(skewed(random));
    place.span = {20, 22, "XX"};
    out.extraction.mentions.push_back(place);
    model::Claim claim;
    claim.kind = model::ClaimKind::kStart;
    claim.interval = model::Interval{at - Seconds{7200}, at};
    claim.countries = {place.scope.country};
    claim.value = "PRESENT_REF";
    out.extraction.claims.push_back(std::move(claim));
  }
  return out;
}

void run(const correlate::OutageIndex& index, std::size_t entries) {
  std::mt19937_64 random(7);
  std::size_t links = 0;
  double seconds = 0;
  double longest = 0;
  for (std::size_t i = 0; i < entries; ++i) {
    auto one = entry(index, random, i);
    double begin = processor_seconds();
    links += correlate::link(one.article, one.extraction, index).size();
    double took = processor_seconds() - begin;
    seconds += took;
    longest = std::max(longest, took);
  }
  fmt::print(
      "{:>8} entries, {} outages: {:>7.2f} s, {:>5.1f} µs an entry, longest {:.2f} ms, {} "
      "links\n",
      entries, index.all().size(), seconds, seconds * 1e6 / static_cast<double>(entries),
      longest * 1e3, links);
}

// Entries are made a batch at a time, which does not count.
void run_shared(const correlate::OutageIndex& index, std::size_t entries) {
  constexpr std::size_t kBatch = 4096;
  std::mt19937_64 random(7);
  correlate::Pool pool;
  std::atomic<std::size_t> links = 0;
  std::chrono::steady_clock::duration spent{};
  for (std::size_t done = 0; done < entries;) {
    std::vector<Entry> batch;
    for (; batch.size() < kBatch && done < entries; ++done) {
      batch.push_back(entry(index, random, done));
    }
    auto begin = std::chrono::steady_clock::now();
    pool.for_each(batch.size(), [&](std::size_t i) {
      links += correlate::link(batch[i].article, batch[i].extraction, index).size();
    });
    spent += std::chrono::steady_clock::now() - begin;
  }
  fmt::print("{:>8} entries, all processors: {:>7.2f} s, {} links\n", entries,
             std::chrono::duration<double>(spent).count(), links.load());
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937_64 random(1);
  auto begin = std::chrono::steady_clock::now();
  correlate::OutageIndex index(outages(random));
  fmt::print("index: {:.2f} s\n",
             std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10'000, 100'000, 1'000'000};
  for (auto size : sizes) run(index, size);
  for (auto size : sizes) run_shared(index, size);
}
