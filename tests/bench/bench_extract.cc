#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/json.hpp>

#include "correlate/extract.h"
#include "correlate/extract/lexicon.h"
#include "correlate/extract/timex.h"
#include "correlate/extract/tokens.h"

// bench_extract: how many MB of text extraction reads in a second, on news and on text made to be
// slow. `bench_extract --articles` prints the news, one JSON string a line; `bench_extract --texts
// F` reads others in that shape and takes them instead of the made ones. News is 4 kB an entry, as
// Google Benchmark's bytes_per_second; of hostile text the time for twice the length is to be twice
// as long (BigO "N").

namespace {

constexpr std::string_view kSentences[] = {
    "North Korea was off the Internet for more than nine hours on Monday, said Dyn Research. ",
    "\"We have not seen an outage like this before,\" its director of analysis said. ",
    "The operator did not answer questions that were sent to it by e-mail and by telephone. ",
    "Officials in the capital blamed a cut of a cable near the coast, but engineers doubt it. ",
    "Traffic fell by 90 percent at 16:15 UTC and came back at 01:46 UTC on the following day. ",
    "Shops in the centre of the town closed early, since no cards could be read. ",
    "A spokesman for the ministry said that the network would be repaired within three days. ",
    "In March 2013 a similar failure had struck banks and broadcasters in the South. ",
    "Prices of shares rose slightly, while the currency lost some of its value. ",
    "The film was to open in 3,000 cinemas on Christmas Day; its studio gave it up last week. ",
    "Researchers found traces of the same malicious program in four other companies. ",
    "Residents said that their phones worked again shortly after noon, though slowly. ",
    "The president promised an answer \"in a place and time and manner that we choose\". ",
    "About 1,024 addresses are announced by the country's only provider, AS131279. ",
    "The committee meets again in early January to talk about measures against the attackers. ",
    "He grew up in a village in the north and studied mathematics before he joined the agency. ",
};

std::string news(std::size_t bytes, unsigned seed) {
  std::mt19937 random{seed};
  std::string out;
  while (out.size() < bytes) {
    out += kSentences[random() % std::size(kSentences)];
    if (random() % 6 == 0) out += "\n\n";
  }
  return out;
}

correlate::Article article_of(std::string text, std::string language) {
  correlate::Article article;
  article.id = "bench";
  article.revision = 1;
  article.text = std::move(text);
  article.anchor = *model::parse_iso("2014-12-23T12:00:00Z");
  article.language = std::move(language);
  return article;
}

constexpr unsigned kArticles = 64;
constexpr std::size_t kArticle = 4096;  // bytes

// The texts to measure with: made ones, unless others were given.
std::vector<std::string>& texts() {
  static std::vector<std::string> all = [] {
    std::vector<std::string> out;
    for (unsigned seed = 0; seed < kArticles; ++seed) out.push_back(news(kArticle, seed));
    return out;
  }();
  return all;
}

// Whole extraction: times, places, networks, names, claims, happening.
void extract_news(benchmark::State& state) {
  std::vector<correlate::Article> articles;
  for (const auto& text : texts()) articles.push_back(article_of(text, "en"));
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const auto& article = articles[next++ % articles.size()];
    benchmark::DoNotOptimize(correlate::extract(article));
    bytes += static_cast<std::int64_t>(article.text.size());
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(extract_news);

// Times alone, tokens included.
void extract_times(benchmark::State& state) {
  const auto& lexicon = correlate::extraction::Lexicon::of("en");
  auto anchor = *model::parse_iso("2014-12-23T12:00:00Z");
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const auto& text = texts()[next++ % texts().size()];
    correlate::extraction::Tokens tokens(text);
    benchmark::DoNotOptimize(correlate::extraction::find_times(tokens, lexicon, anchor));
    bytes += static_cast<std::int64_t>(text.size());
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(extract_times);

// Tokens alone.
void cut_tokens(benchmark::State& state) {
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const auto& text = texts()[next++ % texts().size()];
    correlate::extraction::Tokens tokens(text);
    benchmark::DoNotOptimize(tokens.size());
    bytes += static_cast<std::int64_t>(text.size());
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(cut_tokens);

struct Hostile {
  const char* name;
  std::string_view piece;  // repeated
};

constexpr Hostile kHostile[] = {
    {"letters", "a"},
    {"digits", "7"},
    {"clocks", "16:15 to "},
    {"dates", "22/12/2014-"},
    {"numbers", "twenty one and "},
    {"months", "May "},
    {"years", "1914-18 "},
    {"durations", "two hours and "},
    {"weekdays", "Monday, "},
    {"outages", "down at 4 pm since Monday "},
    {"the", "the last "},
    {"zalgo", "a\xCC\x80\xCC\x81"},
    {"bidi", "\xE2\x80\xAE 9:15 "},
    {"glyphs", "\xE4\xB8\x80"},
    {"emoji", "\xF0\x9F\x98\x80"},
    {"marks", "-/.:"},
};

void extract_hostile(benchmark::State& state, std::string_view piece) {
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += piece;
  auto article = article_of(text, "en");
  for (auto _ : state) benchmark::DoNotOptimize(correlate::extract(article));
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.SetComplexityN(state.range(0));
}

// Whether the file could be read: JSON strings, one a line.
bool take_texts(const char* path) {
  std::ifstream file(path);
  std::vector<std::string> read;
  for (std::string line; std::getline(file, line);) {
    boost::system::error_code failure;
    auto value = boost::json::parse(line, failure);
    if (failure || !value.is_string()) return false;
    read.emplace_back(value.as_string());
  }
  if (read.empty()) return false;
  texts() = std::move(read);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--articles") {  // for other programs
    for (const auto& text : texts()) {
      std::cout << boost::json::serialize(boost::json::string(text)) << "\n";
    }
    return 0;
  }
  if (argc > 2 && std::string_view(argv[1]) == "--texts") {
    if (!take_texts(argv[2])) {
      std::cerr << argv[2] << ": not JSON strings, one a line\n";
      return 2;
    }
    argv[2] = argv[0];
    argv += 2;
    argc -= 2;
  }
  for (const auto& hostile : kHostile) {
    benchmark::RegisterBenchmark(
        ("hostile/" + std::string(hostile.name)).c_str(),
        [&hostile](benchmark::State& state) { extract_hostile(state, hostile.piece); })
        ->RangeMultiplier(2)
        ->Range(1 << 16, 1 << 18)
        ->Complexity(benchmark::oN)
        ->MinTime(0.05);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
