#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/mail/digest.h"
#include "app/mail/message.h"
#include "app/mail/outbox.h"
#include "app/mail/schedule.h"
#include "app/mail/subscriptions.h"
#include "correlate/correlate.h"
#include "store/memory/store.h"

namespace {

using app::mail::Handed;
using app::mail::is_address;
using model::Instant;
using model::Seconds;
using model::Subscription;
using testing::HasSubstr;
using testing::Not;

Instant at(const char* text) { return model::parse_iso(text)->at; }

struct Night {
  const char* name;
  const char* zone;
  int hour;
  const char* after;
  const char* first;   // what comes next
  const char* second;  // … and then
};
// Nights on which clocks were changed, of 2014 and 2026. Tehran has not changed its clocks since
// 2022, Lord Howe changes them by half an hour.
const Night kNights[] = {{"BerlinForward2014", "Europe/Berlin", 2, "2014-03-29T12:00Z",
                          "2014-03-30T01:00Z", "2014-03-31T00:00Z"},
                         {"BerlinBack2014", "Europe/Berlin", 2, "2014-10-25T12:00Z",
                          "2014-10-26T00:00Z", "2014-10-27T01:00Z"},
                         {"BerlinForward2026", "Europe/Berlin", 2, "2026-03-28T12:00Z",
                          "2026-03-29T01:00Z", "2026-03-30T00:00Z"},
                         {"BerlinBack2026", "Europe/Berlin", 2, "2026-10-24T12:00Z",
                          "2026-10-25T00:00Z", "2026-10-26T01:00Z"},
                         {"NewYorkForward2014", "America/New_York", 2, "2014-03-08T12:00Z",
                          "2014-03-09T07:00Z", "2014-03-10T06:00Z"},
                         {"NewYorkBack2014", "America/New_York", 1, "2014-11-01T12:00Z",
                          "2014-11-02T05:00Z", "2014-11-03T06:00Z"},
                         {"NewYorkForward2026", "America/New_York", 2, "2026-03-07T12:00Z",
                          "2026-03-08T07:00Z", "2026-03-09T06:00Z"},
                         {"NewYorkBack2026", "America/New_York", 1, "2026-10-31T12:00Z",
                          "2026-11-01T05:00Z", "2026-11-02T06:00Z"},
                         {"LordHoweForward2014", "Australia/Lord_Howe", 2, "2014-10-04T12:00Z",
                          "2014-10-04T15:30Z", "2014-10-05T15:00Z"},
                         {"LordHoweBack2014", "Australia/Lord_Howe", 2, "2014-04-05T12:00Z",
                          "2014-04-05T15:30Z", "2014-04-06T15:30Z"},
                         {"LordHoweForward2026", "Australia/Lord_Howe", 2, "2026-10-03T12:00Z",
                          "2026-10-03T15:30Z", "2026-10-04T15:00Z"},
                         {"LordHoweBack2026", "Australia/Lord_Howe", 2, "2026-04-04T12:00Z",
                          "2026-04-04T15:30Z", "2026-04-05T15:30Z"},
                         {"TehranForward2014", "Asia/Tehran", 0, "2014-03-21T12:00Z",
                          "2014-03-21T20:30Z", "2014-03-22T19:30Z"},
                         {"TehranBack2014", "Asia/Tehran", 23, "2014-09-21T12:00Z",
                          "2014-09-21T18:30Z", "2014-09-22T19:30Z"},
                         {"Tehran2026", "Asia/Tehran", 0, "2026-03-21T12:00Z", "2026-03-21T20:30Z",
                          "2026-03-22T20:30Z"}};
class Nights : public testing::TestWithParam<Night> {};
INSTANTIATE_TEST_SUITE_P(Rows, Nights, testing::ValuesIn(kNights),
                         [](const auto& row) { return row.param.name; });
TEST_P(Nights, HaveOneDigestEach) {
  const auto& night = GetParam();
  auto first = app::mail::next_at(at(night.after), night.hour, night.zone);
  EXPECT_EQ(model::to_iso(first, model::Precision::kMinute), night.first);
  auto second = app::mail::next_at(first, night.hour, night.zone);
  EXPECT_EQ(model::to_iso(second, model::Precision::kMinute), night.second);
}

// How many digests a year has, each about a day after the one before.
int digests_of_2014(const char* zone, int hour) {
  auto now = app::mail::next_at(at("2014-01-01T00:00Z"), hour, zone);
  int days = 1;
  for (auto end = at("2015-01-01T00:00Z"); now < end; ++days) {
    auto next = app::mail::next_at(now, hour, zone);
    EXPECT_GE(next - now, Seconds{22 * 3600}) << zone << " " << hour;
    EXPECT_LE(next - now, Seconds{26 * 3600}) << zone << " " << hour;
    if (next <= now) break;
    now = next;
  }
  return days;
}

TEST(Schedule, GoesThroughAYearOnceADay) {
  for (const char* zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                           "Asia/Tehran", "Asia/Pyongyang", "+05:45"}) {
    for (int hour : {0, 2, 23}) {
      auto days = digests_of_2014(zone, hour);
      EXPECT_GE(days, 365) << zone;
      EXPECT_LE(days, 367) << zone;
    }
  }
}

