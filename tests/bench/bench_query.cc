// bench_query FILE [ENTRIES] [QUESTIONS]: builds a SQLite database of so many made entries (default
// 1,000,000), a tenth as many outages and a hundredth as many incidents, derived records put
// directly, then prints p50 and p99 in milliseconds of processor time of timelines, find(),
// facets() and find_incidents(). An existing FILE is asked as it is. Words of entries are Zipf
// distributed; a sixth of the entries are in incidents, most of which are small. Questions (default
// 300) are made of what entries say: rare words and common ones, places, networks, times.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "correlate/timeline.h"
#include "store/store.h"
#include "tests/bench/must.h"
#include "tests/bench/processor.h"

namespace {

using model::Instant;
using model::Seconds;

constexpr std::int64_t kFrom = 1'262'304'000;  // 2010
constexpr std::int64_t kSpan = 15LL * 365 * 86400;
constexpr Instant kNow{Seconds{kFrom + kSpan}};
constexpr const char* kCountries[] = {"KP", "IR", "PK", "SY", "IN", "EG", "VE", "CU",
                                      "TR", "IQ", "SD", "MM", "ET", "UG", "YE", "RU"};

class World {
 public:
  explicit World(std::size_t entries) : entries_(entries) {}

  void write(store::Store& store) {
    write_entries(store);
    auto writer = must(store.begin());
    for (std::size_t i = 0; i < entries_ / 10; ++i) must(writer->set_fused(outage(i)));
    write_groups(*writer);
    must(writer->commit());
  }

