#include "ingest/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/rhythm.h"

// When a source is polled next: state, answer, now → next state.
namespace {

using ingest::Health;
using ingest::Polled;
using model::Instant;
using model::Poll;
using model::Seconds;
using testing::HasSubstr;

constexpr int kMinute = 60, kHour = 3600, kDay = 86400;
const Instant kNow = model::parse_iso("2026-01-15T12:00:00Z")->at;  // a Thursday
const std::string kUrl = "https://a.example/feed";

Polled ok() {
  Polled polled;
  polled.status = 200;
  polled.url = kUrl;
  return polled;
}

Polled failed(int status) {
  Polled polled;
  polled.status = status;
  polled.error = "it failed";
  return polled;
}

// Entries every `gap` for `span` up to now.
Polled bringing(int gap, int span) {
  auto polled = ok();
  polled.outcome.emplace();
  for (int age = 0; age < span; age += gap) {
    polled.outcome->notes.arrived.push_back(kNow - Seconds(age));
  }
  polled.outcome->entries_added = static_cast<int>(polled.outcome->notes.arrived.size());
  return polled;
}

Poll fresh() { return ingest::added(kUrl, kNow); }

// Without jitter, which is at most a tenth.
void expect_wait(const Poll& poll, int seconds, const char* reason) {
  ASSERT_TRUE(poll.next_poll);
  auto wait = (*poll.next_poll - kNow).count();
  EXPECT_GE(wait, seconds) << poll.next_reason;
  EXPECT_LE(wait, seconds + seconds / 10 + 1) << poll.next_reason;
  EXPECT_THAT(poll.next_reason, HasSubstr(reason));
}

struct AnswerRow {
  const char* name;
  Polled polled;
  int wait;
  const char* reason;
};

Polled with(Polled polled, auto change) {
  change(polled);
  return polled;
}

const AnswerRow kAnswers[] = {
    {"NothingKnown", ok(), kHour, "not known yet"},
    {"NoAnswer", failed(0), 15 * kMinute, "failed once"},
    {"ThreeADay", bringing(8 * kHour, 28 * kDay), 7 * kHour + 50 * kMinute, "something new every"},
    {"EveryMinute", bringing(kMinute, 2 * kDay), 15 * kMinute, "no more often than"},
    {"OnceAWeek", bringing(7 * kDay, 60 * kDay), kDay, "less than once in 1 d"},
    {"Period",
     with(ok(),
          [](Polled& p) {
            p.outcome.emplace();
            p.outcome->notes.wishes.period = Seconds(2 * kHour);
          }),
     2 * kHour, "sy:updatePeriod"},
    {"Ttl",
     with(bringing(kMinute, kDay),
          [](Polled& p) { p.outcome->notes.wishes.ttl = Seconds(2 * kHour); }),
     2 * kHour, "ttl"},
    {"TtlAboveTheCeiling",
     with(ok(),
          [](Polled& p) {
            p.outcome.emplace();
            p.outcome->notes.wishes.ttl = Seconds(30 * kDay);
          }),
     kDay, "at least once in 1 d"},
    {"MaxAge", with(bringing(kMinute, kDay), [](Polled& p) { p.fresh = Seconds(3 * kHour); }),
     3 * kHour, "Cache-Control"},
    {"MaxAgeBelowTheRhythm", with(ok(), [](Polled& p) { p.fresh = Seconds(60); }), kHour,
     "not known yet"},
    {"ServerError", failed(500), 15 * kMinute, "failed once"},
    {"NotFound", failed(404), kHour, "failed once"},
    {"Forbidden", failed(403), kHour, "failed once"},
    {"TooMany", failed(429), kHour, "too many requests"},
    {"RetryAfter", with(failed(503), [](Polled& p) { p.retry = kNow + Seconds(2 * kHour); }),
     2 * kHour, "Retry-After"},
    {"RetryAtOnce", with(failed(503), [](Polled& p) { p.retry = kNow; }), 15 * kMinute,
     "Retry-After"},
    {"RetryInAYear", with(failed(503), [](Polled& p) { p.retry = kNow + Seconds(366 * kDay); }),
     kDay, "Retry-After"},
    {"Held",
     with(failed(0),
          [](Polled& p) {
            p.held = true;
            p.retry = kNow + Seconds(100);
          }),
     100, "its host asked"},
};

class Answer : public testing::TestWithParam<AnswerRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Answer, testing::ValuesIn(kAnswers),
                         [](const auto& row) { return row.param.name; });
TEST_P(Answer, SaysWhenAndWhy) {
  expect_wait(ingest::after(fresh(), GetParam().polled, kNow), GetParam().wait, GetParam().reason);
}

TEST(Schedule, FailuresDoubleTheWaitAndNeverEndIt) {
  auto poll = fresh();
  for (int wait : {15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440}) {
    poll = ingest::after(poll, failed(500), kNow);
    expect_wait(poll, wait * kMinute, "failed");
  }
  for (int n = 0; n < 5000; ++n) poll = ingest::after(poll, failed(0), kNow);
  expect_wait(poll, kDay, "failed 5010 times in a row");
  EXPECT_EQ(poll.last_error, "it failed");
  poll = ingest::after(poll, ok(), kNow);
  EXPECT_EQ(poll.failures, 0);
  EXPECT_EQ(poll.last_error, "");
}