TEST(Addresses, AreThoseThatMailCanGoTo) {
  for (const char* fine : {"a@b.example", "first.last+tag@sub.news.example", "o'neil@x.example"}) {
    EXPECT_TRUE(is_address(fine)) << fine;
  }
  const std::string bad[] = {"",
                             "a",
                             "@b.example",
                             "a@",
                             "a b@c.example",
                             "a@b.example\r\nBcc: x@y",
                             "a@b.example, c@d.example",
                             "<a@b.example>",
                             "\"a\"@b.example",
                             ".a@b.example",
                             "a..b@c.example",
                             "a@-b.example",
                             "a@b..example",
                             "ä@b.example",
                             "a@b@c.example",
                             std::string(65, 'a') + "@b.example",
                             "a@" + std::string(260, 'b'),
                             std::string("a\0@b.example", 12)};
  for (const auto& one : bad) EXPECT_FALSE(is_address(one)) << one;
}

app::mail::Settings settings() {
  app::mail::Settings out;
  out.from = "digest@news.example";
  out.base = "https://news.example/";
  return out;
}

Subscription subscriber() {
  Subscription out;
  out.id = "sub-1";
  out.address = "ann@a.example";
  out.query = "sony";
  out.token = "secret";
  return out;
}

model::Issue issue_with(const std::string& title) {
  model::Issue out;
  out.id = "iss-1";
  out.query = "sony";
  out.zone = "UTC";
  out.window = {at("2014-12-22"), at("2014-12-23")};
  out.made_at = at("2014-12-23T07:00Z");
  boost::json::object item{{"entry", "ent-1"}, {"revision", 1},         {"title", title},
                           {"by", title},      {"url", "javascript:1"}, {"published", title}};
  out.content = boost::json::serialize(boost::json::object{
      {"incidents", boost::json::array{boost::json::object{
                        {"id", "inc-1"},
                        {"title", title},
                        {"new", boost::json::array{item}},
                        {"changed", boost::json::array{boost::json::object{{"kind", "verdict"},
                                                                           {"text", title}}}}}}},
      {"dead", boost::json::array{}},
      {"items", 2}});
  return out;
}

