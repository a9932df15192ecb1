// bench_store URL [ENTRIES]: puts so many made entries of some 120 words (default 20,000) into an
// empty store, 100 a transaction, with what was found in each, then asks it. Prints entries a
// second of wall time, and for each question p50 and p99 in milliseconds of wall time. For
// comparing stores.

#include <algorithm>
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

#include "store/store.h"
#include "tests/bench/must.h"

namespace {

using Clock = std::chrono::steady_clock;
using model::Instant;
using model::Seconds;

constexpr Instant kNow{Seconds{1'419'400'000}};
constexpr int kQuestions = 300;
constexpr int kWords = 120;
constexpr int kBatch = 100;

// Words as rare as those of a language: the k-th comes 1/k as often as the first.
class Words {
 public:
  std::string one() { return fmt::format("w{}", static_cast<int>(std::exp(rank_(random_)))); }
  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

 private:
  std::mt19937 random_{1};
  std::uniform_real_distribution<double> rank_{1.0, 11.0};
};

void put_entry(store::Writer& writer, Words& words, int number) {
  auto id = fmt::format("ent-{:08}", words.number(100'000'000));
  model::Entry entry{id, "src", id, model::IdentityKind::kGuid, kNow, {}};
  model::Revision revision;
  for (int i = 0; i < 8; ++i) revision.title += words.one() + " ";
  for (int i = 0; i < kWords; ++i) revision.body += words.one() + " ";
  revision.published =
      model::Timestamp{kNow - Seconds{60LL * number}, model::Precision::kSecond, "Z"};
  revision.seen_at = kNow;
  must(writer.put(entry, revision));
  model::Extraction extraction;
  extraction.entry_id = id;
  extraction.revision = 1;
  extraction.language = "en";
  model::Mention place;
  place.scope.country = number % 3 == 0 ? "KP" : "US";
  place.name = fmt::format("Place {}", words.number(1000));
  extraction.mentions.push_back(place);
  model::Claim claim;
  claim.id = "clm-" + id;
  extraction.claims.push_back(claim);
  must(writer.set_extraction(extraction));
}

void ask(const char* name, const std::function<void()>& once) {
  std::vector<double> times;
  for (int i = 0; i < kQuestions; ++i) {
    auto began = Clock::now();
    once();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::sort(times.begin(), times.end());
  fmt::print("{:<22} p50 {:.2f} ms, p99 {:.2f} ms\n", name, times[kQuestions / 2],
             times[kQuestions * 99 / 100]);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    fmt::print(stderr, "bench_store URL [ENTRIES]\n");
    return 2;
  }
  int entries = argc > 2 ? std::atoi(argv[2]) : 20'000;
  auto store = must(store::open_store(argv[1]));
  Words words;
  auto began = Clock::now();
  for (int i = 0; i < entries;) {
    auto writer = must(store->begin());
    for (int n = 0; n < kBatch && i < entries; ++n, ++i) put_entry(*writer, words, i);
    must(writer->commit());
  }
  auto took = std::chrono::duration<double>(Clock::now() - began).count();
  fmt::print("{:<22} {:.0f} entries/s\n", "put, with findings", entries / took);
  auto page = must(store->entries("", 1000));
  ask("entry, revisions", [&] {
    const auto& id =
        page.ids[static_cast<std::size_t>(words.number(static_cast<int>(page.ids.size())))];
    must(store->entry(id));
    must(store->revisions(id));
  });
  auto find = [&](const std::string& text) {
    must(store->find(must(store::query::parse(text, kNow)), {}));
  };
  ask("find a word", [&] { find(words.one()); });
  ask("find two words", [&] { find(words.one() + " " + words.one()); });
  ask("find a phrase", [&] { find("\"" + words.one() + " " + words.one() + "\""); });
  ask("find a word, country", [&] { find(words.one() + " country:KP"); });
  return 0;
} catch (const std::exception& failure) {
  std::fputs(failure.what(), stderr);
  return 1;
}
