#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "correlate/extract.h"
#include "correlate/extract_json.h"
#include "store/model/text.h"

// Extraction of what no editor would send. That it ends is what these show; its speed is measured
// by tests/bench/bench_extract.cc.
namespace correlate {
namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() < bytes) out += piece;
  return out;
}

Article article_of(const std::string& text, const char* anchor = "2014-12-23T12:00:00Z") {
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = model::repair_utf8(text);
  article.language = "en";
  article.anchor.at = model::Instant::min();
  if (auto at = model::parse_iso(anchor)) article.anchor = *at;
  return article;
}

struct Row {
  const char* name;
  std::string text;
  std::string span;   // the words of the one time in it; empty: none
  std::size_t begin;  // in code points
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class BadText : public testing::TestWithParam<Row> {};

TEST_P(BadText, IsRead) {
  const auto& row = GetParam();
  auto times = extract(article_of(row.text)).times;
  ASSERT_EQ(times.size(), row.span.empty() ? 0U : 1U);
  if (row.span.empty()) return;
  EXPECT_EQ(times[0].span.text, row.span);
  EXPECT_EQ(times[0].span.begin, row.begin);
  EXPECT_EQ(times[0].span.end, row.begin + model::code_points(row.span));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadText,
    testing::Values(
        Row{"Empty", "", "", 0}, Row{"Blank", " \n\t ", "", 0},
        Row{"NotUtf8", "\xFF\xFE on Monday \xC3", "Monday", 6},
        Row{"Surrogates", "\xED\xA0\x80\xED\xB0\x80 on Monday", "Monday", 10},
        Row{"Nul", std::string("\0\0 on Monday\0", 13), "Monday", 6},
        Row{"Emoji", "\xF0\x9F\x94\x8C\xF0\x9F\x87\xB0\xF0\x9F\x87\xB5 on Monday", "Monday", 7},
        Row{"Joined", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 on Monday", "Monday", 7},
        Row{"BidiControls", "\xE2\x80\xAE on Monday \xE2\x80\xAC", "Monday", 5},
        Row{"Isolates", "\xE2\x81\xA6on Monday\xE2\x81\xA9", "Monday", 4},
        Row{"LettersWithoutABlank", repeated("a", 10'000'000), "", 0},
        Row{"CharactersWithoutABlank", repeated("\xE4\xB8\x80", 300'000), "", 0},
        Row{"Digits", repeated("7", 100'000), "", 0},
        Row{"Zalgo", repeated("a\xCC\x80\xCC\x81\xCC\x82", 300'000), "", 0},
        Row{"MarksInAWord", "on M\xCC\xB8onday", "M\xCC\xB8onday", 3},
        Row{"Year99999", "in 99999 and on 1 January 99999", "1 January", 16},
        Row{"Year0", "in the year 0000 and 0 BC", "", 0},
        Row{"HugeAmount", "for " + repeated("9", 400) + " hours", "hours", 405}),
    [](const auto& row) { return std::string(row.param.name); });

struct Clock {
  const char* name;
  const char* anchor;
  const char* text;
  const char* from;  // of the interval of the one time; empty: it has none
};

std::ostream& operator<<(std::ostream& out, const Clock& row) { return out << row.text; }

class HardTimes : public testing::TestWithParam<Clock> {};

TEST_P(HardTimes, HaveAnIntervalOrNone) {
  const auto& row = GetParam();
  auto times = extract(article_of(row.text, row.anchor)).times;
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].interval ? model::to_iso(times[0].interval->from) : "", row.from);
}

INSTANTIATE_TEST_SUITE_P(
    All, HardTimes,
    testing::Values(
        // In Berlin 02:30 on 30 March 2014 never was: half an hour after 02:00, which was 03:00.
        // 02:30 on 26 October was twice: the first.
        Clock{"Skipped", "2014-03-30T12:00:00Z", "It was lost at 02:30 Berlin time, they say",
              "2014-03-30T01:30:00Z"},
        Clock{"Doubled", "2014-10-26T12:00:00Z", "It was lost at 02:30 Berlin time, they say",
              "2014-10-26T00:30:00Z"},
        Clock{"NoAnchor", "", "It broke on a Monday, they say", ""},
        Clock{"NoAnchorFullDate", "", "It broke on 22 December 2014 in the night, they say",
              "2014-12-22T00:00:00Z"},
        Clock{"EarlyAnchor", "0001-01-01T00:00:00Z", "It broke yesterday, they say", ""},
        Clock{"LateAnchor", "9999-12-31T23:00:00Z", "It broke yesterday, they say",
              "9999-12-30T00:00:00Z"},
        Clock{"LongAgo", "2014-12-23T12:00:00Z", "It broke 99999 years ago, they say", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(AbsurdAnchor, KeepsTheDayOfAClockTimeThatCannotBe) {
  auto article =
      article_from_json(R"({"id":"a","text":"on Monday","anchor":"1990-08-16T20:41000Z"})");
  ASSERT_TRUE(article);
  EXPECT_EQ(model::to_iso(article->anchor.at), "1990-08-16T00:00:00Z");
}

TEST(AbsurdAnchor, WithoutOneNothingIsSaidOfWhenItHappened) {
  auto article = article_of("The network was lost, they say", "");
  auto told = extraction_json("a", article, extract(article));
  EXPECT_EQ(told.find("\"happened\""), told.npos) << told;
}

// With one it would be the line that says when the page was published.
TEST(AbsurdAnchor, WithoutOneADateOnALineOfItsOwnIsATime) {
  auto article = article_of("Routes vanished\n23 December 2014\nAll four networks were lost.", "");
  auto found = extract(article);
  ASSERT_EQ(found.times.size(), 1U);
  EXPECT_EQ(found.times[0].value, "2014-12-23");
}

TEST(AbsurdAnchor, IsRefusedWhereNoDayIsKnown) {
  EXPECT_FALSE(article_from_json(R"({"id":"a","text":"on Monday","anchor":"soon"})"));
  EXPECT_FALSE(article_from_json(R"({"id":"a","text":"on Monday","anchor":"2014-02-30"})"));
}

}  // namespace
}  // namespace correlate
