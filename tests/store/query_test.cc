#include "store/query/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/query/countries.h"
#include "store/query/times.h"

namespace {

using model::Instant;
using model::Seconds;
using store::query::Field;
using store::query::Op;
using store::query::parse;
using testing::HasSubstr;

// 2014-12-24T05:46:40Z, a Wednesday.
constexpr Instant kNow{Seconds{1'419'400'000}};

// The query as it was understood, in one line.
std::string shown(const store::query::Node& node) {
  switch (node.op) {
    case Op::kAnd:
    case Op::kOr: {
      std::string out = node.op == Op::kAnd ? "and(" : "or(";
      for (std::size_t i = 0; i < node.parts.size(); ++i) {
        out += (i > 0 ? " " : "") + shown(node.parts[i]);
      }
      return out + ")";
    }
    case Op::kNot:
      return "not " + shown(node.parts.front());
    case Op::kWords:
      return "'" + node.text + "'";
    case Op::kField: {
      auto out = std::string(to_string(node.field)) + "=" + node.text;
      if (node.during.to != Instant{}) {
        out += model::to_iso(node.during.from) + "/" + model::to_iso(node.during.to);
      }
      return out;
    }
  }
  return {};
}

struct Row {
  const char* asked;
  const char* read;
};
class Reads : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(
    Rows, Reads,
    testing::Values(
        Row{"sony hack", "and('sony' 'hack')"}, Row{"\"black out\"", "and('black out')"},
        Row{"sony -playstation", "and('sony' not 'playstation')"},
        Row{"sony OR hack korea", "and(or('sony' and('hack' 'korea')))"},
        Row{"(sony OR hack) korea", "and(or('sony' 'hack') 'korea')"},
        Row{"-(sony OR hack)", "and(not or('sony' 'hack'))"}, Row{"country:kp", "and(country=KP)"},
        Row{"country:\"north korea\"", "and(country=KP)"},
        Row{"country:(KP,IR)", "and(or(country=KP country=IR))"},
        Row{"as:AS131279 asn:1", "and(asn=131279 asn=1)"},
        Row{"prefix:175.45.176.1/22", "and(prefix=175.45.176.0/22)"},
        Row{"actor:\"Guardians of Peace\"", "and(actor=guardians of peace)"},
        Row{"verdict:not-measured", "and(verdict=not measured)"},
        Row{"-country:KP sony", "and(not country=KP 'sony')"}, Row{"10:30", "and('10:30')"},
        Row{"북한 Корея", "and('북한' 'Корея')"}, Row{"OREGON", "and('OREGON')"},
        Row{"happened:2014-12-22", "and(happened=2014-12-22T00:00:00Z/2014-12-23T00:00:00Z)"},
        Row{"happened:2014-12-20..2014-12-24",
            "and(happened=2014-12-20T00:00:00Z/2014-12-25T00:00:00Z)"},
        Row{"published:2014-12/P1W", "and(published=2014-12-01T00:00:00Z/2014-12-08T00:00:00Z)"},
        Row{"learned:yesterday", "and(learned=2014-12-23T00:00:00Z/2014-12-24T00:00:00Z)"},
        Row{"learned:last-24h", "and(learned=2014-12-23T05:46:40Z/2014-12-24T05:46:41Z)"},
        Row{"learned:7d", "and(learned=2014-12-17T05:46:40Z/2014-12-24T05:46:41Z)"}));
TEST_P(Reads, WhatIsMeant) {
  auto query = parse(GetParam().asked, kNow);
  ASSERT_TRUE(query) << query.error().message;
  EXPECT_EQ(shown(query->root), GetParam().read);
}

class Refuses : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(
    Rows, Refuses,
    testing::Values(Row{"", "names nothing"}, Row{"  ", "names nothing"},
                    Row{"sony \"hack", "character 6: this quote is never closed"},
                    Row{"(sony", "character 1: this ( is never closed"},
                    Row{"sony)", "character 5: this ) closes nothing"},
                    Row{"()", "character 1: there is nothing between"},
                    Row{"OR sony", "OR needs something on either side"},
                    Row{"sony OR", "OR needs something on either side"},
                    Row{"sony -", "character 6: a - stands before"},
                    Row{"북한 plase:x", "character 4: no field “plase”; did you mean place:?"},
                    Row{"country:", "character 9: country: has no value"},
                    Row{"country:Atlantis", "country: does not take “Atlantis”"},
                    Row{"asn:many", "asn: does not take"},
                    Row{"prefix:abc", "prefix: does not take"},
                    Row{"kind:story", "there are entry, claim, outage and edit"},
                    Row{"verdict:true", "verdict: does not take"},
                    Row{"confidence:>1.5", "confidence: does not take"},
                    Row{"confidence:0.9..0.1", "confidence: does not take"},
                    Row{"happened:2014-13", "happened: does not take"},
                    Row{"happened:2014-12-24..2014-12-20", "happened: does not take"},
                    Row{"happened:..", "happened: does not take"}, Row{"?!", "there is no word in"},
                    Row{"\xff", "not UTF-8"}));
TEST_P(Refuses, AndSaysWhereAndWhy) {
  auto query = parse(GetParam().asked, kNow);
  ASSERT_FALSE(query) << shown(query->root);
  EXPECT_THAT(query.error().message, HasSubstr(GetParam().read));
}

TEST(Limits, AreToldAndHold) {
  EXPECT_THAT(parse(std::string(1001, 'x'), kNow).error().message, HasSubstr("1,000 bytes"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += "a ";
  EXPECT_THAT(parse(many, kNow).error().message, HasSubstr("64 parts"));
  EXPECT_THAT(parse(std::string(20, '(') + "a" + std::string(20, ')'), kNow).error().message,
              HasSubstr("16 parentheses"));
  EXPECT_TRUE(parse(std::string(1000, 'x'), kNow));
}

TEST(Countries, AreKnownByCodeAndName) {
  EXPECT_EQ(store::query::country_of("North Korea"), "KP");
  EXPECT_EQ(store::query::country_of("cote d'ivoire"), "CI");
  EXPECT_EQ(store::query::country_of("ir"), "IR");
  EXPECT_FALSE(store::query::country_of("Atlantis"));
  EXPECT_EQ(store::query::country_name("KP"), "North Korea");
}

TEST(Times, MonthsEndWhereTheyEnd) {
  auto read = store::query::read_times("2015-01-31/P1M", kNow);
  ASSERT_TRUE(read);
  EXPECT_EQ(model::to_iso(read->to), "2015-02-28T00:00:00Z");
  EXPECT_FALSE(store::query::read_times("2015-01-31/P", kNow));
  EXPECT_FALSE(store::query::read_times("0h", kNow));
  EXPECT_FALSE(store::query::read_times("99999999999h", kNow));
}

}  // namespace
