#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>

#include "correlate/features.h"
#include "correlate/joining.h"
#include "correlate/link.h"
#include "tests/bench/processor.h"

// bench_join [ENTRIES… | steady]: stories and incidents of so many made-up entries of one year,
// against a tenth as many outages; default 10000 100000 1000000. Entries have a headline of 9 words
// and 40 to 120 words of text, Zipf distributed over half a million words; they come in stories
// whose sizes follow a power law (most are alone, the largest have thousands), told over hours to
// days; a twentieth are near-copies. A story has names and words of its own, and in one of twelve
// cases an outage. Prints what it takes from scratch, incidents beside stories on a second thread;
// then how long one new entry takes in that state, the newest or up to an hour late: linking it,
// stories, incidents, and the records that have changed, without writing them to a store. And what
// is held in memory; `steady`: that alone, while entries keep coming.

namespace {

using correlate::Item;
using Clock = std::chrono::steady_clock;

constexpr model::Instant kBegin{model::Seconds{1'388'534'400}};  // 2014
constexpr std::int64_t kYear = 365 * 86400;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// What malloc has given out.
std::size_t allocated() {
  auto told = mallinfo2();
  return told.uordblks + told.hblkhd;
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

  // Of ten years, as in bench_link: busy countries have many times the outages of quiet ones.
  std::vector<model::Outage> outages() {
    std::vector<model::Outage> out(entries_ / 10 + 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto country = random_() % 256 * (random_() % 256) / 256;
      auto at = static_cast<std::int64_t>((uniform_(random_) * 10 - 9) * kYear);
      out[i].id = fmt::format("out-{}", i);
      out[i].scope.country = {static_cast<char>('A' + country / 16),
                              static_cast<char>('A' + country % 16)};
      out[i].start = kBegin + model::Seconds{at};
      out[i].end = out[i].start + model::Seconds{7200};
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

// What linking reads of an entry that tells of an outage of a country and a time.
struct Linked {
  correlate::Article article;
  model::Extraction extraction;
};

Linked to_link(const Item& item, const correlate::OutageIndex& outages, std::mt19937& random) {
  const auto& outage = outages.all()[random() % outages.all().size()];
  Linked out;
  out.article.id = item.entry_id;
  out.article.revision = 1;
  out.article.text = "Connectivity dropped\n\nService in the capital failed for several hours.";
  out.article.title_length = 20;
  out.article.anchor = {outage.start + model::Seconds{3600}, model::Precision::kSecond, ""};
  out.extraction.outage_words = {"dropped"};
  out.extraction.outage_score = 0.9;
  model::Mention place;
  place.scope.country = outage.scope.country;
  place.span = {34, 41, "capital"};
  out.extraction.mentions.push_back(place);
  model::Claim claim;
  claim.kind = model::ClaimKind::kStart;
  claim.interval = model::Interval{outage.start - model::Seconds{600}, outage.start};
  claim.countries = {place.scope.country};
  claim.value = "PRESENT_REF";
  out.extraction.claims.push_back(std::move(claim));
  return out;
}

// One new entry after the other into a state of all others.
void one_by_one(correlate::Joining& joining, std::vector<Item> fresh,
                const correlate::OutageIndex& outages) {
  std::mt19937 random(11);
  auto first = to_link(fresh.front(), outages, random);
  correlate::link(first.article, first.extraction, outages);  // reads what all links need
  auto newest = joining.item(joining.size() - 1).published;
  std::vector<double> linking, at_end, late;
  std::size_t links = 0;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    bool at_the_end = i % 2 == 0;
    newest += model::Seconds{30};
    fresh[i].published =
        at_the_end ? newest : newest - model::Seconds{static_cast<std::int64_t>(random() % 3600)};
    auto one = to_link(fresh[i], outages, random);
    std::vector<Item> items;
    items.push_back(std::move(fresh[i]));
    auto begin = Clock::now();
    links += correlate::link(one.article, one.extraction, outages).size();
    linking.push_back(1000 * seconds_since(begin));
    joining.change({}, std::move(items));
    auto changes = joining.take_changes(outages);
    (at_the_end ? at_end : late).push_back(1000 * seconds_since(begin));
    if (changes.stories.empty()) std::abort();
  }
  print_latency("  linking one new entry:", linking);
  print_latency("  one new entry, the newest:", at_end);
  print_latency("  one new entry, up to an hour late:", late);
  std::printf("  links of these: %zu\n", links);
}

// In the order of publication, as a Correlator does it first; how many stories were told on the
// way.
std::size_t join_in_pieces(correlate::Joining& joining, std::vector<Item> items) {
  const auto most = correlate::Extent{}.piece;
  std::size_t told = 0;
  for (std::size_t i = 0; i < items.size();) {
    std::vector<Item> piece;
    for (; i < items.size() && piece.size() < most; ++i) piece.push_back(std::move(items[i]));
    joining.expect(items.size() - i);
    joining.change({}, std::move(piece));
    told += joining.let_go().size();
  }
  return told;
}

std::vector<Item> made(World& world, const correlate::OutageIndex& outages) {
  auto items = world.make();
  for (auto& item : items) locate(item, outages);
  std::sort(items.begin(), items.end(),
            [](const Item& a, const Item& b) { return order_key(a) < order_key(b); });
  return items;
}

// Of happenings that nothing is told of yet.
std::vector<Item> made_later(World& world, const correlate::OutageIndex& outages,
                             std::size_t number) {
  auto happening = world.begin_happening();
  std::vector<Item> fresh;
  for (std::size_t i = 0; i < 2000; ++i) {
    if (i % 3 == 0) happening = world.begin_happening();
    fresh.push_back(world.item(happening, number + i));
    locate(fresh.back(), outages);
  }
  return fresh;
}

void run(std::size_t entries) {
  World world(entries);
  correlate::OutageIndex outages(world.outages());
  auto before = allocated();
  auto items = made(world, outages);
  auto per_entry = [entries](double much) { return much / static_cast<double>(entries); };
  std::printf("%zu entries, %zu outages\n", entries, outages.all().size());
  correlate::Joining joining;
  auto processor = processor_seconds();
  auto begin = Clock::now();
  auto stories = join_in_pieces(joining, std::move(items));
  auto joined = seconds_since(begin);
  auto changes = joining.take_changes(outages);
  auto all = seconds_since(begin);
  processor = processor_seconds() - processor;
  std::printf(
      "  from scratch: %.1f s by the clock, %.1f us an entry; %.1f s of processors, %.1f us\n", all,
      per_entry(1e6 * all), processor, per_entry(1e6 * processor));
  std::printf("  of it the last records %.1f s: %zu stories, %zu incidents\n", all - joined,
              stories + changes.stories.size(), changes.incidents.size());
  std::size_t most = 0;
  for (const auto& one : changes.incidents) most = std::max(most, one.story_ids.size());
  changes = {};
  auto held = allocated() - before;
  std::printf("  largest incident: %zu stories; held: %zu items, %.0f MB, %.0f bytes an entry\n",
              most, joining.held(), static_cast<double>(held) / 1e6,
              per_entry(static_cast<double>(held)));
  one_by_one(joining, made_later(world, outages, entries), outages);
}

// Entries that keep coming, four at a time, as the soak's do (soak.py): 726 s from one to the next,
// 30,000 before. What is held at the end of each 1,024, which is as often as items are let go.
void run_steadily() {
  constexpr std::size_t kBefore = 30'000, kAll = 46'000, kTold = 1024, kStep = 4;
  World world(kAll);
  correlate::OutageIndex outages(world.outages());
  auto items = made(world, outages);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].published = items[i].happened =
        kBegin + model::Seconds{726 * static_cast<std::int64_t>(i)};
  }
  auto first = std::vector<Item>(items.begin(), items.begin() + kBefore);
  correlate::Joining joining;
  join_in_pieces(joining, std::move(first));
  joining.take_changes(outages);
  std::size_t begin = 0, from = 0;
  for (auto i = kBefore; i + kStep <= items.size(); i += kStep) {
    auto at = items.begin() + static_cast<std::ptrdiff_t>(i);
    joining.change({}, std::vector<Item>(at, at + kStep));
    joining.take_changes(outages);
    if ((i + kStep) % kTold != 0) continue;
    if (from == 0) from = i, begin = allocated();
    auto more = static_cast<double>(allocated()) - static_cast<double>(begin);
    std::printf("%zu entries: %zu items held, %+.2f MB, %.0f bytes an entry\n", i + kStep,
                joining.held(), more / 1e6,
                more / static_cast<double>(std::max<std::size_t>(i - from, 1)));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "steady") {
    run_steadily();
    return 0;
  }
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10'000, 100'000, 1'000'000};
  for (auto size : sizes) run(size);
  return 0;
}
