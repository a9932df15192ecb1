#include <chrono>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "correlate/extract/known_names.h"
#include "correlate/extract/lexicon.h"
#include "correlate/gazetteer/cities.h"
#include "correlate/gazetteer/list.h"

// How long all gazetteers take to be there, and what memory: the cities, with every page of them
// read; our own names; and a made list of 85,000 ASes as a store keeps it. Memory is what the
// process has more of than before.

namespace {

namespace gazetteer = correlate::gazetteer;

double megabytes() {
  std::ifstream statm("/proc/self/statm");
  long size = 0;
  long resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

model::NameList every_as() {
  constexpr int kAll = 85000;
  std::vector<model::NamedThing> things;
  for (int i = 1; i <= kAll; ++i) {
    std::string number = std::to_string(i);
    things.push_back({"network",
                      "AS" + number,
                      fmt::format("Networks of Town {} Limited", i),
                      {fmt::format("TOWN{}-AS", i)},
                      "PK"});
  }
  return gazetteer::make_list(things, "ASes", "", std::nullopt);
}

}  // namespace

int main() {
  using Clock = std::chrono::steady_clock;
  auto list = every_as();
  std::string file = list.bytes;  // as the store gives it
  list.bytes.clear();
  list.bytes.shrink_to_fit();
  double before = megabytes();
  auto start = Clock::now();
  list.bytes = file;
  std::vector<model::NameList> lists;
  lists.push_back(std::move(list));
  correlate::extraction::KnownNames names(std::move(lists));
  std::uint64_t sum = 0;
  const auto& cities = gazetteer::cities();
  for (std::uint32_t i = 0; i < cities.size(); ++i) {
    sum += cities.name(i).size() + cities.population(i);
    auto word = [&](std::size_t n) { return n == 0 ? cities.name(i) : std::string_view(); };
    sum += cities.find(word).words;
  }
  double took = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  fmt::print("{} cities, {} names of ours and of 85,000 ASes ({:.1f} MB): {:.0f} ms, {:.1f} MB\n",
             cities.size(), names.fingerprint().empty() ? "no" : "the", double(file.size()) / 1e6,
             took, megabytes() - before);
  return sum == 0 ? 1 : 0;
}
