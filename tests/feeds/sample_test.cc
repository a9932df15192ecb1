#include <algorithm>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "feeds/parse.h"
#include "tests/support/files.h"

namespace feeds {
namespace {

struct Row {
  std::string_view file;
  Kind kind;
  std::size_t records;
};

class Sample : public testing::TestWithParam<Row> {};

std::string print_problems(const std::vector<model::Warning>& problems) {
  std::string out;
  for (const auto& problem : problems) out += problem.place + ": " + problem.message + "\n";
  return out;
}

TEST_P(Sample, ReadsWithoutWarnings) {
  const Row& row = GetParam();
  std::string bytes = tests::read_file(tests::root() / "app/sample" / row.file);
  auto kind = detect(bytes, row.file);
  ASSERT_TRUE(kind) << kind.error().message;
  EXPECT_EQ(to_string(*kind), to_string(row.kind));
  Document document = parse(bytes, *kind, {});
  if (const auto* news = std::get_if<news::Document>(&document)) {
    EXPECT_EQ(news->entries.size(), row.records);
    EXPECT_FALSE(news->bozo);
    EXPECT_EQ(print_problems(news->problems), "");
    for (const auto& item : news->entries) {
      EXPECT_NE(item.id + item.link, "") << item.place;
      EXPECT_NE(item.title.value + item.summary.value, "") << item.place;
      EXPECT_TRUE(item.published.time || item.updated.time) << item.place;
    }
  } else {
    const auto& parsed = std::get<outages::Parsed>(document);
    EXPECT_EQ(parsed.outages.size() + parsed.signals.size(), row.records);
    EXPECT_EQ(print_problems(parsed.warnings), "");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, Sample,
    testing::Values(
        Row{"01-security-blog.rss.xml", Kind::kNews, 35},
        Row{"02-security-blog-comments.rss.xml", Kind::kNews, 5},
        Row{"03-wire.2014-12-23T0200Z.atom.xml", Kind::kNews, 16},
        Row{"04-wire.2014-12-24T0000Z.atom.xml", Kind::kNews, 23},
        Row{"05-broadcasters.rdf", Kind::kNews, 33}, Row{"06-tech-sites.json", Kind::kNews, 28},
        Row{"07-bulgarian.rss.xml", Kind::kNews, 3}, Row{"08-korean.atom.xml", Kind::kNews, 3},
        Row{"09-other-news.rss.xml", Kind::kNews, 30}, Row{"outages-dyn.csv", Kind::kOutagesCsv, 5},
        Row{"outages-decoys.jsonl", Kind::kOutagesJsonl, 7},
        Row{"outages-ioda.json", Kind::kIoda, 6}, Row{"outages-radar.json", Kind::kRadar, 5},
        Row{"signal-visible-prefixes.jsonl", Kind::kOutagesJsonl, 1}),
    [](const auto& row) { return tests::test_name(row.param.file); });

TEST(Sample, SignalHas576Samples) {
  auto parsed = outages::parse_jsonl(
      tests::read_file(tests::root() / "app/sample/signal-visible-prefixes.jsonl"));
  ASSERT_EQ(parsed.signals.size(), 1U);
  const auto& signal = parsed.signals[0];
  EXPECT_EQ(signal.values.size(), 576U);
  EXPECT_EQ(model::to_iso(signal.from), "2014-12-22T00:00:00Z");
  EXPECT_EQ(signal.step.count(), 300);
  EXPECT_EQ(signal.scope.country, "KP");
  // What was not measured is not zero.
  EXPECT_GT(std::count(signal.values.begin(), signal.values.end(), std::nullopt), 0);
  EXPECT_GT(std::count(signal.values.begin(), signal.values.end(), std::optional(0.0)), 0);
}

}  // namespace
}  // namespace feeds
