#include "store/model/text.h"

#include <gtest/gtest.h>

namespace model {
namespace {

std::vector<std::string> cut(const std::vector<Piece>& pieces, std::string_view text) {
  std::vector<std::string> out;
  for (const auto& piece : pieces) out.emplace_back(piece.of(text));
  return out;
}

TEST(Fold, IgnoresCaseWidthAndDiacritics) {
  EXPECT_EQ(fold("Phénix ÅNGSTRÖM"), fold("PHENIX Angstrom"));
  EXPECT_EQ(fold("ＳＯＮＹ"), "sony");
  EXPECT_EQ(fold("Корея"), "корея");
}

TEST(Fold, KeepsMarksThatMakeAnotherLetter) {
  EXPECT_NE(fold("が"), fold("か"));
  EXPECT_EQ(fold("북한"), "북한");
}

TEST(Words, CutsLatinAndKorean) {
  std::string_view text = "North Korea's 9-hour outage, 북한 인터넷.";
  EXPECT_EQ(cut(words(text), text), (std::vector<std::string>{"North", "Korea's", "9", "hour",
                                                              "outage", "북한", "인터넷"}));
}

TEST(Sentences, EndAtStopsAndBlankLines) {
  std::string_view text = "A title\n\nIt went down at 16:15 UTC. It came back.";
  EXPECT_EQ(cut(sentences(text), text),
            (std::vector<std::string>{"A title", "It went down at 16:15 UTC.", "It came back."}));
}

TEST(Utf8, BrokenBytesAreReplacedNotDropped) {
  EXPECT_FALSE(is_utf8("a\xFFz"));
  EXPECT_EQ(repair_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(repair_utf8("naïve"), "naïve");
}

TEST(Offsets, CountCodePoints) {
  EXPECT_EQ(code_points("북한 x"), 4U);
  EXPECT_EQ(byte_offset("북한 x", 2), 6U);
  EXPECT_EQ(byte_offset("abc", 9), 3U);
}

TEST(Width, EastAsianIsTwoCells) {
  EXPECT_EQ(display_width("북한"), 4U);
  EXPECT_EQ(truncate("북한 인터넷", 6), "북한…");
  EXPECT_EQ(truncate("short", 10), "short");
}

TEST(Bigrams, PairUpCjkRunsOnly) {
  EXPECT_EQ(cjk_bigrams("북한의 internet 차단"), "북한 한의 차단");
  EXPECT_EQ(cjk_bigrams("中"), "中");
  EXPECT_EQ(cjk_bigrams("plain"), "");
}

}  // namespace
}  // namespace model
