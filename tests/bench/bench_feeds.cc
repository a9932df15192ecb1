#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "feeds/news/feed.h"
#include "store/model/memory.h"

// bench_feeds FILE [RUNS]: reads a feed as ingest does (dates, links, titles and texts as plain
// text) RUNS times and prints one line: items, seconds (median), peak memory in kB, and a sum that
// keeps the work from being optimised away. The file is in memory before the clock starts.

namespace {

struct Work {
  std::size_t items = 0;
  std::size_t dates = 0;
  std::size_t links = 0;
  std::size_t text = 0;  // bytes
};

Work read(const std::string& bytes) {
  Work work;
  auto document = feeds::news::parse(bytes, {});
  for (const auto& item : document.entries) {
    ++work.items;
    work.dates += item.published.time || item.updated.time ? 1 : 0;
    work.links += item.link.empty() ? 0 : 1;
    work.text += feeds::news::plain_text(item.title).size();
    const auto& body = item.content.empty() ? item.summary : item.content.front();
    work.text += feeds::news::plain_text(body).size();
  }
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  model::keep_freed_memory();  // as the program does
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_feeds FILE [RUNS]\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  int runs = std::max(argc > 2 ? std::atoi(argv[2]) : 5, 1);
  std::vector<double> seconds;
  Work work;
  for (int i = 0; i < runs; ++i) {
    auto begin = std::chrono::steady_clock::now();
    work = read(bytes);
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(seconds.begin(), seconds.end());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%zu %.6f %ld %zu %zu %zu\n", work.items, seconds[seconds.size() / 2],
              usage.ru_maxrss, work.dates, work.links, work.text);
  return 0;
}
