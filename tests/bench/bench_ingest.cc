#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <sys/resource.h>

#include "ingest/ingest.h"
#include "ingest/normalise.h"
#include "store/model/memory.h"
#include "store/rules/terms.h"
#include "store/store.h"
#include "tests/bench/processor.h"

// bench_ingest FILE FOLDER [ENTRIES]: reads a feed into a new SQLite database in FOLDER (parse,
// normalise, tell apart, index, commit), reads it again unchanged, and runs a bare loop that
// inserts the same texts into the same tables and text index with nothing around it. With ENTRIES,
// copies of the feed under new names follow until the store holds so many, for the growth: what
// processor time an entry costs, and how large the database is, at each power of ten. One line a
// figure; medians of seven rounds.

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Ingest and the bare loop take turns, so that what else the machine does hits both.
constexpr int kRounds = 7;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

model::Instant now() { return model::parse_iso("2015-02-01T00:00:00Z")->at; }

std::unique_ptr<store::Store> fresh(const fs::path& path) {
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix);
  auto store = store::open_store("sqlite:" + path.string());
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    std::exit(1);
  }
  return std::move(*store);
}

double ingest_once(store::Store& store, const std::string& name, const std::string& bytes) {
  ingest::Input input;
  input.url = input.name = name;
  input.bytes = bytes;
  auto begin = Clock::now();
  auto outcome = ingest::ingest_document(store, input, now());
  if (!outcome) {
    std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
    std::exit(1);
  }
  return since(begin);
}

// A statement of the bare loop.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) { sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& text(const std::string& value) {
    sqlite3_bind_text(statement_, ++at_, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
    return *this;
  }
  Statement& number(std::int64_t value) {
    sqlite3_bind_int64(statement_, ++at_, value);
    return *this;
  }
  void run() {
    if (sqlite3_step(statement_) != SQLITE_DONE) {
      std::fprintf(stderr, "the bare loop does not fit the tables any more\n");
      std::exit(1);
    }
    sqlite3_reset(statement_);
    at_ = 0;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int at_ = 0;
};

// The very rows that ingest writes for these entries, made before the clock starts.
double bare_loop(const fs::path& path, const std::vector<ingest::NewsItem>& items) {
  fresh(path);
  std::vector<std::vector<std::string>> indexed;
  for (const auto& item : items) {
    auto& row = indexed.emplace_back();
    for (auto& field : store::rules::cut_joined(item.revision))
      row.push_back(std::move(field.words));
  }
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  auto begin = Clock::now();
  sqlite3_exec(db, "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  {
    Statement entry(db,
                    "INSERT INTO entries (n, id, source_id, identity, identity_kind, first_seen) "
                    "VALUES (?, ?, 's', ?, 0, 0)");
    Statement revision(
        db,
        "INSERT INTO revisions VALUES (?, 1, ?, 'd', '', ?, ?, ?, ?, ?, '', '', '[]', "
        "'[]', '', '', 0, 0, '', 0, 0, '', 0, 0)");
    Statement words(db,
                    "INSERT INTO entry_words (rowid, title, body, publisher, tags) VALUES "
                    "(?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& r = items[i].revision;
      auto n = static_cast<std::int64_t>(i + 1);
      entry.number(n).text(items[i].entry.id).text(items[i].entry.identity).run();
      revision.number(n).text(r.content_hash).text(r.title).text(r.body);
      revision.text(r.html).text(r.url).text(r.canonical_url).run();
      words.number(n);
      for (const auto& field : indexed[i]) words.text(field);
      words.run();
    }
  }
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  double seconds = since(begin);
  sqlite3_close(db);
  return seconds;
}

// The feed again as another one of other entries: each guid and link gets a number.
std::string renumbered(const std::string& bytes, std::size_t copy) {
  std::string out;
  const std::string mark = "urn:item:";
  std::size_t from = 0;
  for (auto at = bytes.find(mark); at != std::string::npos; at = bytes.find(mark, from)) {
    out.append(bytes, from, at + mark.size() - from).append(std::to_string(copy)).append(":");
    from = at + mark.size();
  }
  return out.append(bytes, from);
}

