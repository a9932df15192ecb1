#include "correlate/verdict/verdict.h"

#include <gtest/gtest.h>

namespace correlate::verdict {
namespace {

using model::Claim;
using model::ClaimKind;
using model::Outage;
using model::Seconds;
using model::VerdictKind;

model::Instant at(const char* iso) { return model::parse_iso(iso)->at; }

// The founding case: the four networks of AS131279, 9 h 31 min.
Outage pyongyang() {
  Outage out;
  out.id = "kp";
  out.scope = {"KP", "", 131279, "175.45.176.0/22"};
  out.start = at("2014-12-22T16:15:00Z");
  out.end = at("2014-12-23T01:46:00Z");
  out.start_uncertainty = out.end_uncertainty = Seconds{20};
  out.depth = 1;
  return out;
}

Claim claim(ClaimKind kind, const char* span, const char* value, const char* mod = "",
            const char* zone = "") {
  Claim out;
  out.kind = kind;
  out.span.text = span;
  out.value = value;
  out.mod = mod;
  out.zone = zone;
  return out;
}

Writing written(const char* time, std::string zone = "") {
  return {{at(time), at(time) + model::Seconds{1}}, std::move(zone), false};
}

const Writing kTuesday = written("2014-12-23T12:00:00Z", "-05:00");

struct Row {
  const char* name;
  const char* span;
  const char* value;
  const char* mod;
  VerdictKind want;
  const char* zone = "";
};

std::string row_name(const testing::TestParamInfo<Row>& row) { return row.param.name; }

class Durations : public testing::TestWithParam<Row> {};

TEST_P(Durations, AgainstNineHoursThirtyOne) {
  const Row& row = GetParam();
  auto got =
      judge(claim(ClaimKind::kDuration, row.span, row.value, row.mod), pyongyang(), kTuesday);
  EXPECT_EQ(to_string(got.verdict), to_string(row.want)) << got.note;
  EXPECT_EQ(got.measured, "9 h 31 min");
  EXPECT_EQ(got.claimed, row.span);
}

INSTANTIATE_TEST_SUITE_P(
    Founding, Durations,
    testing::Values(
        Row{"MoreThanNine", "more than 9 hours", "PT9H", "MORE_THAN", VerdictKind::kAgrees},
        Row{"Exact", "9 hours and 31 minutes", "PT9H31M", "", VerdictKind::kAgrees},
        Row{"AboutNineAndAHalf", "about 9.5 hours", "PT9.5H", "APPROX", VerdictKind::kAgrees},
        Row{"NearlyTen", "nearly 10-hour", "PT10H", "LESS_THAN", VerdictKind::kAgrees},
        Row{"JustUnderTen", "just under 10 hours", "PT10H", "LESS_THAN", VerdictKind::kAgrees},
        Row{"LessThanTen", "less than 10 hours", "PT10H", "LESS_THAN", VerdictKind::kAgrees},
        Row{"Ten", "10 hour", "PT10H", "", VerdictKind::kAgrees},
        Row{"Nine", "nine hours", "PT9H", "", VerdictKind::kRounds},
        Row{"HalfADay", "half a day", "PT12H", "", VerdictKind::kAgrees},
        Row{"Five", "5 hours", "PT5H", "", VerdictKind::kDisagrees},
        Row{"NearlyTwelve", "presque douze heures", "PT12H", "LESS_THAN", VerdictKind::kDisagrees},
        Row{"MoreThanTen", "more than ten hours", "PT10H", "MORE_THAN", VerdictKind::kRounds},
        Row{"LessThanNine", "less than nine hours", "PT9H", "LESS_THAN", VerdictKind::kRounds},
        Row{"SeveralHours", "several hours", "PTXH", "", VerdictKind::kUndecided}),
    row_name);

TEST(DurationNotes, SayHowItWasRounded) {
  auto ten = judge(claim(ClaimKind::kDuration, "10 hour", "PT10H"), pyongyang(), kTuesday);
  EXPECT_EQ(ten.note, "rounded up");
  auto half = judge(claim(ClaimKind::kDuration, "half a day", "PT12H"), pyongyang(), kTuesday);
  EXPECT_EQ(half.note, "rounded up; only at its own coarse precision");
  auto two = judge(claim(ClaimKind::kDuration, "over two hours", "PT2H", "MORE_THAN"), pyongyang(),
                   kTuesday);
  EXPECT_EQ(two.note, "exceeds it 4.8 times");
}

class Starts : public testing::TestWithParam<Row> {};

TEST_P(Starts, AgainstQuarterPastFour) {
  const Row& row = GetParam();
  auto got = judge(claim(ClaimKind::kStart, row.span, row.value, row.mod, row.zone), pyongyang(),
                   kTuesday);
  EXPECT_EQ(to_string(got.verdict), to_string(row.want)) << got.note;
}

INSTANTIATE_TEST_SUITE_P(
    Founding, Starts,
    testing::Values(
        Row{"Utc", "16:15 UTC", "2014-12-22T16:15", "", VerdictKind::kAgrees, "UTC"},
        Row{"Local", "1:15 a.m. local time", "2014-12-23T01:15", "", VerdictKind::kAgrees, "local"},
        Row{"Eastern", "around 11 a.m. ET", "2014-12-22T11:00", "APPROX", VerdictKind::kAgrees,
            "ET"},
        Row{"PublishersZone", "11:15 a.m.", "2014-12-22T11:15", "", VerdictKind::kAgrees},
        Row{"SlippedZone", "01:15 UTC", "2014-12-23T01:15", "", VerdictKind::kDisagrees, "UTC"},
        Row{"MinuteOff", "16:35 UTC", "2014-12-22T16:35", "", VerdictKind::kDisagrees, "UTC"},
        Row{"Hour", "4 p.m. GMT", "2014-12-22T16:00", "", VerdictKind::kAgrees, "GMT"},
        Row{"NextHour", "5 p.m. GMT", "2014-12-22T17:00", "", VerdictKind::kRounds, "GMT"},
        Row{"Monday", "Monday", "2014-12-22", "", VerdictKind::kAgrees},
        Row{"TuesdayThere", "Tuesday", "2014-12-23", "", VerdictKind::kAgrees},
        Row{"WrongDay", "Sunday", "2014-12-21", "", VerdictKind::kDisagrees},
        Row{"Night", "the small hours of Tuesday", "2014-12-23TNI", "", VerdictKind::kAgrees},
        Row{"Morning", "Monday morning", "2014-12-22TMO", "", VerdictKind::kAgrees},
        Row{"Week", "last week", "2014-W51", "", VerdictKind::kDisagrees}),
    row_name);

TEST(StartNotes, NameTheZoneThatWouldFit) {
  auto slip = judge(claim(ClaimKind::kStart, "01:15 UTC", "2014-12-23T01:15", "", "UTC"),
                    pyongyang(), kTuesday);
  EXPECT_EQ(slip.note, "fits if the time is local time there");
}

TEST(Ongoing, IsHeldAgainstTheTimeOfWriting) {
  Claim three = claim(ClaimKind::kDuration, "more than three hours", "PT3H", "MORE_THAN");
  three.ongoing = true;
  auto got = judge(three, pyongyang(), written("2014-12-22T20:00:00Z"));
  EXPECT_EQ(got.verdict, VerdictKind::kAgrees);
  EXPECT_EQ(got.measured, "3 h 45 min up to the time of writing");
  got = judge(three, pyongyang(), written("2014-12-22T18:00:00Z"));
  EXPECT_EQ(got.verdict, VerdictKind::kDisagrees);
}

TEST(OpenOutage, LeavesDurationAndEndUndecided) {
  Outage open = pyongyang();
  open.end.reset();
  open.open = true;
  auto length = judge(claim(ClaimKind::kDuration, "nine hours", "PT9H"), open, kTuesday);
  EXPECT_EQ(length.verdict, VerdictKind::kUndecided);
  auto end =
      judge(claim(ClaimKind::kEnd, "01:46 GMT", "2014-12-23T01:46", "", "GMT"), open, kTuesday);
  EXPECT_EQ(end.verdict, VerdictKind::kUndecided);
}

TEST(Scope, IsHeldAgainstDepth) {
  auto all = judge(claim(ClaimKind::kScope, "all the routes", "all"), pyongyang(), kTuesday);
  EXPECT_EQ(all.verdict, VerdictKind::kAgrees);
  auto some = judge(claim(ClaimKind::kScope, "some routes", "some"), pyongyang(), kTuesday);
  EXPECT_EQ(some.verdict, VerdictKind::kDisagrees);
  // Four networks of four, or of forty: a share cannot tell.
  auto four = judge(claim(ClaimKind::kScope, "four networks", "count"), pyongyang(), kTuesday);
  EXPECT_EQ(four.verdict, VerdictKind::kUndecided);
  auto half = claim(ClaimKind::kScope, "half of the networks", "share");
  half.amount = 0.5;
  half.unit = "share";
  EXPECT_EQ(judge(half, pyongyang(), kTuesday).verdict, VerdictKind::kDisagrees);
  half.amount = 0.95;
  EXPECT_EQ(judge(half, pyongyang(), kTuesday).verdict, VerdictKind::kAgrees);
}

TEST(Cause, IsNotMeasurable) {
  auto cause = judge(claim(ClaimKind::kCause, "a DDoS attack", "attack"), pyongyang(), kTuesday);
  EXPECT_EQ(cause.verdict, VerdictKind::kNotMeasurable);
}

TEST(Denial, TurnsTheVerdictRound) {
  Claim denial = claim(ClaimKind::kStart, "Monday", "2014-12-22");
  denial.denied = true;
  EXPECT_EQ(judge(denial, pyongyang(), kTuesday).verdict, VerdictKind::kDisagrees);
}

TEST(Unlinked, WithoutASignalIsNotMeasured) {
  Claim gone = claim(ClaimKind::kStart, "Monday", "2014-12-15");
  model::Interval monday{at("2014-12-15"), at("2014-12-16")};
  EXPECT_EQ(judge_unlinked(gone, monday, {}).verdict, VerdictKind::kNotMeasured);

  model::Signal signal;
  signal.from = at("2014-12-14");
  signal.step = Seconds{3600};
  signal.values.assign(72, 4.0);
  EXPECT_EQ(judge_unlinked(gone, monday, {&signal}).verdict, VerdictKind::kDisagrees);

  signal.values[30].reset();  // one sample is missing: nobody knows
  EXPECT_EQ(judge_unlinked(gone, monday, {&signal}).verdict, VerdictKind::kNotMeasured);

  signal.values[30] = 0.0;  // it was down, so the claim is not contradicted
  EXPECT_EQ(judge_unlinked(gone, monday, {&signal}).verdict, VerdictKind::kNotMeasured);
}

TEST(PlaceZones, FewOrNone) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(place_zones({"KP", "", {}, ""}, at("2014-12-22")), Names{"Asia/Pyongyang"});
  EXPECT_EQ(place_zones({"US", "", {}, ""}, at("2014-12-22")), Names{});
  EXPECT_EQ(place_zones({"", "", 13335, ""}, at("2014-12-22")), Names{});
}

}  // namespace
}  // namespace correlate::verdict
