#include "ingest/websub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/schedule.h"
#include "ingest/subscriptions.h"
#include "tests/support/hub_signature.h"

// The subscriber's side of WebSub, without a socket.
namespace {

using ingest::Subscriptions;
using model::Instant;
using model::Push;
using model::Seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Instant kNow = model::parse_iso("2026-01-15T12:00:00Z")->at;
constexpr auto kDay = Seconds(86400);
const std::string kSecret(64, 's');
const std::string kTopic = "https://a.example/feed?x=1&y=ä";

Push asked() { return {"https://hub.example/", kTopic, kSecret, kNow, std::nullopt}; }

ingest::HubQuestion yes(std::optional<Seconds> lease = std::nullopt) {
  return {"subscribe", kTopic, "why", "", lease};
}

TEST(Secret, IsAnotherEachTimeAndNotTheToken) {
  auto secret = ingest::new_secret();
  EXPECT_EQ(secret.size(), 64U);
  EXPECT_NE(secret, ingest::new_secret());
  EXPECT_EQ(model::callback_token(secret), model::callback_token(secret));
  EXPECT_EQ(secret.find(model::callback_token(secret)), secret.npos);
}

struct WantRow {
  const char* name;
  std::optional<Seconds> asked_ago, lease_left;
  bool wants;
};
const WantRow kWants[] = {
    {"NeverAsked", {}, {}, true},
    {"AskedJustNow", Seconds(60), {}, false},
    {"NotConfirmedForADay", kDay, {}, true},
    {"LeaseIsLong", 3 * kDay, 7 * kDay, false},
    {"LeaseEnds", 9 * kDay, kDay, true},
    {"LeaseEndsAndWasAskedFor", Seconds(60), kDay, false},
    {"LeaseHasEnded", 20 * kDay, -10 * kDay, true},
};
class Want : public testing::TestWithParam<WantRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Want, testing::ValuesIn(kWants),
                         [](const auto& row) { return row.param.name; });
TEST_P(Want, IsDecided) {
  auto push = asked();
  push.asked_at.reset();
  if (GetParam().asked_ago) push.asked_at = kNow - *GetParam().asked_ago;
  if (GetParam().lease_left) push.until = kNow + *GetParam().lease_left;
  EXPECT_EQ(ingest::wants_subscription(push, kNow), GetParam().wants);
}

TEST(Want, NeedsAHub) { EXPECT_FALSE(ingest::wants_subscription(Push(), kNow)); }

TEST(Form, EscapesWhatItCarries) {
  auto form = ingest::subscription_form(asked(), "subscribe", "https://us.example/websub/0a");
  EXPECT_THAT(form, HasSubstr("hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%"
                              "26y%3D%C3%A4&hub.callback=https%3A%2F%2Fus.example%2Fwebsub%2F0a"));
  EXPECT_THAT(form, HasSubstr("&hub.secret=" + kSecret));
  EXPECT_EQ(ingest::subscription_form(asked(), "unsubscribe", "x").find("secret"), form.npos);
}

TEST(Question, IsReadFromTheQuery) {
  auto question = ingest::hub_question(
      "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%26y%3D%C3%A4&"
      "hub.challenge=a+b%2Bc&hub.lease_seconds=600&other=1");
  EXPECT_EQ(question.topic, kTopic);
  EXPECT_EQ(question.challenge, "a b+c");
  EXPECT_EQ(question.lease, Seconds(600));
  EXPECT_EQ(ingest::hub_question("hub.lease_seconds=-1").lease, std::nullopt);
  EXPECT_EQ(ingest::hub_question("%zz").mode, "");
}

struct ConfirmRow {
  const char* name;
  Push push;
  ingest::HubQuestion question;
  bool taken;
  std::optional<Seconds> lease;
};
Push not_asked() {
  auto push = asked();
  push.asked_at.reset();
  return push;
}
Push granted() {
  auto push = asked();
  push.until = kNow + kDay;
  return push;
}
const ConfirmRow kConfirms[] = {
    {"AsAsked", asked(), yes(3 * kDay), true, 3 * kDay},
    {"WithoutALease", asked(), yes(), true, ingest::kLease},
    {"TooShort", asked(), yes(Seconds(1)), true, Seconds(3600)},
    {"TooLong", asked(), yes(4000 * kDay), true, 30 * kDay},
    {"NotAsked", not_asked(), yes(), false, {}},
    {"OtherTopic", asked(), {"subscribe", "https://b.example/", "why", "", {}}, false, {}},
    {"NoChallenge", asked(), {"subscribe", kTopic, "", "", {}}, false, {}},
    {"Unsubscribe", granted(), {"unsubscribe", kTopic, "why", "", {}}, false, {}},
    {"Denied", granted(), {"denied", kTopic, "", "closed", {}}, true, {}},
};
class Confirm : public testing::TestWithParam<ConfirmRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Confirm, testing::ValuesIn(kConfirms),
                         [](const auto& row) { return row.param.name; });
