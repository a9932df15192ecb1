#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <time.h>

#include "correlate/cluster.h"
#include "correlate/features.h"
#include "correlate/link.h"
#include "correlate/stories.h"
#include "correlate/thread.h"

// bench_cluster [ENTRIES]: stories and incidents of so many made-up entries of one year, against a
// tenth as many outages. Entries have a headline of 9 words and 40 to 120 words of text, Zipf
// distributed over half a million words; they come in stories whose sizes follow a power law (most
// are alone, the largest have thousands), told over hours to days; a twentieth are near-copies.
// A story has names and words of its own, and in one of twelve cases an outage. Prints the
// processor time of each step, then how long one new entry takes in that state, the newest or up to
// an hour late, and what the index holds in memory.

namespace {

using correlate::Item;
// Of this process alone: others may be at work beside it.
struct Clock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<Clock, duration>;
  static time_point now() {
    timespec at{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return time_point(std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec));
  }
};

constexpr model::Instant kBegin{model::Seconds{1'388'534'400}};  // 2014
constexpr std::int64_t kYear = 365 * 86400;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0, pages = 0;
  file >> total >> pages;
  return pages * 4096;
}

// One happening: what all that report it have in common.
struct Happening {
  std::int64_t begin;
  double spread;  // seconds
  std::array<std::uint32_t, 12> words;
  std::array<std::uint32_t, 3> names;
  std::string outage;
  model::Happening kind;
  std::string last_text;
};

class World {
 public:
  explicit World(std::size_t entries) : entries_(entries), rank_(1.0, 13.1) {}

  std::vector<Item> make() {
    std::vector<Item> out;
    out.reserve(entries_);
    while (out.size() < entries_) {
      auto happening = begin_happening();
      auto size = std::min(story_size(), entries_ - out.size());
      for (std::size_t i = 0; i < size; ++i) out.push_back(item(happening, out.size()));
    }
    return out;
  }

  Item item(Happening& of, std::size_t number) {
    model::Revision revision;
    revision.entry_id = fmt::format("ent-{:07d}", number);
    revision.title = text(of, 9, 0.5);
    bool copy = random_() % 20 == 0 && !of.last_text.empty();
    revision.body = copy ? of.last_text : text(of, 40 + random_() % 80, 0.15);
    of.last_text = revision.body;
    double after = -std::log(uniform_(random_) + 1e-9) * of.spread;
    auto at = of.begin + static_cast<std::int64_t>(std::min(after, 3.0 * 86400));
    revision.published = {kBegin + model::Seconds{at}, model::Precision::kSecond, "Z"};
    revision.publisher = fmt::format("outlet {}", random_() % 3000);
    model::Extraction extraction;
    extraction.entry_id = revision.entry_id;
    extraction.language = "en";
    extraction.happening = of.kind;
    extraction.happened = *revision.published;
    for (auto name : of.names) {
      model::Mention mention;
      mention.kind = model::MentionKind::kOrganisation;
      mention.name = "Name" + spell(name);
      extraction.mentions.push_back(mention);
    }
    std::vector<model::Link> links(of.outage.empty() ? 0 : 1);
    if (!of.outage.empty()) {
      links[0].outage_id = of.outage;
      links[0].probability = 1;
    }
    return correlate::item_of(revision, extraction, links, revision.published->at);
  }

  Happening begin_happening() {
    Happening out;
    out.begin = static_cast<std::int64_t>(uniform_(random_) * kYear);
    out.spread = 3600 * std::exp(uniform_(random_) * 3);
    for (auto& word : out.words) word = 1000 + static_cast<std::uint32_t>(random_() % 200'000);
    for (auto& name : out.names) name = static_cast<std::uint32_t>(std::exp(rank_(random_)));
    out.kind = static_cast<model::Happening>(random_() % 15);
    if (random_() % 12 == 0) out.outage = fmt::format("out-{}", random_() % (entries_ / 10 + 1));
    return out;
  }

  std::vector<model::Outage> outages() {
    std::vector<model::Outage> out(entries_ / 10 + 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i].id = fmt::format("out-{}", i);
      out[i].start = kBegin + model::Seconds{static_cast<std::int64_t>(uniform_(random_) * kYear)};
      out[i].end = out[i].start + model::Seconds{7200};
      out[i].scope.country = std::string{static_cast<char>('A' + i % 20), 'X'};
    }
    return out;
  }

 private:
  // Pareto with exponent 1.6, at most 5,000.
  std::size_t story_size() {
    double size = std::pow(uniform_(random_) + 1e-12, -1 / 1.6);
    return static_cast<std::size_t>(std::min(size, 5000.0));
  }

  std::string text(const Happening& of, std::size_t words, double own) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
      auto word = uniform_(random_) < own ? of.words[random_() % of.words.size()]
                                          : static_cast<std::uint32_t>(std::exp(rank_(random_)));
      out += spell(word) + " ";
    }
    return out;
  }

  static std::string spell(std::uint32_t number) {
    std::string out;
    for (++number; number > 0; number /= 20) out += "bcdfghjklmnprstvwxyz"[number % 20], out += 'a';
    return out;
  }

  std::size_t entries_;
  std::mt19937 random_{7};
  std::uniform_real_distribution<double> rank_;
  std::uniform_real_distribution<double> uniform_{0, 1};
};

