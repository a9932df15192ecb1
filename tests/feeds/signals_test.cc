#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feeds/outages/outages.h"

namespace feeds::outages {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

std::string warnings(const Parsed& parsed) {
  std::string out;
  for (const auto& w : parsed.warnings) out += w.place + ": " + w.message + "\n";
  return out;
}

TEST(Signals, OurOwnForm) {
  auto parsed = parse_signals(
      R"({"scope":{"country":"kp","asn":131279},"source":"x","kind":"bgp","step":300,)"
      R"("from":"2014-12-22T00:00:00Z","values":[4,null,"3"]})");
  ASSERT_THAT(parsed.signals, SizeIs(1));
  EXPECT_EQ(model::to_string(parsed.signals[0].scope), "KP AS131279");
  EXPECT_THAT(parsed.signals[0].values, ElementsAre(Optional(4.0), std::nullopt, Optional(3.0)));
  EXPECT_EQ(warnings(parsed), "");
}

struct Entity {
  const char* code;
  const char* scope;
};

TEST(Signals, EntitiesOfTelescopes) {
  for (const auto& row :
       {Entity{"AF_EG_971", "EG 971"}, Entity{"AF.EG", "EG"}, Entity{"8452", "AS8452"},
        Entity{"SA.BR.481", "BR 481"}, Entity{"KP", "KP"}, Entity{"3269-IT", "IT AS3269"},
        Entity{"3269-1906", "1906 AS3269"}, Entity{"Tonga", "Tonga"}}) {
    auto parsed = parse_signals(std::string(R"({"entity":")") + row.code +
                                R"(","datasource":"ucsd-nt","from":1295395200,"until":1295395800,)"
                                R"("step":300,"values":[-0.5,1.2]})");
    ASSERT_THAT(parsed.signals, SizeIs(1)) << row.code;
    auto told = model::to_string(parsed.signals[0].scope);
    EXPECT_THAT(told, HasSubstr(std::string(row.scope).substr(0, 2))) << row.code;
    EXPECT_EQ(parsed.signals[0].source, "ucsd-nt");
    EXPECT_EQ(model::to_iso(parsed.signals[0].from), "2011-01-19T00:00:00Z");
  }
}

TEST(Signals, IodasArraysOfArrays) {
  auto parsed = parse_signals(R"({"type":"signals","data":[[
    {"entityType":"country","entityCode":"TR","datasource":"bgp","from":1706745600,
     "until":1706746800,"step":300,"nativeStep":300,"values":[62200,62220,62224,62213]}]]})");
  ASSERT_THAT(parsed.signals, SizeIs(1)) << warnings(parsed);
  EXPECT_EQ(parsed.signals[0].scope.country, "TR");
  EXPECT_EQ(parsed.signals[0].step, model::Seconds{300});
}

TEST(Signals, TimesThatJumpAreSortedAndCut) {
  auto parsed = parse_signals(
      R"([{"name":"TO","timestamps":["2022-01-14T02:00:00Z","2022-01-14T03:00:00Z",)"
      R"("2022-01-14T01:00:00Z","2022-01-14T07:00:00Z","2022-01-14T07:00:00Z","noon"],)"
      R"("values":[2,3,1,7,8,9]}])");
  ASSERT_THAT(parsed.signals, SizeIs(3)) << warnings(parsed);
  EXPECT_THAT(parsed.signals[0].values, ElementsAre(1, 2, 3));
  EXPECT_THAT(parsed.signals[1].values, ElementsAre(7));
  EXPECT_THAT(parsed.signals[2].values, ElementsAre(8));
  EXPECT_EQ(parsed.signals[0].step, model::Seconds{3600});
  EXPECT_THAT(warnings(parsed), HasSubstr("the clock went back 1 times"));
  EXPECT_THAT(warnings(parsed), HasSubstr("1 samples have no time"));
}

TEST(Signals, ABadDocumentDoesNotTakeTheOthersAlong) {
  auto parsed = parse_signals(
      "{\"values\":[1]}\nnonsense\n[1,2]\n{\"a\":{}}\n"
      "{\"scope\":\"KP\",\"from\":1706745600,\"step\":0,\"values\":[1]}\n"
      "{\"scope\":\"KP\",\"from\":1706745600,\"step\":60,\"values\":[1,true,\"x\"]}\n");
  ASSERT_THAT(parsed.signals, SizeIs(1)) << warnings(parsed);
  EXPECT_THAT(parsed.signals[0].values, ElementsAre(Optional(1.0), std::nullopt, std::nullopt));
  auto told = warnings(parsed);
  EXPECT_THAT(told, HasSubstr("line 1: has no time in \"from\""));
  EXPECT_THAT(told, HasSubstr("line 2: the JSON cannot be read"));
  EXPECT_THAT(told, HasSubstr("line 3: has no samples"));
  EXPECT_THAT(told, HasSubstr("line 4: has no samples"));
  EXPECT_THAT(told, HasSubstr("line 5: has a step that is no length of time"));
  EXPECT_THAT(told, HasSubstr("line 6: 2 samples are neither a number nor null"));
}

TEST(Signals, NothingInNothingOut) {
  EXPECT_THAT(parse_signals("").signals, IsEmpty());
  EXPECT_THAT(parse_signals("{").signals, IsEmpty());
  EXPECT_THAT(parse_signals("{\n").signals, IsEmpty());
}

}  // namespace
}  // namespace feeds::outages
