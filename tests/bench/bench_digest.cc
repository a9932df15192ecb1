// bench_digest FILE [ENTRIES [SUBSCRIBERS [QUERIES]]]: a SQLite database of so many made-up entries
// (default 100,000) of a year, correlated; then so many subscribers (10,000) with so many distinct
// queries (200) who have said yes; then a day of entries (a three hundredth of all), correlated.
// Prints how long it takes to make the issues that are due and to put all mails into the outbox,
// and to compose each mail to its last byte, handing it to nobody. FILE must not exist.
//
// Entries tell of outages in 60 countries, and of nothing of the kind; half are in stories of
// several. Queries are countries, words, both, and everything.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/mail/outbox.h"
#include "correlate/correlate.h"
#include "store/store.h"
#include "tests/bench/must.h"

namespace {

using Clock = std::chrono::steady_clock;
using model::Instant;
using model::Seconds;

constexpr Instant kBegin{Seconds{1'388'534'400}};  // 2014
constexpr Seconds kYear{365 * 86'400}, kDay{86'400};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Place {
  const char* name;
  const char* code;
};
constexpr Place kPlaces[] = {
    {"North Korea", "KP"}, {"Iran", "IR"},       {"Pakistan", "PK"},  {"Syria", "SY"},
    {"India", "IN"},       {"Egypt", "EG"},      {"Venezuela", "VE"}, {"Cuba", "CU"},
    {"Turkey", "TR"},      {"Iraq", "IQ"},       {"Sudan", "SD"},     {"Myanmar", "MM"},
    {"Ethiopia", "ET"},    {"Uganda", "UG"},     {"Yemen", "YE"},     {"Russia", "RU"},
    {"Kenya", "KE"},       {"Nigeria", "NG"},    {"Brazil", "BR"},    {"Peru", "PE"},
    {"Ukraine", "UA"},     {"Kazakhstan", "KZ"}, {"Libya", "LY"},     {"Tunisia", "TN"},
    {"Algeria", "DZ"},     {"Morocco", "MA"},    {"Nepal", "NP"},     {"Bangladesh", "BD"},
    {"Sri Lanka", "LK"},   {"Vietnam", "VN"},    {"Thailand", "TH"},  {"Indonesia", "ID"},
    {"Philippines", "PH"}, {"Australia", "AU"},  {"Tonga", "TO"},     {"Fiji", "FJ"},
    {"Germany", "DE"},     {"France", "FR"},     {"Italy", "IT"},     {"Spain", "ES"},
    {"Portugal", "PT"},    {"Greece", "GR"},     {"Romania", "RO"},   {"Bulgaria", "BG"},
    {"Poland", "PL"},      {"Hungary", "HU"},    {"Armenia", "AM"},   {"Azerbaijan", "AZ"},
    {"Uzbekistan", "UZ"},  {"Tajikistan", "TJ"}, {"Mongolia", "MN"},  {"Ghana", "GH"},
    {"Cameroon", "CM"},    {"Gabon", "GA"},      {"Togo", "TG"},      {"Mali", "ML"},
    {"Senegal", "SN"},     {"Zimbabwe", "ZW"},   {"Zambia", "ZM"},    {"Mozambique", "MZ"}};

class World {
 public:
  World(store::Store& store, std::size_t entries) : store_(store), entries_(entries) {}

  void write_year() { write(entries_, kBegin, kYear); }
  void write_day() { write(entries_ / 300, kBegin + kYear, kDay); }

  std::string query(std::size_t n) const {
    const auto& place = kPlaces[n % std::size(kPlaces)];
    switch (n / std::size(kPlaces)) {
      case 0:
        return fmt::format("country:{}", place.code);
      case 1:
        return fmt::format("outage {}", word(n * 37));
      case 2:
        return fmt::format("country:{} OR {}", place.code, word(n * 11));
      default:
        return n % 7 == 0 ? std::string() : word(n * 3);
    }
  }

 private:
  void write(std::size_t count, Instant from, Seconds within) {
    constexpr std::size_t kTogether = 5000;
    while (count > 0) {
      auto writer = must(store_.begin());
      auto now = std::min(count, kTogether);
      for (std::size_t i = 0; i < now; ++i) {
        auto after = std::uniform_int_distribution<std::int64_t>(0, within.count() - 1)(random_);
        write_entry(*writer, from + Seconds{after});
      }
      must(writer->commit());
      count -= now;
    }
  }

  // Those of one day and place tell of the same.
  void write_entry(store::Writer& writer, Instant at) {
    auto id = fmt::format("ent-{:016x}", number_++);
    const auto& place =
        kPlaces[below(std::size(kPlaces)) * below(std::size(kPlaces)) / std::size(kPlaces)];
    model::Entry entry{id, fmt::format("src-{}", below(500)), id, model::IdentityKind::kGuid, at,
                       {}};
    model::Revision revision;
    bool outage = below(3) == 0;
    revision.title = outage
                         ? fmt::format("Internet outage in {} after {}", place.name,
                                       word(static_cast<std::size_t>(at.time_since_epoch() / kDay)))
                         : fmt::format("{} {} {} in {}", some(), some(), some(), place.name);
    if (outage)
      revision.body = fmt::format("{} was offline for {} hours. ", place.name, 2 + below(9));
    for (std::size_t n = 40 + below(80); n > 0; --n) revision.body += some() + " ";
    revision.publisher = fmt::format("Paper {}", below(500));
    revision.language = "en";
    revision.published = {at, model::Precision::kSecond, "Z"};
    revision.seen_at = at;
    must(writer.put(entry, revision));
  }

  static std::string word(std::size_t rank) {
    std::string out;
    for (auto n = rank * 7919 + 12345; n > 0; n /= 20) out += "bcdfghklmnpqrstvwxza"[n % 20];
    return out;
  }
  std::string some() {
    return word(static_cast<std::size_t>(
        std::exp(std::uniform_real_distribution<>(0, std::log(100'000.0))(random_))));
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  store::Store& store_;
  std::size_t entries_;
  std::size_t number_ = 0;
  std::mt19937_64 random_{42};
};

void subscribe(store::Store& store, const World& world, std::size_t people, std::size_t queries) {
  for (std::size_t i = 0; i < people; ++i) {
    app::mail::Wish wish;
    wish.address = fmt::format("reader{}@there.example", i);
    wish.query = world.query(i % queries);
    auto made = must(app::mail::subscribe(store, wish, fmt::format("token-{}", i), kBegin + kYear));
    must(app::mail::confirm(store, made.token, kBegin + kYear));
  }
}

std::size_t argument(int count, char** words, int n, std::size_t otherwise) {
  return count > n ? static_cast<std::size_t>(std::strtoull(words[n], nullptr, 10)) : otherwise;
}

}  // namespace

int main(int count, char** words) try {
  if (count < 2 || std::filesystem::exists(words[1])) {
    fmt::print(stderr, "bench_digest FILE [ENTRIES [SUBSCRIBERS [QUERIES]]]; FILE is made\n");
    return 2;
  }
  auto entries = argument(count, words, 2, 100'000), people = argument(count, words, 3, 10'000),
       queries = argument(count, words, 4, 200);
  auto store = must(store::open_store(std::string("sqlite:") + words[1]));
  World world(*store, entries);
  correlate::Correlator correlator(*store);
  world.write_year();
  must(correlator.run({}));
  subscribe(*store, world, people, queries);
  world.write_day();
  must(correlator.run({}));
  auto now = kBegin + kYear + kDay + Seconds{8 * 3600};
  auto begun = Clock::now();
  auto queued = must(app::mail::queue(*store, now));
  auto made = seconds_since(begun);
  std::size_t bytes = 0;
  app::mail::Settings settings;
  settings.from = "digest@news.example";
  settings.base = "https://news.example/";
  app::mail::Ways ways;
  ways.mail = [&](const app::mail::Delivery& delivery) {
    bytes += delivery.body.size();
    return app::mail::Handed{true, false, false, "250 OK"};
  };
  begun = Clock::now();
  auto sent = must(app::mail::send(*store, settings, ways, now));
  fmt::print(
      "{} entries, {} subscribers, {} queries: {} issues made, {} mails queued in {:.1f} s; "
      "{} composed and marked in {:.1f} s, {} kB each\n",
      entries, people, queries, queued.issues, queued.mails, made, sent.sent, seconds_since(begun),
      sent.sent > 0 ? bytes / sent.sent / 1000 : 0);
  return 0;
} catch (const std::exception& failure) {
  std::fputs(failure.what(), stderr);
  return 1;
}