void print_latency(const char* what, std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  std::printf("%-34s median %6.3f ms, p99 %6.3f ms, most %6.3f ms\n", what, ms[ms.size() / 2],
              ms[ms.size() * 99 / 100], ms.back());
}

// One new entry after the other into a state of all others.
void one_by_one(std::vector<Item> items, std::vector<Item> fresh) {
  auto held = items.size();
  correlate::Stories stories;
  stories.add(std::move(items));
  std::printf("the index beside the items: %.0f bytes an entry\n",
              static_cast<double>(stories.bytes()) / static_cast<double>(held));
  std::mt19937 random(11);
  auto newest = stories.item(stories.size() - 1).published;
  std::vector<double> at_end, late;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    bool at_the_end = i % 2 == 0;
    newest += model::Seconds{30};
    fresh[i].published =
        at_the_end ? newest : newest - model::Seconds{static_cast<std::int64_t>(random() % 3600)};
    auto begin = Clock::now();
    stories.add(std::move(fresh[i]));
    (at_the_end ? at_end : late).push_back(1000 * seconds_since(begin));
  }
  print_latency("one new entry, the newest:", at_end);
  print_latency("one new entry, up to an hour late:", late);
}

}  // namespace

int main(int argc, char** argv) {
  auto entries = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 100'000);
  World world(entries);
  auto begin = Clock::now();
  auto items = world.make();
  std::printf("%zu entries made and read %28.1f s\n", entries, seconds_since(begin));
  correlate::OutageIndex outages(world.outages());
  begin = Clock::now();
  auto clusters = correlate::cluster(items);
  auto clustering = seconds_since(begin);
  std::printf("cluster: %zu stories %30.1f s\n", clusters.size(), clustering);
  begin = Clock::now();
  auto incidents = correlate::thread(items, clusters, outages);
  auto threading = seconds_since(begin);
  std::printf("thread: %zu incidents %29.1f s\n", incidents.size(), threading);
  std::printf("both: %.1f us an entry, peak resident %zu MB\n",
              1e6 * (clustering + threading) / static_cast<double>(entries), resident() >> 20U);
  clusters.clear();
  incidents.clear();
  auto happening = world.begin_happening();
  std::vector<Item> fresh;
  for (std::size_t i = 0; i < 2000; ++i) {
    if (i % 3 == 0) happening = world.begin_happening();
    fresh.push_back(world.item(happening, entries + i));
  }
  one_by_one(std::move(items), std::move(fresh));
  return 0;
}
