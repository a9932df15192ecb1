// bench_run URL [ENTRIES [TIMES]]: puts so many made entries of some 100 words (default 20,000)
// into an empty store, one in ten of an outage in one of 40 countries, and 1,000 measured outages;
// correlates all of it; then, so many times each (default 5), correlates one entry more, one
// outage more, and one sample more of a country's routes. Prints the medians of what they read and
// of their time on the processor (all threads) and by the clock, and how many of them began anew,
// as one does that concerns what was let go. The last line compares what one outage takes with
// reading all entries, as a new process does.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "correlate/correlate.h"
#include "store/model/hash.h"
#include "store/store.h"
#include "tests/bench/must.h"
#include "tests/bench/processor.h"

namespace {

using model::Instant;
using model::Seconds;

constexpr Instant kBegin{Seconds{1'400'000'000}};
constexpr Seconds kApart{60};  // from one entry to the next
constexpr int kWords = 90, kBatch = 500, kOutages = 1000;

struct Country {
  const char* code;
  const char* name;
};
constexpr std::array kCountries = {
    Country{"KP", "North Korea"}, Country{"IR", "Iran"},    Country{"PK", "Pakistan"},
    Country{"SY", "Syria"},       Country{"IN", "India"},   Country{"EG", "Egypt"},
    Country{"VE", "Venezuela"},   Country{"CU", "Cuba"},    Country{"TR", "Turkey"},
    Country{"IQ", "Iraq"},        Country{"SD", "Sudan"},   Country{"MM", "Myanmar"},
    Country{"ET", "Ethiopia"},    Country{"UG", "Uganda"},  Country{"YE", "Yemen"},
    Country{"RU", "Russia"},      Country{"KE", "Kenya"},   Country{"NG", "Nigeria"},
    Country{"BR", "Brazil"},      Country{"PE", "Peru"},    Country{"UA", "Ukraine"},
    Country{"KZ", "Kazakhstan"},  Country{"LY", "Libya"},   Country{"TN", "Tunisia"},
    Country{"DZ", "Algeria"},     Country{"MA", "Morocco"}, Country{"NP", "Nepal"},
    Country{"BD", "Bangladesh"},  Country{"VN", "Vietnam"}, Country{"TH", "Thailand"},
    Country{"ID", "Indonesia"},   Country{"DE", "Germany"}, Country{"FR", "France"},
    Country{"IT", "Italy"},       Country{"ES", "Spain"},   Country{"PT", "Portugal"},
    Country{"GR", "Greece"},      Country{"RO", "Romania"}, Country{"PL", "Poland"},
    Country{"GH", "Ghana"}};

class World {
 public:
  explicit World(store::Store& store) : store_(store) {}

  void change(const std::function<void(store::Writer&)>& what) {
    auto writer = must(store_.begin());
    what(*writer);
    must(writer->commit());
  }

  void put_entry(store::Writer& writer) {
    model::Entry entry;
    entry.id = entry.identity = fmt::format("ent-{:08}", entries_);
    entry.source_id = "src";
    model::Revision revision;
    revision.entry_id = entry.id;
    const auto& country = kCountries.at(below(kCountries.size()));
    revision.title =
        entries_ % 10 == 0 ? fmt::format("Internet outage in {}", country.name) : words(8);
    revision.body = entries_ % 10 == 0
                        ? fmt::format("The Internet of {} was down for {} hours, engineers said. ",
                                      country.name, 1 + below(30))
                        : "";
    revision.body += words(kWords);
    revision.published =
        model::Timestamp{kBegin + entries_ * kApart, model::Precision::kSecond, "Z"};
    revision.seen_at = revision.published->at;
    revision.content_hash = model::revision_hash(revision);
    must(writer.put(entry, revision));
    ++entries_;
  }

  void put_outage(store::Writer& writer, int number) {
    model::Outage out;
    out.id = fmt::format("out-{}", number);
    out.scope.country = kCountries.at(below(kCountries.size())).code;
    out.start = kBegin + Seconds{static_cast<long>(below(365 * 24)) * 3600};
    out.end = out.start + Seconds{static_cast<long>(1 + below(30)) * 3600};
    out.start_uncertainty = out.end_uncertainty = Seconds{300};
    out.measurements.push_back({"Measurer", "", "", {}, {}});
    must(writer.put(out));
  }

  // A month of routes, and each time a sample more.
  void put_sample(store::Writer& writer) {
    signal_.id = "sig-KP";
    signal_.scope.country = "KP";
    signal_.source = "Measurer";
    signal_.kind = "bgp";
    signal_.from = kBegin;
    signal_.values.resize(std::max<std::size_t>(signal_.values.size(), 30 * 288) + 1, 4.0);
    must(writer.put(signal_));
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  // As rare as those of a language: the k-th comes 1/k as often as the first.
  std::string words(int many) {
    std::string out;
    for (int i = 0; i < many; ++i)
      out += fmt::format("w{} ", static_cast<int>(std::exp(rank_(random_))));
    return out;
  }

  store::Store& store_;
  std::mt19937 random_{1};
  std::uniform_real_distribution<double> rank_{1.0, 11.0};
  int entries_ = 0;
  model::Signal signal_;
};

template <typename Number>
Number median(std::vector<Number> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// → ms of processor, by median.
double measure(const char* name, int times, correlate::Correlator& correlator,
               const std::function<void()>& before) {
  std::vector<double> spent, took;
  std::vector<std::int64_t> read;
  int anew = 0;
  for (int i = 0; i < times; ++i) {
    before();
    auto began = std::chrono::steady_clock::now();
    auto began_at = processor_seconds();
    auto report = must(correlator.run({}));
    read.push_back(report.entries);
    if (report.anew) ++anew;
    spent.push_back((processor_seconds() - began_at) * 1e3);
    took.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
            .count());
  }
  fmt::print("{:<18} {:>8} entries read, {:>10.1f} ms of processor, {:>10.1f} ms by the clock{}\n",
             name, median(read), median(spent), median(took),
             anew > 0 && times > 1 ? fmt::format("; {} of {} began anew", anew, times) : "");
  return median(spent);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    fmt::print(stderr, "bench_run URL [ENTRIES [TIMES]]\n");
    return 2;
  }
  int entries = argc > 2 ? std::atoi(argv[2]) : 20'000;
  int times = argc > 3 ? std::atoi(argv[3]) : 5;
  auto store = must(store::open_store(argv[1]));
  World world(*store);
  world.change([](store::Writer& writer) {
    must(writer.put(model::Source{"src", "made", {}, "", "", "", {}}));
  });
  for (int i = 0; i < entries; i += kBatch) {
    world.change([&](store::Writer& writer) {
      for (int j = i; j < std::min(i + kBatch, entries); ++j) world.put_entry(writer);
    });
  }
  int outage = 0;
  world.change([&](store::Writer& writer) {
    for (; outage < kOutages; ++outage) world.put_outage(writer, outage);
    world.put_sample(writer);
  });
  {
    correlate::Correlator first(*store);
    measure("all, from nothing", 1, first, [] {});
  }
  auto one_entry = [&](store::Writer& writer) { world.put_entry(writer); };
  auto one_outage = [&](store::Writer& writer) { world.put_outage(writer, outage++); };
  auto one_sample = [&](store::Writer& writer) { world.put_sample(writer); };
  correlate::Correlator correlator(*store);
  auto anew = measure("a new process", 1, correlator, [&] { world.change(one_entry); });
  measure("one entry more", times, correlator, [&] { world.change(one_entry); });
  auto late = measure("one outage more", times, correlator, [&] { world.change(one_outage); });
  measure("one sample more", times, correlator, [&] { world.change(one_sample); });
  fmt::print("one outage more: 1/{:.0f} of what a new process takes\n", anew / late);
  return 0;
} catch (const std::exception& failure) {
  std::fputs(failure.what(), stderr);
  return 1;
}