TEST_P(Confirm, IsDecided) {
  auto push = ingest::confirmed(GetParam().push, GetParam().question, kNow);
  ASSERT_EQ(push.has_value(), GetParam().taken);
  if (!push) return;
  EXPECT_EQ(push->until, GetParam().lease ? std::optional(kNow + *GetParam().lease) : std::nullopt);
}

TEST(Signature, IsTheHmacOfTheBody) {
  // RFC 4231 test case 2, RFC 2202 test case 2.
  const std::string body = "what do ya want for nothing?", key = "Jefe";
  EXPECT_TRUE(ingest::is_signed(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", body, key));
  EXPECT_TRUE(ingest::is_signed("sha1=EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79", body, key));
  EXPECT_FALSE(ingest::is_signed(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844", body, key));
  EXPECT_FALSE(ingest::is_signed("sha1=", body, key));
  EXPECT_FALSE(ingest::is_signed("md5=750c783e6ab0b503eaa86e310a5db738", body, key));
  EXPECT_FALSE(ingest::is_signed("", body, key));
  EXPECT_FALSE(ingest::is_signed("sha1=fbdb1d1b18aa6c08324b7d64b71fb76370690e1d", "", ""));
}

TEST(Question, OnlyAnEndIsGrantedForACallbackThatIsNobodys) {
  EXPECT_EQ(ingest::given_up({"unsubscribe", kTopic, "why", "", {}}), "why");
  EXPECT_EQ(ingest::given_up({"unsubscribe", kTopic, "", "", {}}), std::nullopt);
  EXPECT_EQ(ingest::given_up(yes()), std::nullopt);
  EXPECT_EQ(ingest::given_up({"denied", kTopic, "why", "", {}}), std::nullopt);
}

class Heard : public testing::Test {
 protected:
  Heard() {
    poll_ = ingest::added("https://a.example/feed", kNow);
    poll_.push = {"https://hub.example/", "t", "key", kNow, std::nullopt};
    hubs_.know(poll_);
    token_ = model::callback_token("key");
  }
  int deliver(const std::string& bytes, const std::string& signature) {
    ingest::Input document;
    document.bytes = bytes;
    return hubs_.deliver(poll_, signature, std::move(document)).status;
  }

  model::Poll poll_;
  std::string token_;
  Subscriptions hubs_;
};

TEST_F(Heard, AConfirmationIsEchoedAndHandedOn) {
  EXPECT_EQ(hubs_.known(token_), poll_);
  auto reply = hubs_.ask(poll_, "hub.mode=subscribe&hub.topic=t&hub.challenge=c", kNow);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "c");
  auto heard = hubs_.take();
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_EQ(heard[0].poll, poll_);
  EXPECT_EQ(heard[0].push->until, kNow + ingest::kLease);
  EXPECT_THAT(hubs_.take(), IsEmpty());
}

TEST_F(Heard, WhatWasNotAskedForIsRefused) {
  EXPECT_EQ(hubs_.ask(poll_, "hub.mode=subscribe&hub.topic=u&hub.challenge=c", kNow).status, 404);
  EXPECT_THAT(hubs_.take(), IsEmpty());
}

TEST_F(Heard, WhatIsForgottenIsNotKnown) {
  hubs_.forget(poll_.url);
  EXPECT_EQ(hubs_.known(token_), std::nullopt);
}

TEST_F(Heard, AnotherSecretTakesTheOldCallbackAway) {
  poll_.push.secret = "new";
  hubs_.know(poll_);
  EXPECT_EQ(hubs_.known(token_), std::nullopt);
  EXPECT_EQ(hubs_.known(model::callback_token("new")), poll_);
}

TEST_F(Heard, TooMuchMayNotWait) {
  const std::string large(Subscriptions::kLargest, 'x');
  const auto mark = support::hub_signature(large, "key");
  for (std::size_t n = 0; n < Subscriptions::kMostWaiting / large.size(); ++n) {
    EXPECT_EQ(deliver(large, mark), 202);
  }
  EXPECT_EQ(deliver(large, mark), 503);
  hubs_.take();
  EXPECT_EQ(deliver(large, mark), 202);
}

TEST_F(Heard, OnlyWhatIsSignedIsRead) {
  EXPECT_EQ(deliver("x", "sha1=00"), 202);
  auto heard = hubs_.take();
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_FALSE(heard[0].document);
  // HMAC-SHA1 of "x" under "key", from Python's hmac.
  EXPECT_EQ(deliver("x", "sha1=2a00e8e8343df86c4c188b263eeca331afa31548"), 202);
  heard = hubs_.take();
  ASSERT_THAT(heard, SizeIs(1));
  EXPECT_EQ(heard[0].document->bytes, "x");
}

TEST_F(Heard, ForgedPushesDoNotFillTheMemory) {
  for (int n = 0; n < 5000; ++n) deliver("x", "sha1=00");
  EXPECT_THAT(hubs_.take(), SizeIs(1000));
}

}  // namespace