TEST(Messages, StayTheSameAndSayHowToEndThem) {
  auto text = app::mail::digest_message(settings(), subscriber(), issue_with("Sony"));
  EXPECT_EQ(text, app::mail::digest_message(settings(), subscriber(), issue_with("Sony")));
  for (const char* part : {"To: ann@a.example\r\n", "Auto-Submitted: auto-generated\r\n",
                           "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                           "List-Unsubscribe: <https://news.example/unsubscribe/secret>",
                           "List-Id: ", "multipart/alternative",
                           "https://news.example/issues/iss-1", "In-Reply-To: <digest-"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_LT(text.find("text/plain"), text.find("text/html"));
  auto other = subscriber();
  other.id = "sub-2";
  auto id = [](const std::string& mail) {
    auto begin = mail.find("Message-Id: ");
    return mail.substr(begin, mail.find('\r', begin) - begin);
  };
  EXPECT_NE(id(text), id(app::mail::digest_message(settings(), other, issue_with("Sony"))));
}

TEST(Messages, LetNothingBreakOut) {
  for (const std::string& title :
       {std::string("a\r\nBcc: eve@e.example\r\n\r\nb"), std::string("<script>alert(1)</script>"),
        std::string("\xE2\x80\xAE tsop"), std::string(100'000, 'x')}) {
    auto text = app::mail::digest_message(settings(), subscriber(), issue_with(title));
    auto head = text.substr(0, text.find("\r\n\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("\r\nBcc:")));
    auto html = text.substr(text.find("text/html"));
    EXPECT_EQ(html.find("<script>"), html.npos) << title.substr(0, 50);
    EXPECT_EQ(html.find("href=3D\"javascript"), html.npos) << title.substr(0, 50);
    EXPECT_LT(text.size(), 20'000U);
    for (std::size_t line = 0; line < text.size();) {
      auto end = std::min(text.find("\r\n", line), text.size());
      ASSERT_LE(end - line, 998U);
      line = end + 2;
    }
  }
}

class Outbox : public testing::Test {
 protected:
  Subscription confirmed(const std::string& address, const std::string& query = {}) {
    auto made =
        app::mail::subscribe(*store_, {address, query, 7, "UTC", true}, "token-" + address, now_);
    EXPECT_TRUE(made) << made.error().message;
    auto active = app::mail::confirm(*store_, made->token, now_);
    EXPECT_TRUE(active && *active);
    return **active;
  }

  // Asked for, and not yet answered: there is a question to send.
  void wished(const std::string& address) {
    auto made = app::mail::subscribe(*store_, {address}, "token-" + address, now_);
    EXPECT_TRUE(made) << made.error().message;
  }

  // Sends all that is due, to `taken` where `answer` is taken.
  app::mail::Sent send(Instant at, Handed answer = {true, false, false, "250 OK"}) {
    auto done = app::mail::send(*store_, settings(),
                                {.mail =
                                     [&](const app::mail::Delivery& delivery) {
                                       if (answer.taken)
                                         taken_.emplace_back(delivery.to.address, delivery.body);
                                       return answer;
                                     },
                                 .webhook =
                                     [&](const app::mail::Delivery& delivery) {
                                       if (answer.taken)
                                         posted_.emplace_back(delivery.id, delivery.body);
                                       return answer;
                                     }},
                                at);
    EXPECT_TRUE(done) << done.error().message;
    return *done;
  }

  Instant now_ = at("2014-12-22T12:00Z");
  std::unique_ptr<store::Store> store_ = store::memory::open(std::chrono::milliseconds(20));
  std::vector<std::pair<std::string, std::string>> taken_;
  std::vector<std::pair<std::string, std::string>> posted_;
};

TEST_F(Outbox, NothingButTheQuestionBeforeTheAnswer) {
  auto made = app::mail::subscribe(*store_, {"ann@a.example"}, "t", now_);
  ASSERT_TRUE(made);
  ASSERT_TRUE(app::mail::subscribe(*store_, {"ann@a.example"}, "other", now_ + Seconds{60}));
  EXPECT_EQ(send(now_ + Seconds{60}).sent, 1U);  // asked again, but not within the hour
  EXPECT_THAT(taken_[0].second, HasSubstr("confirm/t"));
  EXPECT_EQ(app::mail::queue(*store_, now_ + Seconds{86'400})->due, 0U);
  EXPECT_EQ(send(now_ + Seconds{90'000}).sent, 0U);
  EXPECT_FALSE(*app::mail::confirm(*store_, "wrong", now_));
}

TEST_F(Outbox, EachMailGoesOutOnce) {
  confirmed("ann@a.example");
  confirmed("bob@b.example");
  send(now_);
  taken_.clear();
  auto day = at("2014-12-23T07:00Z");
  EXPECT_EQ(app::mail::queue(*store_, day - Seconds{1})->due, 0U);
  auto queued = app::mail::queue(*store_, day);
  EXPECT_EQ(queued->mails, 2U);
  EXPECT_EQ(queued->issues, 1U);
  EXPECT_EQ(app::mail::queue(*store_, day)->mails, 0U);
  EXPECT_EQ(send(day).sent, 2U);
  EXPECT_EQ(send(day).sent, 0U);
  EXPECT_EQ(taken_.size(), 2U);
  // Three days nobody ran it: one digest for all of them.
  EXPECT_EQ(app::mail::queue(*store_, day + Seconds{3 * 86'400})->mails, 2U);
}

TEST_F(Outbox, TriesAgainAndGivesUp) {
  wished("ann@a.example");
  auto first = send(now_, {false, false, false, "451 later"});
  EXPECT_EQ(first.later, 1U);
  EXPECT_EQ(send(now_ + Seconds{119}).sent, 0U);
  EXPECT_EQ(send(now_ + Seconds{120}).sent, 1U);
  wished("bob@b.example");
  EXPECT_EQ(send(now_ + Seconds{120}, {false, true, false, "550 nobody"}).failed, 1U);
  EXPECT_EQ(send(now_ + Seconds{864'000}).sent, 0U);
}

TEST_F(Outbox, EndsAtOnce) {
  auto ann = confirmed("ann@a.example");
  send(now_);
  auto day = at("2014-12-23T07:00Z");
  ASSERT_TRUE(app::mail::queue(*store_, day));
  ASSERT_TRUE(*app::mail::end(*store_, ann.token));
  taken_.clear();
  EXPECT_EQ(send(day).sent, 0U);  // what was queued is not sent any more
  EXPECT_TRUE(taken_.empty());
  EXPECT_EQ(app::mail::queue(*store_, day + Seconds{86'400})->due, 0U);
  // Asking again begins anew.
  auto again = app::mail::subscribe(*store_, {"ann@a.example"}, "new", day);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state, Subscription::State::kPending);
}

// What is told must come after somebody asked, whatever its own times say.
class Told : public Outbox {
 protected:
  // An entry of an outage in North Korea, as it was read at `seen`.
  void read_entry(const std::string& id, const std::string& title, Instant seen,
                  const std::string& body = "North Korea's Internet is down.") {
    auto writer = store_->begin();
    model::Entry entry{id, "src-1", id, model::IdentityKind::kGuid, seen, {}};
    model::Revision revision;
    revision.title = title;
    revision.body = body;
    revision.language = "en";
    revision.published = {at("2014-12-22T12:00Z"), model::Precision::kMinute, "Z"};
    revision.seen_at = seen;
    ASSERT_TRUE((*writer)->put(entry, revision));
    ASSERT_TRUE((*writer)->commit());
  }
  void correlate() { ASSERT_TRUE(correlate::correlate(*store_, {})); }

  Subscription alert(const std::string& query, Subscription::Channel channel, int threshold = 1,
                     Seconds quiet = Seconds{3600}) {
    app::mail::Wish wish;
    wish.kind = Subscription::Kind::kAlert;
    wish.channel = channel;
    wish.address = channel == Subscription::Channel::kMail      ? "ann@a.example"
                   : channel == Subscription::Channel::kWebhook ? "https://hook.example/"
                                                                : "";
    wish.query = query;
    wish.threshold = threshold;
    wish.quiet = quiet;
    auto made = app::mail::subscribe(*store_, wish, "token-" + query, now_);
    EXPECT_TRUE(made) << made.error().message;
    auto active = app::mail::confirm(*store_, made->token, now_);
    EXPECT_TRUE(active && *active);
    return **active;
  }
  std::size_t queued(Instant at) {
    auto done = app::mail::queue(*store_, at);
    EXPECT_TRUE(done) << done.error().message;
    return done->mails;
  }
  std::string newest_issue(const Subscription& of) {
    auto issues = store_->issues_of(of.id, 1);
    return issues && !issues->empty() ? issues->front().content : std::string();
  }
};

TEST_F(Told, NothingTwiceAndNothingLeftOut) {
  auto ann = confirmed("ann@a.example", "korea");
  auto day = at("2014-12-23T07:00Z"), next = at("2014-12-24T07:00Z");
  read_entry("ent-1", "First", at("2014-12-22T20:00Z"));
  correlate();
  // Came, but is not correlated: next time.
  read_entry("ent-2", "Second", at("2014-12-23T06:59Z"));
  auto queued_first = app::mail::queue(*store_, day);
  ASSERT_TRUE(queued_first);
  EXPECT_EQ(queued_first->behind, 1);
  EXPECT_THAT(newest_issue(ann), HasSubstr("First"));
  EXPECT_THAT(newest_issue(ann), Not(HasSubstr("Second")));
  // Read long ago by its own clock, committed only now: it is new all the same.
  read_entry("ent-3", "Third", at("2014-12-22T21:00Z"));
  // Another revision of what was told is no new entry.
  read_entry("ent-1", "First, corrected", at("2014-12-23T09:00Z"));
  correlate();
  EXPECT_EQ(queued(next), 1U);
  auto told = newest_issue(ann);
  EXPECT_THAT(told, HasSubstr("\"title\":\"Second\""));
  EXPECT_THAT(told, HasSubstr("\"title\":\"Third\""));
  EXPECT_THAT(told, Not(HasSubstr("\"entry\":\"ent-1\"")));
  EXPECT_THAT(told, HasSubstr("\"kind\":\"revised\""));
  EXPECT_EQ(queued(next + Seconds{86'400}), 1U);  // when_empty: a mail that says so
  EXPECT_THAT(newest_issue(ann), HasSubstr("\"items\":0"));
}

TEST_F(Told, WhatIsOldIsCounted) {
  auto ann = confirmed("ann@a.example", "korea");
  read_entry("ent-1", "Fresh", at("2015-01-20T20:00Z"));
  correlate();
  EXPECT_EQ(queued(at("2014-12-23T07:00Z")), 1U);  // the clocks of tests stand where they want
  now_ = at("2015-02-01T00:00Z");
  auto bob = confirmed("bob@b.example", "korea");
  read_entry("ent-2", "From December", now_);
  correlate();
  EXPECT_EQ(queued(at("2015-02-01T07:00Z")), 2U);
  EXPECT_THAT(newest_issue(bob), HasSubstr("\"older\":1"));
  EXPECT_THAT(newest_issue(bob), Not(HasSubstr("From December\",")));
}

TEST_F(Told, AnAlertWaitsForItsThresholdAndKeepsQuiet) {
  auto hook = alert("korea", Subscription::Channel::kWebhook, 2);
  auto feed = alert("korea -hotel", Subscription::Channel::kFeed);
  auto other = alert("sony", Subscription::Channel::kFeed);
  auto time = now_ + Seconds{60};
  read_entry("ent-1", "First", time);
  correlate();
  EXPECT_EQ(queued(time), 1U);  // the feed's
  read_entry("ent-2", "Second", time + Seconds{60});
  correlate();
  EXPECT_EQ(queued(time + Seconds{60}), 1U);  // the webhook's: two are enough
  EXPECT_THAT(newest_issue(hook), HasSubstr("First"));
  EXPECT_THAT(newest_issue(hook), HasSubstr("Second"));
  read_entry("ent-3", "Third", time + Seconds{120});
  read_entry("ent-4", "Fourth", time + Seconds{120});
  correlate();
  EXPECT_EQ(queued(time + Seconds{120}), 0U);  // both are quiet
  EXPECT_EQ(queued(time + Seconds{60 + 3600}), 2U);
  EXPECT_THAT(newest_issue(hook), Not(HasSubstr("Second")));
  EXPECT_THAT(newest_issue(hook), HasSubstr("Third"));
  EXPECT_THAT(newest_issue(feed), HasSubstr("Second"));  // came while it was quiet
  EXPECT_EQ(newest_issue(other), "");
  EXPECT_EQ(queued(time + Seconds{86'400}), 0U);
}

TEST_F(Told, AnAlertsThresholdIsOfOneDay) {
  auto hook = alert("korea", Subscription::Channel::kWebhook, 2);
  read_entry("ent-1", "First", now_);
  correlate();
  EXPECT_EQ(queued(now_ + Seconds{60}), 0U);
  read_entry("ent-x", "Nothing of it", now_ + Seconds{86'401}, "Ships in a harbour.");
  correlate();
  EXPECT_EQ(queued(now_ + Seconds{86'401}), 0U);  // begins anew
  read_entry("ent-2", "Second", now_ + Seconds{86'460});
  correlate();
  EXPECT_EQ(queued(now_ + Seconds{86'460}), 0U);
}

TEST_F(Told, WebhooksAreTriedAgainAndGivenUp) {
  auto hook = alert("korea", Subscription::Channel::kWebhook, 1, Seconds{0});
  auto time = now_;
  auto one_more = [&](const std::string& id) {
    time += Seconds{60};
    read_entry(id, "Entry " + id, time);
    correlate();
    EXPECT_EQ(queued(time), 1U);
  };
  one_more("ent-1");
  EXPECT_EQ(send(time, {false, false, false, "HTTP 503"}).later, 1U);
  EXPECT_EQ(send(time + Seconds{119}).sent, 0U);
  EXPECT_EQ(send(time + Seconds{121}).sent, 1U);
  ASSERT_EQ(posted_.size(), 1U);
  auto body = boost::json::parse(posted_[0].second).as_object();
  EXPECT_EQ(body.at("type").as_string(), "alert.fired");
  EXPECT_EQ(body.at("data").as_object().at("query").as_string(), "korea");
  EXPECT_TRUE(taken_.empty());
  // 410: nothing more is sent there.
  one_more("ent-2");
  EXPECT_EQ(send(time, {false, true, true, "HTTP 410"}).failed, 1U);
  EXPECT_EQ((*store_->subscription(hook.id))->state, Subscription::State::kEnded);
}

TEST_F(Told, TwoSendersSendOnce) {
  wished("ann@a.example");
  auto mails = store_->due_mails(now_, 9);
  ASSERT_EQ(mails->size(), 1U);
  int handed = 0;
  app::mail::Ways ways;
  ways.mail = [&](const app::mail::Delivery& /*delivery*/) {
    // While it is on its way, another sender looks.
    if (++handed == 1) {
      EXPECT_EQ(send(now_).sent, 0U);
    }
    return Handed{true, false, false, "250 OK"};
  };
  ASSERT_TRUE(app::mail::send(*store_, settings(), ways, now_));
  EXPECT_EQ(handed, 1);
  EXPECT_TRUE(taken_.empty());
}

TEST_F(Told, WithoutAWayMailsWait) {
  wished("ann@a.example");
  ASSERT_TRUE(app::mail::send(*store_, settings(), {}, now_));
  EXPECT_EQ(send(now_ + Seconds{299}).sent, 0U);
  EXPECT_EQ(send(now_ + Seconds{300}).sent, 1U);
}

std::string report(const std::string& address, const std::string& message_id,
                   const char* status = "5.1.1") {
  return "From: MAILER-DAEMON@mx.example\r\nTo: digest@news.example\r\nSubject: Failed\r\n"
         "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; "
         "boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
         "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n"
         "\r\nFinal-Recipient: rfc822; " +
         address + "\r\nAction: failed\r\nStatus: " + status +
         "\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: "
         "text/rfc822-headers\r\n\r\nMessage-ID: <" +
         message_id + ">\r\nSubject: Faultline\r\n\r\n--b--\r\n";
}

TEST_F(Told, BouncesOfOurMailsCountOnceEach) {
  auto ann = confirmed("ann@a.example");
  auto day = at("2014-12-23T07:00Z");
  for (int n = 0; n < 3; ++n, day += Seconds{86'400}) {
    EXPECT_EQ(queued(day), 1U);
    send(day);
    auto issue = store_->issues_of(ann.id, 1)->front();
    auto id = app::mail::message_id(settings(), ann, issue.id);
    auto forged = app::mail::count_bounces(*store_, settings(), report("ann@a.example", "x@y"));
    ASSERT_TRUE(forged);
    EXPECT_EQ(forged->counted, 0U);
    EXPECT_EQ(app::mail::count_bounces(*store_, settings(), report("bob@b.example", id))->counted,
              0U);
    EXPECT_EQ(app::mail::count_bounces(*store_, settings(), report("ann@a.example", id, "4.2.2"))
                  ->reports,
              0U);
    auto counted = app::mail::count_bounces(*store_, settings(), report("ann@a.example", id));
    ASSERT_TRUE(counted) << counted.error().message;
    EXPECT_EQ(counted->counted, 1U);
    EXPECT_EQ(counted->ended, n == 2 ? 1U : 0U);
    // The same report again.
    EXPECT_EQ(app::mail::count_bounces(*store_, settings(), report("ann@a.example", id))->counted,
              0U);
  }
  EXPECT_EQ((*store_->subscription(ann.id))->state, Subscription::State::kEnded);
}

TEST_F(Told, NobodyIsAskedWithoutEnd) {
  for (int n = 0; n < 9; ++n) {
    auto made = app::mail::subscribe(*store_, {"ann@a.example", "word" + std::to_string(n)},
                                     "t" + std::to_string(n), now_);
    EXPECT_EQ(static_cast<bool>(made), n < 5) << n;
  }
  EXPECT_EQ(send(now_).sent, 5U);
}

TEST_F(Told, AFeedIsAtomWithWhatWasTold) {
  auto feed = alert("korea", Subscription::Channel::kFeed);
  read_entry("ent-1", "Down <b>&</b> out", now_);
  correlate();
  EXPECT_EQ(queued(now_ + Seconds{60}), 1U);
  EXPECT_TRUE(store_->due_mails(now_ + Seconds{60}, 9)->empty());
  auto text = app::mail::issues_feed(feed, *store_->issues_of(feed.id, 9), "https://news.example/",
                                     "https://news.example/alerts/t/feed.atom");
  EXPECT_THAT(text, HasSubstr("<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
  EXPECT_THAT(text, HasSubstr("Down &amp;lt;b&amp;gt;"));
  EXPECT_THAT(text, HasSubstr("https://news.example/issues/iss-"));
}

TEST_F(Outbox, RefusesWhatCannotBe) {
  EXPECT_FALSE(app::mail::subscribe(*store_, {"no address"}, "t", now_));
  EXPECT_FALSE(app::mail::subscribe(*store_, {"a@b.example", "plase:x"}, "t", now_));
  EXPECT_FALSE(app::mail::subscribe(*store_, {"a@b.example", "", 24}, "t", now_));
  EXPECT_FALSE(app::mail::subscribe(*store_, {"a@b.example", "", 7, "Mars/Base"}, "t", now_));
  app::mail::Wish wish;
  wish.kind = Subscription::Kind::kAlert;
  wish.channel = Subscription::Channel::kWebhook;
  for (const char* url : {"", "hook", "ftp://hook.example/", "https://user@hook.example/",
                          "javascript:alert(1)", "https:///x"}) {
    wish.address = url;
    EXPECT_FALSE(app::mail::subscribe(*store_, wish, "t", now_)) << url;
  }
  wish.address = "https://hook.example/";
  wish.threshold = 0;
  EXPECT_FALSE(app::mail::subscribe(*store_, wish, "t", now_));
  wish.threshold = 1;
  wish.quiet = Seconds{-1};
  EXPECT_FALSE(app::mail::subscribe(*store_, wish, "t", now_));
  wish.quiet = Seconds{0};
  wish.kind = Subscription::Kind::kDigest;
  EXPECT_FALSE(app::mail::subscribe(*store_, wish, "t", now_));
}

}  // namespace
