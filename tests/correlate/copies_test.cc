#include "correlate/copies.h"

#include <deque>
#include <map>
#include <random>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/decisions.h"
#include "correlate/deleted.h"
#include "tests/support/files.h"
#include "tests/support/shared_data.h"

namespace {

using correlate::CopyIndex;
using correlate::kCopy;
using correlate::resemblance;
using correlate::sketch_of;

const std::string kReport =
    "North Korea's fragile Internet connection was restored on Tuesday after more than nine hours "
    "without a route to the rest of the world, the company that watches such routes said, and "
    "nobody would say who had cut it or whether it had simply failed under its own weight.";

struct Row {
  const char* name;
  std::string a, b;
  bool copy;
};
const Row kRows[] = {
    {"Same", kReport, kReport, true},
    {"OtherCaseAndQuotes", "North Korea’s INTERNET was restored on Tuesday after nine hours",
     "North Korea's Internet was restored on Tuesday, after nine hours", true},
    {"Credited", kReport, "SEOUL (Wire) - " + kReport + " Reporting by the wire's staff.", true},
    {"CutShort", kReport, kReport.substr(0, kReport.size() / 3), true},
    {"CutVeryShort", kReport, kReport.substr(0, 60), false},
    {"BeginsAlikeOnly", kReport,
     kReport.substr(0, 60) +
         " and that is all that has been said of it so far by anybody in the country.",
     false},
    {"Retold", kReport,
     "The Internet in North Korea came back after an outage of over nine hours, according to a "
     "company that monitors routes; it is not known who was behind it.",
     false},
    {"ShortAndEqual", "Internet down", "Internet down", true},
    {"ShortAndAlike", "North Korea Internet down again", "North Korea Internet down today", false},
    {"Korean",
     "북한 인터넷이 23일 새벽 1시 15분부터 9시간 넘게 전면 접속 불가 상태였다고 업체가 밝혔다",
     "북한 인터넷이 23일 새벽 1시 15분부터 9시간 넘게 전면 접속 불가 상태였다고 업체가 밝혔다 (끝)",
     true},
    {"Japanese",
     "北朝鮮のインターネット接続が九時間以上にわたり全面的に遮断されたと米企業が発表した",
     "北朝鮮のインターネット接続が九時間以上にわたり全面的に遮断されたと米企業が発表した。続報あり",
     true},
    {"Chinese", "朝鲜互联网连接在中断九个多小时后于周二恢复,一家美国公司表示目前原因不明",
     "朝鲜互联网连接在中断九个多小时后于周二恢复,一家美国公司表示目前原因不明(完)", true},
    {"ChineseRetold", "朝鲜互联网连接在中断九个多小时后于周二恢复,一家美国公司表示目前原因不明",
     "周二朝鲜网络恢复正常,此前断网超过九小时,原因仍未查明", false},
    {"Thai", "อินเทอร์เน็ตของเกาหลีเหนือกลับมาใช้งานได้หลังล่มนานกว่าเก้าชั่วโมง บริษัทเผย",
     "อินเทอร์เน็ตของเกาหลีเหนือกลับมาใช้งานได้หลังล่มนานกว่าเก้าชั่วโมง บริษัทเผยวันนี้", true},
    {"Nothing", "", "", false},
};
// An index that keeps the sketches too.
struct Index {
  std::deque<correlate::Sketch> sketches{};
  CopyIndex index{};
  void add(correlate::Sketch sketch) { index.add(sketches.emplace_back(std::move(sketch))); }
  auto find(const correlate::Sketch& sketch) const { return index.find(sketch); }
};

class Pair : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, Pair, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(Pair, IsACopyOrNot) {
  Index index;
  index.add(sketch_of("", GetParam().a));
  EXPECT_EQ(index.find(sketch_of("", GetParam().b)).has_value(), GetParam().copy)
      << resemblance(sketch_of("", GetParam().a), sketch_of("", GetParam().b));
}

TEST(CopiesAmong, AreThoseOfTheIndexHoweverMany) {
  for (std::size_t others : {0U, 10U, 40U}) {
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < others; ++i) {
      std::string body;
      for (std::size_t word = 0; word < 40; ++word) body += fmt::format("w{} ", i * 1000 + word);
      bodies.push_back(body);
    }
    bodies.push_back(kReport);
    bodies.push_back("SEOUL (Wire) - " + kReport);
    bodies.push_back("Another thing altogether, at some length, to be told apart from the rest.");
    std::vector<correlate::Text> texts;
    Index index;
    std::vector<std::optional<std::size_t>> by_index, among;
    for (const auto& body : bodies) {
      texts.push_back({"", body, ""});
      auto found = index.find(sketch_of("", body));
      by_index.push_back(found ? std::optional(found->of) : std::nullopt);
      index.add(sketch_of("", body));
    }
    for (const auto& found : correlate::copies_among(texts)) {
      among.push_back(found ? std::optional(found->of) : std::nullopt);
    }
    EXPECT_EQ(among, by_index) << others;
    EXPECT_EQ(among[others + 1], others);
  }
}

