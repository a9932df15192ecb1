#include "app/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/schedule.h"

namespace {

using model::Seconds;
using testing::HasSubstr;

const model::Instant kNow = model::parse_iso("2026-01-15T12:00:00Z")->at;

TEST(Relative, SaysAgoAndIn) {
  EXPECT_EQ(app::relative(kNow, kNow), "now");
  EXPECT_EQ(app::relative(kNow - Seconds(720), kNow), "12 min ago");
  EXPECT_EQ(app::relative(kNow + Seconds(7500), kNow), "in 2 h 5 min");
}

TEST(Health, NamesFailuresAndWhatToDo) {
  auto poll = ingest::added("https://a.example/feed", kNow - Seconds(20 * 86400));
  poll.title = "A  feed\nof two lines";
  poll.last_poll = poll.last_success = kNow - Seconds(16 * 86400);
  poll.failures = 9;
  poll.failing_since = kNow - Seconds(15 * 86400);
  poll.last_error = "the server answered 404";
  poll.suggestion = "look for the new one";
  auto text = app::health_text(poll, kNow);
  EXPECT_THAT(text, HasSubstr("dead       A feed of two lines\n"));
  EXPECT_THAT(text,
              HasSubstr("9 times in a row, since 2025-12-31T12:00:00Z (15 d ago): the server"));
  EXPECT_THAT(text, HasSubstr("hint      look for the new one\n"));
  auto json = app::health_json(poll, kNow);
  EXPECT_EQ(json["health"], "dead");
  EXPECT_EQ(json["failures"], 9);
  EXPECT_TRUE(json["last_new"].is_null());
  EXPECT_EQ(app::health_sum({poll, ingest::added("b", kNow)}, kNow), "2 polled: 1 new, 1 dead");
}

}  // namespace