bool is_power_of_ten(std::size_t number) {
  while (number >= 10 && number % 10 == 0) number /= 10;
  return number == 1;
}

// The database in MB: its pages, wherever they stand, in the file or still in its log.
double megabytes(const fs::path& path) {
  sqlite3* db = nullptr;
  sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
  double bytes = 1;
  for (const char* pragma : {"PRAGMA page_count", "PRAGMA page_size"}) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, pragma, -1, &statement, nullptr);
    sqlite3_step(statement);
    bytes *= static_cast<double>(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
  }
  sqlite3_close(db);
  return bytes / 1e6;
}

// What an entry costs when there are `entries`: the median of the last feeds, five at most.
void print_decade(const std::vector<double>& micros, std::size_t entries, const fs::path& path) {
  auto few = std::min<std::ptrdiff_t>(5, static_cast<std::ptrdiff_t>((micros.size() + 1) / 2));
  std::printf("at %zu entries: %.1f us an entry, database %.1f MB\n", entries,
              median({micros.end() - few, micros.end()}), megabytes(path));
  std::fflush(stdout);
}

void grow(store::Store& store, const std::string& bytes, std::size_t each, std::size_t most,
          const fs::path& path) {
  double first = 0;
  double last = 0;
  std::vector<double> all;
  for (std::size_t copy = 1; copy * each <= most; ++copy) {
    auto feed = renumbered(bytes, copy);
    double begin = processor_seconds();
    ingest_once(store, "copy-" + std::to_string(copy), feed);
    double micros = (processor_seconds() - begin) * 1e6 / static_cast<double>(each);
    all.push_back(micros);
    if (is_power_of_ten(copy * each)) print_decade(all, copy * each, path);
    // The means of the first and the last twentieth, so that one slow write does not decide.
    std::size_t twentieth = std::max<std::size_t>(most / each / 20, 1);
    if (copy <= twentieth) first += micros / static_cast<double>(twentieth);
    if (copy + twentieth > most / each) last += micros / static_cast<double>(twentieth);
  }
  std::printf("growth to %zu entries: %.1f us an entry at the start, %.1f at the end, ratio %.2f\n",
              most, first, last, last / first);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_ingest FILE FOLDER [ENTRIES]\n");
    return 2;
  }
  model::keep_freed_memory();  // as the program does
  std::ifstream file(argv[1], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  fs::path folder = argv[2];

  auto begin = Clock::now();
  auto parsed = feeds::parse(bytes, feeds::Kind::kNews, {});
  double parse = since(begin);
  begin = Clock::now();
  auto news = ingest::normalise(std::get<feeds::news::Document>(parsed), {"feed", "d", "", now()});
  double normalise = since(begin);

  std::unique_ptr<store::Store> store;
  std::vector<double> wholes;
  std::vector<double> bares;
  std::vector<double> ratios;
  for (int round = 0; round < kRounds; ++round) {
    store.reset();
    store = fresh(folder / "ingest.db");
    wholes.push_back(ingest_once(*store, "feed", bytes));
    bares.push_back(bare_loop(folder / "bare.db", news.items));
    ratios.push_back(bares.back() / wholes.back());
  }
  double again = ingest_once(*store, "feed", bytes);
  double whole = median(wholes);

  auto items = static_cast<double>(news.items.size());
  std::printf("ingest %.0f entries/s (%.3f s for %.0f)\n", items / whole, whole, items);
  std::printf("bare loop %.0f entries/s; ingest / bare loop %.2f (%.2f to %.2f)\n",
              items / median(bares), median(ratios),
              *std::min_element(ratios.begin(), ratios.end()),
              *std::max_element(ratios.begin(), ratios.end()));
  std::printf("of which parse %.3f s, normalise %.3f s\n", parse, normalise);
  std::printf("unchanged again %.5f s; first / again %.0f\n", again, whole / again);
  if (argc > 3) {
    grow(*store, bytes, news.items.size(), std::stoul(argv[3]), folder / "ingest.db");
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory %ld MB for a document of %.1f MB\n", usage.ru_maxrss / 1024,
              static_cast<double>(bytes.size()) / 1e6);
  return 0;
}