TEST(Resemblance, OfLongTextsIsEstimated) {
  std::mt19937 random(3);
  std::string common, a, b;
  for (int n = 0; n < 2000; ++n) common += "w" + std::to_string(random()) + " ";
  for (int n = 0; n < 500; ++n) a += "a" + std::to_string(random()) + " ";
  for (int n = 0; n < 500; ++n) b += "b" + std::to_string(random()) + " ";
  // 2,000 of 3,000; the standard error of 64 hashes is 0.06.
  EXPECT_NEAR(resemblance(sketch_of("", common + a), sketch_of("", common + b)), 2.0 / 3, 0.18);
}

TEST(CopyIndex, FindsTheClosest) {
  Index index;
  index.add(sketch_of("", "something else that has nothing to do with any of it at all"));
  index.add(sketch_of("", kReport + " One more sentence stands at its end here."));
  index.add(sketch_of("", kReport));
  EXPECT_EQ(index.find(sketch_of("", kReport))->of, 2U);
}

struct AddressRow {
  const char* name;
  const char* title;
  const char* url;
  bool copy;
};
const AddressRow kAddresses[] = {
    {"Mobile", "North Korea's Internet is restored", "https://m.wire.example/2014/12/kp-back",
     true},
    {"Amp", "North Korea's Internet restored", "https://www.wire.example/2014/12/kp-back/amp/",
     true},
    {"OtherTitle", "Live: the night's events", "https://www.wire.example/2014/12/kp-back", false},
    {"OtherAddress", "North Korea's Internet is restored", "https://www.wire.example/2014/12/x",
     false},
    {"HomePage", "North Korea's Internet is restored", "https://www.wire.example/", false},
    {"NoAddress", "North Korea's Internet is restored", "", false},
};
class Address : public testing::TestWithParam<AddressRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Address, testing::ValuesIn(kAddresses),
                         [](const auto& row) { return row.param.name; });
TEST_P(Address, WithALikeTitleIsACopy) {
  constexpr auto kUrl = "https://www.wire.example/2014/12/kp-back";
  Index index;
  index.add(sketch_of("", "something else that has nothing to do with any of it at all"));
  index.add(sketch_of("North Korea's Internet is restored", kReport, kUrl));
  auto other = sketch_of(GetParam().title, "A summary in other words.", GetParam().url);
  auto match = index.find(other);
  ASSERT_EQ(match.has_value(), GetParam().copy);
  if (!match) return;
  EXPECT_EQ(match->of, 1U);
  EXPECT_TRUE(match->like.address);
  EXPECT_EQ(correlate::copy_reason(match->like),
            "near-copy: the same article's address, and a like title");
}

// A summary and a report, under other titles; which came first does not matter.
TEST(CopyIndex, FindsWhatATextIsTheBeginningOf) {
  std::string more, other;
  for (int n = 0; n < 200; ++n)
    more += " more" + std::to_string(n), other += " o" + std::to_string(n);
  auto summary = sketch_of("Restored", kReport);
  auto report = sketch_of("North Korea is back online", "PYONGYANG (Wire) " + kReport + more);
  auto another = sketch_of("Another thing altogether", other);
  for (bool summary_first : {true, false}) {
    Index index;
    index.add(another);
    index.add(summary_first ? summary : report);
    auto match = index.find(summary_first ? report : summary);
    ASSERT_TRUE(match);
    EXPECT_EQ(match->of, 1U);
    EXPECT_LT(match->like.resemblance, kCopy);
    EXPECT_EQ(correlate::copy_reason(match->like),
              "near-copy: as the other begins, 100 % of the words in the same order");
  }
  // What only the middle has is a quotation.
  Index index;
  index.add(sketch_of("Quoted", other + " " + kReport + more));
  EXPECT_FALSE(index.find(summary));
  // Long ones that begin alike, and go on differently.
  index.add(sketch_of("Live", kReport + more.substr(0, 500) + other));
  EXPECT_TRUE(index.find(sketch_of("Live, later", kReport + more)));
}

