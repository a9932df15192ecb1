#include "correlate/query.h"

#include <gtest/gtest.h>

namespace correlate {
namespace {

using Words = std::vector<std::string>;

TEST(Query, ReadsWordsPhrasesAndFields) {
  auto query = parse_query("sony \"black out\" -playstation country:kp as:AS131279");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->text.words, Words{"sony"});
  EXPECT_EQ(query->text.phrases, Words{"black out"});
  EXPECT_EQ(query->text.without, Words{"playstation"});
  EXPECT_EQ(query->country, "KP");
  EXPECT_EQ(query->asn, 131279U);
}

TEST(Query, TakesAnyScript) {
  auto query = parse_query("북한 Корея");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->text.words, (Words{"북한", "Корея"}));
}

struct BadCase {
  const char* name;
  const char* text;
  const char* sentence;
};

class BadQuery : public testing::TestWithParam<BadCase> {};

TEST_P(BadQuery, IsToldInOneSentence) {
  auto query = parse_query(GetParam().text);
  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().code, model::Errc::kInvalid);
  EXPECT_EQ(query.error().message, GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadQuery,
    testing::Values(
        BadCase{"Nothing", "", "the query names nothing to look for; try a word, as in sony"},
        BadCase{"Blank", "  ", "the query names nothing to look for; try a word, as in sony"},
        BadCase{"OnlyWithout", "-sony",
                "the query names nothing to look for; try a word, as in sony"},
        BadCase{"OpenQuote", "sony \"black out", "query, character 6: this quote is never closed"},
        BadCase{"EmptyQuote", "\" \"", "query, character 1: there is no word between these quotes"},
        BadCase{"Field", "place:KP",
                "query, character 1: no field “place”; there are country: and as:"},
        BadCase{"Country", "sony country:Korea",
                "query, character 6: country: takes a two-letter code, as in country:KP"},
        BadCase{"Network", "as:x12", "query, character 1: as: takes an AS number, as in as:131279"},
        BadCase{"Signs", "sony ***", "query, character 6: “***” is not a word"},
        BadCase{"NotUtf8", "\xFF\xFE", "the query is not UTF-8 text"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Query, RefusesWhatIsTooLong) { EXPECT_FALSE(parse_query(std::string(5000, 'x'))); }

}  // namespace
}  // namespace correlate
