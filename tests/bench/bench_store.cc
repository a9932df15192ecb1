// bench_store URL [ENTRIES [QUESTIONS]]: puts so many made entries of some 120 words (default
// 20,000) into an empty store, 100 a transaction, with what was found in each, then asks it so many
// questions of each kind (default 300). Prints entries a second of wall time, and for each question
// p50 and p99 in milliseconds of wall time. For comparing stores.

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

#include "store/ahead.h"
#include "store/store.h"
#include "tests/bench/must.h"

namespace {

using Clock = std::chrono::steady_clock;
using model::Instant;
using model::Seconds;

constexpr Instant kNow{Seconds{1'419'400'000}};
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

struct Item {
  model::Entry entry;
  model::Revision revision;
  model::Extraction extraction;
};

Item item(Words& words, int number) {
  auto id = fmt::format("ent-{:08}", words.number(100'000'000));
  model::Entry entry{id, "src", id, model::IdentityKind::kGuid, kNow, {}};
  model::Revision revision;
  for (int i = 0; i < 8; ++i) revision.title += words.one() + " ";
  for (int i = 0; i < kWords; ++i) revision.body += words.one() + " ";
  revision.published =
      model::Timestamp{kNow - Seconds{60LL * number}, model::Precision::kSecond, "Z"};
  revision.seen_at = kNow;
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
  return {entry, revision, extraction};
}

// One transaction, as a document is written.
void put(store::Store& store, const std::vector<Item>& items) {
  auto writer = must(store.begin());
  std::vector<std::string> ids;
  for (const auto& one : items) ids.push_back(one.entry.id);
  must(store::expect(*writer, ids));
  for (const auto& one : items) must(writer->put(one.entry, one.revision));
  must(writer->commit());
}

// … and as correlation writes what it found.
void put_findings(store::Store& store, const std::vector<Item>& items) {
  auto writer = must(store.begin());
  for (const auto& one : items) must(writer->set_extraction(one.extraction));
  must(writer->commit());
}

// Entries a second.
double time_of(const std::vector<std::vector<Item>>& batches,
               const std::function<void(const std::vector<Item>&)>& write) {
  auto began = Clock::now();
  std::size_t entries = 0;
  for (const auto& batch : batches) {
    write(batch);
    entries += batch.size();
  }
  return static_cast<double>(entries) / std::chrono::duration<double>(Clock::now() - began).count();
}

void ask(const char* name, int questions, const std::function<void()>& once) {
  std::vector<double> times;
  for (int i = 0; i < questions; ++i) {
    auto began = Clock::now();
    once();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::sort(times.begin(), times.end());
  fmt::print("{:<22} p50 {:.2f} ms, p99 {:.2f} ms\n", name, times[times.size() / 2],
             times[times.size() * 99 / 100]);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    fmt::print(stderr, "bench_store URL [ENTRIES [QUESTIONS]]\n");
    return 2;
  }
  int entries = argc > 2 ? std::atoi(argv[2]) : 20'000;
  int questions = argc > 3 ? std::atoi(argv[3]) : 300;
  auto store = must(store::open_store(argv[1]));
  Words words;
  std::vector<std::vector<Item>> batches;
  for (int i = 0; i < entries; ++i) {
    if (i % kBatch == 0) batches.emplace_back();
    batches.back().push_back(item(words, i));
  }
  fmt::print("{:<22} {:.0f} entries/s\n", "put",
             time_of(batches, [&](const auto& batch) { put(*store, batch); }));
  fmt::print("{:<22} {:.0f} entries/s\n", "put what was found",
             time_of(batches, [&](const auto& batch) { put_findings(*store, batch); }));
  if (questions < 1) return 0;
  auto page = must(store->entries("", 1000));
  ask("entry, revisions", questions, [&] {
    const auto& id =
        page.ids[static_cast<std::size_t>(words.number(static_cast<int>(page.ids.size())))];
    must(store->entry(id));
    must(store->revisions(id));
  });
  auto find = [&](const std::string& text) {
    must(store->find(must(store::query::parse(text, kNow)), {}));
  };
  ask("find a word", questions, [&] { find(words.one()); });
  ask("find two words", questions, [&] { find(words.one() + " " + words.one()); });
  ask("find a phrase", questions, [&] { find("\"" + words.one() + " " + words.one() + "\""); });
  ask("find a word, country", questions, [&] { find(words.one() + " country:KP"); });
  return 0;
} catch (const std::exception& failure) {
  std::fputs(failure.what(), stderr);
  return 1;
}