TEST(CopyIndex, StaysLinearWhereAllAreAlike) {
  Index index;
  auto sketch = sketch_of("", kReport);
  for (int n = 0; n < 20000; ++n) {
    index.find(sketch);
    index.add(sketch);
  }
  EXPECT_TRUE(index.find(sketch));
}

// Headlines that an aggregator put into one story, and headlines of others: pairs that the index
// finds must be of one story, and all whose resemblance is known to be high enough must be found.
TEST(RealPairs, AreOfOneStory) {
  NEED_SHARED_DATA("stories/headlines.jsonl");
  Index index;
  std::vector<std::string> clusters;
  int found = 0, right = 0, missed = 0;
  for (const auto& item : support::read_jsonl(support::shared_data() / "stories/headlines.jsonl")) {
    auto cluster = support::text_of(item, "cluster");
    auto sketch = sketch_of(support::text_of(item, "title"), "");
    auto match = index.find(sketch);
    double best = 0;
    for (const auto& other : index.sketches) {
      if (std::min(other.shingles, sketch.shingles) < correlate::kFewestShingles) continue;
      best = std::max(best, resemblance(other, sketch));
    }
    if (best >= kCopy && !match) ++missed;
    if (match) {
      ++found;
      right += clusters[match->of] == cluster ? 1 : 0;
    }
    clusters.push_back(cluster);
    index.add(std::move(sketch));
  }
  RecordProperty("found", found);
  RecordProperty("right", right);
  std::printf("near-copies: %d found, %d of one story, %d missed\n", found, right, missed);
  EXPECT_GE(found, 100);
  // The rest are the same words too; the aggregator had begun a second story for them.
  EXPECT_GE(right * 100, found * 90);
  EXPECT_LE(missed * 50, found);
}

// Pairs that a person has read: copies.tsv says which are near-copies.
TEST(RealPairs, AreNearCopiesAsAPersonSays) {
  NEED_SHARED_DATA("stories/headlines.jsonl");
  std::map<std::string, correlate::Sketch> sketches;
  for (const auto& item : support::read_jsonl(support::shared_data() / "stories/headlines.jsonl")) {
    sketches[support::text_of(item, "id")] = sketch_of(support::text_of(item, "title"), "");
  }
  std::istringstream table(tests::read_file(tests::root() / "tests/correlate/copies.tsv"));
  double both = 0, said = 0, found = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string a, b;
    bool copy = false;
    cells >> a >> b >> copy;
    ASSERT_TRUE(sketches.contains(a) && sketches.contains(b)) << line;
    Index index;
    index.add(sketches[a]);
    bool match = index.find(sketches[b]).has_value();
    said += copy ? 1 : 0;
    found += match ? 1 : 0;
    both += copy && match ? 1 : 0;
  }
  double precision = both / found, recall = both / said;
  std::printf("near-copies: %.0f labelled, precision %.3f, recall %.3f, F1 %.3f\n", said, precision,
              recall, 2 * precision * recall / (precision + recall));
  EXPECT_GE(precision, 0.93);
  EXPECT_GE(recall, 0.75);
}

model::Edit edit(std::int64_t seq, model::EditKind kind, const std::string& target) {
  model::Edit out;
  out.seq = seq;
  out.who = "ann";
  out.kind = kind;
  out.target = target;
  return out;
}

TEST(Deletions, HoldUntilTheyAreUndone) {
  using enum model::EditKind;
  std::vector<model::Edit> edits{edit(1, kDelete, "a"), edit(2, kDelete, "b"), edit(3, kUndo, "1")};
  EXPECT_EQ(correlate::deletions(edits).size(), 1U);
  EXPECT_TRUE(correlate::deletions(edits).contains("b"));
  edits.push_back(edit(4, kUndo, "3"));
  EXPECT_EQ(correlate::deletions(edits).size(), 2U);
  EXPECT_EQ(correlate::undone_edits(edits), (std::map<std::int64_t, std::int64_t>{{3, 4}}));
  // What no program of ours wrote takes nothing back.
  edits.push_back(edit(5, kUndo, "99999999999999999999999"));
  edits.push_back(edit(6, kUndo, "one"));
  EXPECT_EQ(correlate::deletions(edits).size(), 2U);
}

}  // namespace
