#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "correlate/extract.h"

// "Local time" is that of the place spoken of.
namespace correlate {
namespace {

struct Row {
  const char* name;
  const char* anchor;
  const char* text;
  const char* value;
  const char* zone;
  const char* from;
  const char* to;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.text; }

class LocalTime : public testing::TestWithParam<Row> {};

TEST_P(LocalTime, IsOfThePlaceSpokenOf) {
  const auto& row = GetParam();
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = row.text;
  article.language = "en";
  article.anchor = *model::parse_iso(row.anchor);
  auto times = extract(article).times;
  ASSERT_FALSE(times.empty());
  EXPECT_EQ(times[0].value, row.value);
  EXPECT_EQ(times[0].zone, row.zone);
  ASSERT_TRUE(times[0].interval);
  EXPECT_EQ(model::to_iso(times[0].interval->from), row.from);
  EXPECT_EQ(model::to_iso(times[0].interval->to), row.to);
}

std::string name_of(const testing::TestParamInfo<Row>& info) { return info.param.name; }

constexpr const char* kThen = "2014-12-23T12:00:00Z";

INSTANTIATE_TEST_SUITE_P(
    Each, LocalTime,
    testing::Values(
        Row{"Pyongyang", kThen, "North Korea went dark at about 1:30 a.m. local time on Dec. 23.",
            "2014-12-23T01:30", "Asia/Pyongyang", "2014-12-22T16:00:00Z", "2014-12-22T17:00:00Z"},
        // From August 2015 to May 2018 the clocks there were half an hour behind Seoul's.
        Row{"PyongyangLater", "2016-12-23T12:00:00Z",
            "North Korea went dark at 1:30 a.m. local time on Dec. 23.", "2016-12-23T01:30",
            "Asia/Pyongyang", "2016-12-22T17:00:00Z", "2016-12-22T17:01:00Z"},
        Row{"PlaceBehind", kThen, "At 9:00 a.m. local time on Monday networks in Iran failed.",
            "2014-12-22T09:00", "Asia/Tehran", "2014-12-22T05:30:00Z", "2014-12-22T05:31:00Z"},
        Row{"EarlierSentence", kThen,
            "Iran was cut off. The cut came at 9:00 a.m. local time on Monday.", "2014-12-22T09:00",
            "Asia/Tehran", "2014-12-22T05:30:00Z", "2014-12-22T05:31:00Z"},
        Row{"City", kThen, "In Houston networks failed at 9:00 a.m. local time on Monday.",
            "2014-12-22T09:00", "America/Chicago", "2014-12-22T15:00:00Z", "2014-12-22T15:01:00Z"},
        Row{"Region", kThen, "In California networks failed at 9:00 a.m. local time on Monday.",
            "2014-12-22T09:00", "America/Los_Angeles", "2014-12-22T17:00:00Z",
            "2014-12-22T17:01:00Z"},
        // From New York to Adak: nobody says which.
        Row{"SeveralZones", kThen,
            "Across the United States networks failed at 9:00 a.m. local time on Monday.",
            "2014-12-22T09:00", "local", "2014-12-22T14:00:00Z", "2014-12-22T19:01:00Z"},
        Row{"NoPlace", kThen, "Networks failed at 9:00 a.m. local time on Monday.",
            "2014-12-22T09:00", "local", "2014-12-22T09:00:00Z", "2014-12-22T09:01:00Z"},
        Row{"StatedZone", kThen, "Iran was cut off at 9:00 a.m. UTC on Monday.", "2014-12-22T09:00",
            "UTC", "2014-12-22T09:00:00Z", "2014-12-22T09:01:00Z"}),
    name_of);

TEST(LocalTime, HoldsForBothEndsOfARange) {
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = "Iran was cut off from 10 am to noon local time on Monday.";
  article.language = "en";
  article.anchor = *model::parse_iso(kThen);
  auto times = extract(article).times;
  ASSERT_EQ(times.size(), 3U);
  ASSERT_TRUE(times[0].extent);
  EXPECT_EQ(model::to_iso(times[0].extent->from), "2014-12-22T06:30:00Z");
  EXPECT_EQ(model::to_iso(times[0].extent->to), "2014-12-22T08:30:00Z");
}

}  // namespace
}  // namespace correlate