TEST(Schedule, BeingHeldIsNoFailure) {
  auto polled = failed(0);
  polled.held = true;
  polled.retry = kNow;
  auto poll = ingest::after(fresh(), polled, kNow);
  EXPECT_EQ(poll.failures, 0);
  EXPECT_EQ(poll.last_poll, std::nullopt);
}

TEST(Schedule, GoneEndsIt) {
  auto poll = ingest::after(ingest::after(fresh(), ok(), kNow), failed(410), kNow);
  EXPECT_EQ(poll.next_poll, std::nullopt);
  EXPECT_THAT(poll.next_reason, HasSubstr("410"));
  EXPECT_EQ(ingest::health_of(poll, kNow), Health::kGone);
}

TEST(Schedule, ABurstShortensIt) {
  auto poll = ingest::after(fresh(), bringing(12 * kHour, 28 * kDay), kNow);
  expect_wait(poll, 11 * kHour + 50 * kMinute, "something new every");
  // Four entries within the last forty minutes: a story is breaking.
  poll = ingest::after(poll, bringing(10 * kMinute, 40 * kMinute), kNow);
  ASSERT_TRUE(poll.next_poll);
  EXPECT_LE(*poll.next_poll - kNow, Seconds(20 * kMinute)) << poll.next_reason;
  EXPECT_THAT(poll.next_reason, testing::AnyOf(HasSubstr("burst"), HasSubstr("15 min")));
  // Ten hours later it is over.
  auto later = kNow + Seconds(10 * kHour);
  auto calm = ingest::after(poll, ok(), later);
  EXPECT_GE(*calm.next_poll - later, Seconds(3 * kHour)) << calm.next_reason;
}

TEST(Schedule, SilenceLengthensIt) {
  auto poll = ingest::after(fresh(), bringing(kHour, 10 * kDay), kNow);
  expect_wait(poll, 59 * kMinute, "something new every");
  auto later = kNow + Seconds(40 * kDay);
  poll = ingest::after(poll, ok(), later);
  EXPECT_GE(*poll.next_poll - later, Seconds(kDay));
  EXPECT_THAT(poll.next_reason, HasSubstr("nothing new for long"));
  EXPECT_EQ(ingest::health_of(poll, later), Health::kSilent);
}

struct SkipRow {
  const char* name;
  std::uint32_t hours;
  std::uint32_t days;
  const char* next;  // the hour in which it is polled after 12:00 of a Thursday, an hour later
};

const SkipRow kSkips[] = {
    {"None", 0, 0, "2026-01-15T13"},
    {"OneHour", 1U << 13U, 0, "2026-01-15T14"},
    {"UntilMidnight", 0xFFE000U, 0, "2026-01-16T00"},
    {"Thursday", 0, 1U << 4U, "2026-01-16T00"},
    {"ThursdayToSaturday", 0, 0x70U, "2026-01-18T00"},
    {"HoursAndDays", 1U, 1U << 4U, "2026-01-16T01"},
    {"AllHours", 0xFFFFFFU, 0, "2026-01-15T13"},
    {"AllDays", 0, 0x7FU, "2026-01-15T13"},
};

class Skip : public testing::TestWithParam<SkipRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Skip, testing::ValuesIn(kSkips),
                         [](const auto& row) { return row.param.name; });
TEST_P(Skip, LeavesOutWhatTheFeedAsks) {
  auto poll = fresh();
  poll.wishes.skip_hours = GetParam().hours;
  poll.wishes.skip_days = GetParam().days;
  poll = ingest::after(poll, ok(), kNow);
  EXPECT_EQ(model::to_iso(*poll.next_poll).substr(0, 13), GetParam().next);
}

Polled moved(int status, const std::string& to) {
  auto polled = ok();
  polled.redirects = {{status, to}};
  polled.url = to;
  return polled;
}
const std::string kNewUrl = "https://b.example/feed";

TEST(Move, IsBelievedAfterAWeekOfDailySightings) {
  auto poll = fresh();
  auto now = kNow;
  for (int hours = 0; hours < 7 * 24; hours += 2) {
    poll = ingest::after(poll, moved(301, kNewUrl), now);
    EXPECT_EQ(poll.address, kUrl) << hours;
    EXPECT_EQ(ingest::health_of(poll, now), Health::kMoved);
    EXPECT_THAT(poll.suggestion, HasSubstr("moved to " + kNewUrl));
    now += Seconds(2 * kHour);
  }
  poll = ingest::after(poll, moved(308, kNewUrl), now);
  EXPECT_EQ(poll.address, kNewUrl);
  EXPECT_EQ(poll.url, kUrl);
  poll = ingest::after(poll, ok(), now);
  EXPECT_EQ(poll.address, kNewUrl);
  // It fails there: back to the first address.
  for (int n = 0; n < 3; ++n) poll = ingest::after(poll, failed(404), now);
  EXPECT_EQ(poll.address, kUrl);
}

