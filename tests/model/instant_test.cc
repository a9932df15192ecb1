#include "store/model/instant.h"

#include <gtest/gtest.h>

#include "store/model/memory.h"

namespace model {
namespace {

struct IsoCase {
  const char* name;
  const char* text;
  const char* utc;  // "" : not a time
  Precision precision = Precision::kSecond;
  const char* zone = "";
};

class ParseIso : public testing::TestWithParam<IsoCase> {};

TEST_P(ParseIso, ReadsInstantPrecisionAndZone) {
  auto time = parse_iso(GetParam().text);
  if (*GetParam().utc == '\0') {
    EXPECT_FALSE(time);
    return;
  }
  ASSERT_TRUE(time);
  EXPECT_EQ(to_iso(time->at), GetParam().utc);
  EXPECT_EQ(time->precision, GetParam().precision);
  EXPECT_EQ(time->zone, GetParam().zone);
}

INSTANTIATE_TEST_SUITE_P(
    Times, ParseIso,
    testing::Values(
        IsoCase{"Zulu", "2014-12-22T16:15:00Z", "2014-12-22T16:15:00Z", Precision::kSecond, "Z"},
        IsoCase{"Minutes", "2014-12-22T16:15Z", "2014-12-22T16:15:00Z", Precision::kMinute, "Z"},
        IsoCase{"Pyongyang", "2014-12-23T01:15:00+09:00", "2014-12-22T16:15:00Z",
                Precision::kSecond, "+09:00"},
        IsoCase{"NoColon", "2014-12-22T21:45:00+0530", "2014-12-22T16:15:00Z", Precision::kSecond,
                "+0530"},
        IsoCase{"Fraction", "2014-12-22T16:15:59.999Z", "2014-12-22T16:15:59Z", Precision::kSecond,
                "Z"},
        IsoCase{"NoZone", "2014-12-22 16:15:00", "2014-12-22T16:15:00Z", Precision::kSecond, ""},
        IsoCase{"Day", "2014-12-22", "2014-12-22T00:00:00Z", Precision::kDay, ""},
        IsoCase{"Month", "2014-12", "2014-12-01T00:00:00Z", Precision::kMonth, ""},
        IsoCase{"Year", "2014", "2014-01-01T00:00:00Z", Precision::kYear, ""},
        IsoCase{"NoSuchDay", "2014-02-30", ""}, IsoCase{"NoSuchHour", "2014-02-03T25:00Z", ""},
        IsoCase{"Words", "yesterday", ""}, IsoCase{"Empty", "", ""},
        IsoCase{"Cut", "2014-12-22T16:", ""}, IsoCase{"Trailing", "2014-12-22 and so", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Zone, PyongyangChangedItsClockTwice) {
  auto offset = [](const char* at) {
    return utc_offset("Asia/Pyongyang", parse_iso(at)->at).value_or(Seconds{-1}).count() / 60;
  };
  EXPECT_EQ(offset("2014-12-22"), 540);
  EXPECT_EQ(offset("2016-01-01"), 510);
  EXPECT_EQ(offset("2019-01-01"), 540);
}

TEST(Zone, AmericanClocksFollowSummerTime) {
  EXPECT_EQ(utc_offset("ET", parse_iso("2014-12-22")->at), Seconds{-5 * 3600});
  EXPECT_EQ(utc_offset("ET", parse_iso("2014-07-22")->at), Seconds{-4 * 3600});
  EXPECT_EQ(utc_offset("EDT", parse_iso("2014-12-22")->at), Seconds{-4 * 3600});
}

TEST(Zone, UnknownNamesAreUnknown) {
  EXPECT_FALSE(is_zone("Asia/Nowhere"));
  EXPECT_FALSE(is_zone("XYZ"));
  EXPECT_FALSE(is_zone(""));
}

TEST(Zone, LocalTimesGoBothWays) {
  Civil one_fifteen{2014, 12, 23, 1, 15, 0};
  auto at = from_local(one_fifteen, "Asia/Pyongyang");
  ASSERT_TRUE(at);
  EXPECT_EQ(to_iso(*at), "2014-12-22T16:15:00Z");
  EXPECT_EQ(local_time(*at, "Asia/Pyongyang"), one_fifteen);
}

TEST(Zone, RepeatedHourIsTheEarlierAndSkippedHourIsShifted) {
  EXPECT_EQ(to_iso(*from_local({2014, 11, 2, 1, 30, 0}, "America/New_York")),
            "2014-11-02T05:30:00Z");
  EXPECT_EQ(to_iso(*from_local({2014, 3, 9, 2, 30, 0}, "America/New_York")),
            "2014-03-09T07:30:00Z");
}

TEST(TimestampInterval, CoversOneUnit) {
  EXPECT_EQ(to_iso(parse_iso("2014-02")->interval().to), "2014-03-01T00:00:00Z");
  EXPECT_EQ(to_iso(parse_iso("2014")->interval().to), "2015-01-01T00:00:00Z");
  EXPECT_EQ(parse_iso("2014-02-03T10:00Z")->interval().length(), Seconds{60});
}

TEST(HumanDuration, TwoUnits) {
  EXPECT_EQ(human_duration(Seconds{9 * 3600 + 31 * 60}), "9 h 31 min");
  EXPECT_EQ(human_duration(Seconds{31 * 60}), "31 min");
  EXPECT_EQ(human_duration(Seconds{52 * 3600}), "2 d 4 h");
  EXPECT_EQ(human_duration(Seconds{0}), "0 s");
}

// Anybody may ask a page for any zone.
TEST(Zone, ThatIsNoneTakesNoMemory) {
  auto before = heap_in_use();
  for (int i = 0; i < 20'000; ++i) {
    EXPECT_FALSE(is_zone("Asia/Nowhere-beyond-the-seven-mountains-" + std::to_string(i)));
  }
  constexpr std::size_t kMegabyte = 1U << 20U;
  EXPECT_LT(heap_in_use(), before + kMegabyte);
}

}  // namespace
}  // namespace model