  std::string word() {
    // Ranks of a Zipf distribution with exponent 1 over 200,000 words.
    auto rank = std::exp(std::uniform_real_distribution<>(0, std::log(200'000.0))(random_));
    return word(static_cast<std::uint64_t>(rank));
  }
  static std::string word(std::uint64_t rank) {
    std::string out;
    for (auto n = rank * 7919 + 12345; n > 0; n /= 20) out += "bcdfghklmnpqrstvwxza"[n % 20];
    return out;
  }
  const char* country() { return kCountries[below(16) * below(16) / 16]; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

 private:
  void write_entries(store::Store& store) {
    constexpr std::size_t kTogether = 20'000;
    for (std::size_t i = 0; i < entries_;) {
      auto writer = must(store.begin());
      if (i == 0) {
        for (int s = 0; s < 50; ++s) must(writer->put(source(s)));
      }
      for (auto end = std::min(entries_, i + kTogether); i < end; ++i) write_entry(*writer, i);
      must(writer->commit());
      fmt::print(stderr, "\r{} entries", i);
    }
    fmt::print(stderr, "\n");
  }

  static model::Source source(int n) {
    model::Source out;
    out.id = fmt::format("src-{}", n);
    out.url = fmt::format("https://paper{}.example/feed", n);
    out.title = fmt::format("Paper {}", n);
    return out;
  }

  Instant time_of(std::size_t i) const {
    return Instant(Seconds(kFrom + static_cast<std::int64_t>(i) * kSpan /
                                       static_cast<std::int64_t>(entries_)));
  }
  std::size_t outage_near(std::size_t i) { return std::min(entries_ / 10 - 1, i / 10 + below(3)); }

  void write_entry(store::Writer& writer, std::size_t i) {
    auto id = fmt::format("ent-{:016x}", i);
    model::Entry entry{
        id, fmt::format("src-{}", below(50)), id, model::IdentityKind::kGuid, time_of(i), {}};
    model::Revision revision;
    for (int n = 0; n < 9; ++n) revision.title += word() + " ";
    for (std::size_t n = 40 + below(80); n > 0; --n) revision.body += word() + " ";
    revision.publisher = fmt::format("Paper {}", below(50));
    revision.language = "en";
    revision.published = {time_of(i), model::Precision::kSecond, "Z"};
    revision.seen_at = time_of(i);
    must(writer.put(entry, revision));
    must(writer.set_extraction(extraction(id, time_of(i))));
    if (i % 6 != 0) return;
    auto outage = fmt::format("out-{}", outage_near(i));
    model::Link link;
    link.id = "lnk-" + id;
    link.entry_id = id;
    link.revision = 1;
    link.outage_id = outage;
    link.probability = static_cast<double>(below(1000)) / 1000;
    link.reasons = {{"place", 3, "both speak of it"}, {"time", 2, "an hour apart"}};
    must(writer.set_links(id, {link}));
    model::Verdict verdict;
    verdict.id = "vrd-" + id;
    verdict.claim_id = "clm-" + id;
    verdict.entry_id = id;
    verdict.revision = 1;
    verdict.outage_id = outage;
    verdict.verdict = static_cast<model::VerdictKind>(below(5));
    must(writer.set_verdicts(id, {verdict}));
  }

  model::Extraction extraction(const std::string& id, Instant at) {
    model::Extraction out;
    out.entry_id = id;
    out.revision = 1;
    out.language = below(5) > 0 ? "en" : "ko";
    out.happening = static_cast<model::Happening>(below(15));
    out.happened = {at - Seconds{3600}, model::Precision::kDay, "Z"};
    model::Mention place;
    place.scope.country = country();
    place.name = place.scope.country;
    out.mentions.push_back(place);
    if (below(4) == 0) {
      model::Mention actor;
      actor.kind = model::MentionKind::kActor;
      actor.name = fmt::format("Group {}", below(300));
      out.mentions.push_back(actor);
    }
    model::Claim claim;
    claim.id = "clm-" + id;
    claim.sentence.text = word() + " " + word();
    claim.countries = {place.scope.country};
    claim.interval = model::Interval{at - Seconds{7200}, at};
    out.claims.push_back(claim);
    return out;
  }

  model::Outage outage(std::size_t i) {
    model::Outage out;
    out.id = fmt::format("out-{}", i);
    out.number = 1;
    out.scope.country = country();
    if (below(3) == 0) out.scope.asn = static_cast<std::uint32_t>(1000 + below(20'000));
    out.start = time_of(i * 10);
    out.end = out.start + Seconds(600 << below(10));
    out.measurements.push_back({"IODA bgp", "visible prefixes fell", "", {}, {}});
    out.first_seen_at = out.seen_at = out.start;
    return out;
  }

  // Each incident is of neighbours in time: 1 to 5 stories, 1 to 4 entries each, few far larger.
  void write_groups(store::Writer& writer) {
    std::vector<model::Story> stories;
    std::vector<model::Incident> incidents;
    std::size_t count = entries_ / 100;
    for (std::size_t n = 0; n < count; ++n) {
      auto next = n * 100, end = next + 100;
      model::Incident incident;
      incident.id = fmt::format("inc-{:016x}", n);
      incident.title = word() + " " + word();
      incident.span = {time_of(next), time_of(end - 1)};
      auto large = below(100) == 0;
      for (std::size_t s = large ? 10 : 1 + below(5); s > 0; --s) {
        model::Story story;
        story.id = fmt::format("sty-{:016x}", stories.size());
        story.title = incident.title;
        for (std::size_t e = large ? 9 : 1 + below(9); e > 0 && next < end; --e) {
          story.entry_ids.push_back(fmt::format("ent-{:016x}", next++));
        }
        if (story.entry_ids.empty()) break;
        story.origins = 1 + static_cast<int>(below(story.entry_ids.size()));
        incident.story_ids.push_back(story.id);
        stories.push_back(std::move(story));
      }
      incident.outage_ids = {fmt::format("out-{}", n * 10), fmt::format("out-{}", n * 10 + 1)};
      incidents.push_back(std::move(incident));
    }
    must(writer.set_stories(stories));
    must(writer.set_incidents(incidents));
  }

  std::size_t entries_;
  std::mt19937_64 random_{7};
};

// Questions as people ask them, in equal parts.
std::vector<std::string> questions(std::size_t count) {
  World world(1);
  std::vector<std::string> out;
  auto month = [&] { return fmt::format("{}-{:02}", 2010 + world.below(14), 1 + world.below(12)); };
  for (std::size_t i = 0; i < count; ++i) {
    switch (i % 6) {
      case 0:
        out.push_back(World::word(1000 + world.below(50'000)));
        break;
      case 1:
        out.push_back(world.word() + " " + world.word());
        break;
      case 2:
        out.push_back(fmt::format("country:{} published:{}", world.country(), month()));
        break;
      case 3:
        out.push_back(fmt::format("asn:{}", 1000 + world.below(20'000)));
        break;
      case 4:
        out.push_back(
            fmt::format("{} country:{}", World::word(100 + world.below(5000)), world.country()));
        break;
      default:
        out.push_back(fmt::format("actor:\"group {}\" happened:{}/P1M", world.below(300), month()));
    }
  }
  return out;
}

double processor_ms() { return processor_seconds() * 1e3; }

void measure(const char* what, const std::vector<std::string>& asked,
             const std::function<std::size_t(const std::string&)>& ask) {
  std::vector<std::pair<double, std::string>> took;
  std::size_t found = 0;
  for (const auto& question : asked) {
    double begin = processor_ms();
    found += ask(question);
    took.emplace_back(processor_ms() - begin, question);
  }
  std::sort(took.begin(), took.end());
  auto at = [&](double share) {
    return took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))];
  };
  fmt::print("{:<24} p50 {:8.2f} ms  p99 {:8.2f} ms  most {:8.2f} ms ({})  {} found\n", what,
             at(0.5).first, at(0.99).first, took.back().first, took.back().second, found);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    fmt::print(stderr, "bench_query FILE [ENTRIES] [QUESTIONS]\n");
    return 2;
  }
  std::size_t entries = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000;
  bool there = std::filesystem::exists(argv[1]);
  auto store = must(store::open_store(std::string("sqlite:") + argv[1]));
  if (!there) {
    auto begin = processor_seconds();
    World(entries).write(*store);
    fmt::print("built in {:.2f} s of processor, {:.2f} GB\n", processor_seconds() - begin,
               static_cast<double>(std::filesystem::file_size(argv[1])) / 1e9);
  }
  auto asked = questions(argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 300);
  auto parsed = [](const std::string& text) { return must(store::query::parse(text, kNow)); };
  measure("timeline", asked, [&](const std::string& text) {
    correlate::TimelineRequest request;
    request.query = text;
    request.now = kNow;
    return must(correlate::timeline(*store, request)).incidents.size();
  });
  measure("find_incidents", asked, [&](const std::string& text) {
    return must(store->find_incidents(parsed(text), 5)).size();
  });
  using Order = store::FindOptions::Order;
  for (auto [name, order] : {std::pair{"find, relevance", Order::kRelevance},
                             std::pair{"find, newest", Order::kNewest}}) {
    store::FindOptions options;
    options.order = order;
    measure(name, asked, [&](const std::string& text) {
      return must(store->find(parsed(text), options)).hits.size();
    });
  }
  measure("facets", asked,
          [&](const std::string& text) { return must(store->facets(parsed(text), 10)).size(); });
  return 0;
} catch (const std::exception& failure) {
  std::fputs(failure.what(), stderr);
  return 1;
}