struct NoMoveRow {
  const char* name;
  Polled between;  // on the fourth day
  Polled always;
};
const NoMoveRow kNoMoves[] = {
    {"Temporary", moved(302, kNewUrl), moved(302, kNewUrl)},
    {"Other307", moved(307, kNewUrl), moved(307, kNewUrl)},
    {"OneHopTemporary", ok(),
     with(moved(301, kNewUrl),
          [](Polled& p) {
            p.redirects.insert(p.redirects.begin(), {302, "https://c.example/"});
          })},
    {"Interrupted", ok(), moved(301, kNewUrl)},
    {"ElsewhereOnce", moved(301, "https://portal.example/"), moved(301, kNewUrl)},
};
class NoMove : public testing::TestWithParam<NoMoveRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, NoMove, testing::ValuesIn(kNoMoves),
                         [](const auto& row) { return row.param.name; });
TEST_P(NoMove, IsBelieved) {
  auto poll = fresh();
  for (int day = 0; day < 10; ++day) {
    const auto& polled = day == 4 ? GetParam().between : GetParam().always;
    poll = ingest::after(poll, polled, kNow + Seconds(day * kDay));
  }
  EXPECT_EQ(poll.address, kUrl);
}

TEST(Move, AFewSightingsWithinAWeekAreTooFew) {
  auto poll = fresh();
  poll = ingest::after(poll, moved(301, kNewUrl), kNow);
  poll = ingest::after(poll, moved(301, kNewUrl), kNow + Seconds(30 * kDay));
  EXPECT_EQ(poll.address, kUrl);
}

TEST(Validators, AreKeptWithTheAddressThatGaveThem) {
  auto polled = moved(302, kNewUrl);
  polled.etag = "W/\"x\"";
  auto poll = ingest::after(fresh(), polled, kNow);
  EXPECT_EQ(poll.etag, "W/\"x\"");
  EXPECT_EQ(poll.validators_url, kNewUrl);
  auto same = ok();
  same.status = 304;
  same.last_modified = "Thu, 15 Jan 2026 12:00:00 GMT";
  poll = ingest::after(poll, same, kNow);
  EXPECT_EQ(poll.etag, "W/\"x\"");  // a 304 that does not repeat it
  EXPECT_EQ(poll.last_modified, same.last_modified);
  poll = ingest::after(poll, failed(500), kNow);
  EXPECT_EQ(poll.etag, "W/\"x\"");
  poll = ingest::after(poll, ok(), kNow);
  EXPECT_EQ(poll.etag, "");
  EXPECT_EQ(poll.validators_url, "");
}

TEST(Health, TellsTheDeadFromTheFailing) {
  auto poll = fresh();
  EXPECT_EQ(ingest::health_of(poll, kNow), Health::kNew);
  poll = ingest::after(poll, failed(0), kNow);
  EXPECT_EQ(ingest::health_of(poll, kNow), Health::kFailing);
  poll = ingest::after(poll, failed(0), kNow + Seconds(14 * kDay));
  EXPECT_EQ(ingest::health_of(poll, kNow + Seconds(14 * kDay)), Health::kDead);
  EXPECT_THAT(poll.suggestion, HasSubstr("two weeks"));
  EXPECT_TRUE(poll.next_poll);
}

TEST(Jitter, SpreadsSourcesThatWereAddedTogether) {
  std::set<Seconds> waits;
  for (int n = 0; n < 100; ++n) {
    auto wait = ingest::jitter("https://a.example/" + std::to_string(n), kNow, Seconds(kHour));
    EXPECT_GE(wait, Seconds(0));
    EXPECT_LE(wait, Seconds(kHour / 10));
    waits.insert(wait);
  }
  EXPECT_GT(waits.size(), 50U);
  EXPECT_EQ(ingest::jitter(kUrl, kNow, Seconds(kHour)), ingest::jitter(kUrl, kNow, Seconds(kHour)));
}

TEST(Bounds, AreTheUsers) {
  ingest::PollBounds bounds{Seconds(kMinute), Seconds(10 * kMinute)};
  expect_wait(ingest::after(fresh(), ok(), kNow, bounds), 10 * kMinute, "once in 10 min");
  expect_wait(ingest::after(fresh(), bringing(10, kDay), kNow, bounds), kMinute,
              "no more often than every 1 min");
  expect_wait(ingest::after(fresh(), failed(500), kNow, bounds), kMinute, "failed once");
  auto poll = fresh();
  for (int n = 0; n < 9; ++n) poll = ingest::after(poll, failed(500), kNow, bounds);
  expect_wait(poll, 10 * kMinute, "failed 9 times");
}

TEST(Pushed, CountsAndLeavesTheNextPollWhereItIs) {
  auto poll = ingest::after(fresh(), ok(), kNow - Seconds(kHour));
  auto pushed = ingest::pushed(poll, *bringing(60, 120).outcome, kNow);
  EXPECT_EQ(pushed.last_new, kNow);
  EXPECT_EQ(pushed.next_poll, poll.next_poll);
  EXPECT_GT(pushed.rhythm.fast, poll.rhythm.fast);
}

}  // namespace
