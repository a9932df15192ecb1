#include "correlate/terms.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "correlate/plain_words.h"

namespace correlate {
namespace {

TEST(FlatTable, CountsAsAMapDoes) {
  std::mt19937 random(5);
  FlatTable table;
  std::map<std::uint32_t, std::int32_t> want;
  for (int i = 0; i < 200'000; ++i) {
    auto key = 1 + static_cast<std::uint32_t>(random() % 5000) * 4096;
    auto much = static_cast<std::int32_t>(random() % 7) - 3;
    ASSERT_EQ(table.add(key, much), want[key]);
    want[key] += much;
  }
  for (const auto& [key, value] : want) ASSERT_EQ(table.get(key), value);
  std::int64_t sum = 0;
  table.for_each([&](std::uint32_t key, std::int32_t value) {
    ASSERT_EQ(want[key], value);
    sum += value;
  });
  std::int64_t want_sum = 0;
  for (const auto& [key, value] : want) want_sum += value;
  EXPECT_EQ(sum, want_sum);
  EXPECT_EQ(table.get(2), 0);
}

TEST(PlainWords, AreWhatTheSegmentationOfUnicodeGives) {
  std::mt19937 random(9);
  constexpr std::string_view kLetters = "abAZ09_'.,:;- \"()!?/@#\t\n";
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (auto many = random() % 12; many > 0; --many) text += kLetters[random() % kLetters.size()];
    std::vector<std::string_view> fast, slow;
    for (const auto& piece : plain_words(text)) fast.push_back(piece.of(text));
    for (const auto& piece : model::words(text)) slow.push_back(piece.of(text));
    ASSERT_EQ(fast, slow) << "in “" << text << "”";
  }
}

std::vector<std::uint32_t> ids(const Terms& terms) {
  std::vector<std::uint32_t> out;
  for (const auto& term : terms) out.push_back(term.id);
  return out;
}

TEST(CountTerms, LeavesOutWhatSaysNothing) {
  struct Row {
    const char* text;
    const char* like;
  };
  for (const auto& [text, like] : std::initializer_list<Row>{
           {"The hackers said that they were in the networks", "hacker network"},
           {"North Korea's Internet", "north korea internet"},
           {"31 min, 9.5 hours on 22nd December 2014", "min hour"},
           {"4chan and AS131279", "4chan as131279"},
           {"PHÉNIX", "phenix"},
           {"glass, bus, crisis", "glass bus crisis"},
           {"", ""}}) {
    EXPECT_EQ(ids(count_terms(text, "")), ids(count_terms(like, ""))) << text;
  }
}

TEST(CountTerms, TitleWordsAndNamesWeighMore) {
  auto one = count_terms("outage", "");
  auto two = count_terms("", "outage");
  auto three = count_terms("", "the Outage");
  EXPECT_GT(one[0].weight, three[0].weight);
  EXPECT_GT(three[0].weight, two[0].weight);
}

TEST(Rarity, RareWordsWeighMoreAndVectorsHaveLengthOne) {
  Rarity rarity;
  auto common = count_terms("network outage", "");
  for (int i = 0; i < 100; ++i) rarity.add(common);
  auto both = count_terms("network Pyongyang", "");
  rarity.add(both);
  auto weighed = rarity.weigh(both);
  ASSERT_EQ(weighed.size(), 2U);
  auto of = [&](const char* word) {
    return weighed[0].id == term_id(word) ? weighed[0].weight : weighed[1].weight;
  };
  EXPECT_GT(of("pyongyang"), of("network"));
  double square = 0;
  for (const auto& term : weighed) square += double(term.weight) * term.weight;
  EXPECT_NEAR(std::sqrt(square), kUnit, 2);
}

TEST(Rarity, TakingBackUndoesAdding) {
  Rarity once, twice;
  auto a = count_terms("North Korea loses its Internet", "");
  auto b = count_terms("South Korea drills", "");
  once.add(a);
  twice.add(a);
  twice.add(b);
  twice.remove(b);
  EXPECT_EQ(once.weigh(a), twice.weigh(a));
}

TEST(Centroid, TakingAwayUndoesAdding) {
  Rarity rarity;
  auto a = rarity.weigh(count_terms("North Korea loses its Internet", ""));
  auto b = rarity.weigh(count_terms("South Korea drills for a blackout", ""));
  Centroid sum;
  sum.add(a);
  auto alone = sum.cosine(b);
  EXPECT_NEAR(sum.cosine(a), 1, 1e-3);
  sum.add(b);
  EXPECT_GT(sum.cosine(b), alone);
  sum.add(b, -1);
  EXPECT_EQ(sum.cosine(b), alone);
  sum.add(a, -1);
  EXPECT_TRUE(sum.empty());
  EXPECT_EQ(sum.cosine(a), 0);
}

}  // namespace
}  // namespace correlate
