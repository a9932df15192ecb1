#include "ingest/pushes.h"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/schedule.h"
#include "store/store.h"
#include "tests/support/change.h"
#include "tests/support/hub_signature.h"

// What hubs push, kept by several processes over one store.
namespace {

using ingest::Pushes;
using ingest::Subscriptions;
using model::Instant;
using model::Poll;
using model::Seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Instant kNow{Seconds(1419400000)};
const std::string kUrl = "https://a.example/feed";

std::string feed(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string out = "<rss version=\"2.0\"><channel><title>The Wire</title>";
  for (const auto& [id, title] : items) {
    out += fmt::format(
        "<item><guid>{}</guid><title>{}</title>"
        "<pubDate>Tue, 23 Dec 2014 02:00:00 GMT</pubDate></item>",
        id, title);
  }
  return out + "</channel></rss>";
}

// One process that hubs call.
class Worker {
 public:
  explicit Worker(store::Store& store, bool one_of_many = true)
      : store_(store), pushes_(store, hubs_, {one_of_many, ingest::kFloor}) {}

  // What a hub says comes here; the source is looked up as it is now.
  void push(const std::string& bytes) {
    ingest::Input document;
    document.bytes = bytes;
    auto poll = **store_.poll(kUrl);
    auto mark = support::hub_signature(bytes, poll.push.secret);
    ASSERT_EQ(hubs_.deliver(poll, mark, std::move(document)).status, 202);
  }
  void say(const std::string& query) {
    ASSERT_EQ(hubs_.ask(**store_.poll(kUrl), query, kNow).status, 200);
  }
  void confirm() { say("hub.mode=subscribe&hub.topic=t&hub.challenge=c&hub.lease_seconds=86400"); }
  void deny() { say("hub.mode=denied&hub.topic=t"); }
  // Keeps all that came.
  std::vector<ingest::PollReport> keep(Instant now = kNow) {
    std::vector<ingest::PollReport> out;
    while (pushes_.wait(std::chrono::milliseconds(0))) {
      auto report = pushes_.take(now);
      EXPECT_TRUE(report) << report.error().message;
      if (report && *report) out.push_back(**std::move(report));
    }
    return out;
  }
  // … the next of it.
  void keep_one() {
    ASSERT_TRUE(pushes_.wait(std::chrono::milliseconds(0)));
    ASSERT_TRUE(pushes_.take(kNow));
  }

 private:
  store::Store& store_;
  Subscriptions hubs_;
  Pushes pushes_;
};

class FromHubs : public testing::Test {
 protected:
  FromHubs() {
    auto poll = ingest::added(kUrl, kNow);
    poll.last_poll = kNow - Seconds(60);
    poll.next_poll = kNow + Seconds(6 * 3600);
    poll.push = {"https://hub.example/", "t", std::string(64, 's'), kNow, std::nullopt};
    change([&](store::Writer& writer) { ASSERT_TRUE(writer.put(poll)); });
  }

  template <typename Act>
  void change(Act act) {
    support::change(*store_, act);
  }
  // Another process has polled it: nothing was new.
  void poll_it() {
    auto polled = poll();
    polled.last_poll = kNow;
    change([&](store::Writer& writer) { ASSERT_TRUE(writer.update(polled)); });
  }
  Poll poll() { return **store_->poll(kUrl); }
  // All wordings of all entries, by entry.
  std::vector<std::string> titles() {
    std::vector<std::string> out;
    auto ids = store_->entries("", 10)->ids;
    for (const auto& id : ids) {
      auto revisions = *store_->revisions(id);
      for (const auto& revision : revisions) out.push_back(revision.title);
    }
    return out;
  }

  std::unique_ptr<store::Store> store_ = *store::open_store("memory:");
  Worker one_{*store_}, other_{*store_};
};

TEST_F(FromHubs, IsKeptWholeWhereNobodyElseKnowsMore) {
  one_.push(feed({{"1", "Old"}}));
  one_.keep();
  other_.push(feed({{"1", "New"}}));
  auto reports = other_.keep();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].outcome->entries_revised, 1);
  EXPECT_THAT(titles(), ElementsAre("Old", "New"));
  EXPECT_EQ(poll().next_poll, kNow + Seconds(6 * 3600));
  EXPECT_EQ(poll().last_new, kNow);
}

TEST_F(FromHubs, TheSameDocumentTwiceIsOne) {
  one_.push(feed({{"1", "A"}}));
  other_.push(feed({{"1", "A"}}));
  one_.keep();
  auto before = poll();
  auto reports = other_.keep();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_TRUE(reports[0].outcome->unchanged);
  EXPECT_THAT(titles(), ElementsAre("A"));
  EXPECT_EQ(poll(), before);
}

TEST_F(FromHubs, ManyOfOneProcessAreKeptInTheirOrder) {
  one_.push(feed({{"1", "A"}}));
  one_.push(feed({{"1", "B"}}));
  one_.keep_one();
  one_.push(feed({{"1", "C"}}));
  for (const auto& report : one_.keep()) EXPECT_EQ(report.note, "");
  EXPECT_THAT(titles(), ElementsAre("A", "B", "C"));
  EXPECT_EQ(poll().next_poll, kNow + Seconds(6 * 3600));
}

// What came here first and is kept last: an older wording, and an entry that nobody else brought.
TEST_F(FromHubs, LateItTakesNothingBackAndLosesNothing) {
  one_.push(feed({{"1", "Old"}, {"2", "Only here"}}));
  other_.push(feed({{"1", "New"}}));
  other_.keep();
  auto reports = one_.keep();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].outcome->entries_added, 1);
  EXPECT_THAT(reports[0].note, HasSubstr("polled for the rest"));
  EXPECT_THAT(titles(), testing::UnorderedElementsAre("New", "Only here"));
}

// The same without the fence: what the test above would see.
TEST_F(FromHubs, OneThatIsAloneKeepsItAll) {
  Worker alone(*store_, false);
  alone.push(feed({{"1", "Old"}, {"2", "Only here"}}));
  other_.push(feed({{"1", "New"}}));
  other_.keep();
  alone.keep();
  EXPECT_THAT(titles(), testing::UnorderedElementsAre("New", "Old", "Only here"));
}

TEST_F(FromHubs, BesideAPollItIsLateToo) {
  one_.push(feed({{"1", "First"}}));
  one_.keep();
  one_.push(feed({{"1", "Second"}, {"2", "Unknown"}}));
  poll_it();
  one_.keep(kNow + Seconds(5));
  EXPECT_THAT(titles(), testing::UnorderedElementsAre("First", "Unknown"));
  EXPECT_EQ(poll().next_poll, kNow + ingest::kFloor) << "polled as soon as that is polite";
  EXPECT_EQ(poll().last_poll, kNow) << "what the other one kept stays";
}

TEST_F(FromHubs, ALeaseThatBeginsMeanwhileMakesNothingLate) {
  one_.push(feed({{"1", "Old"}}));
  one_.keep();
  one_.push(feed({{"1", "New"}}));
  other_.confirm();
  other_.keep();
  one_.keep();
  EXPECT_THAT(titles(), ElementsAre("Old", "New"));
  EXPECT_EQ(poll().push.until, kNow + Seconds(86400)) << "and is not taken back";
}

TEST_F(FromHubs, WhatIsBrokenIsTold) {
  one_.push("{");
  auto reports = one_.keep();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_THAT(reports[0].note, HasSubstr("cannot be read"));
  EXPECT_THAT(titles(), IsEmpty());
}

TEST_F(FromHubs, ASourceThatWasRemovedStaysRemoved) {
  one_.push(feed({{"1", "A"}}));
  one_.confirm();
  change([](store::Writer& writer) { ASSERT_TRUE(*writer.remove_poll(kUrl)); });
  EXPECT_THAT(one_.keep(), IsEmpty());
  EXPECT_FALSE(*store_->poll(kUrl));
  EXPECT_THAT(titles(), IsEmpty());
}

TEST_F(FromHubs, AConfirmationAndADenialAreKept) {
  one_.confirm();
  one_.keep();
  EXPECT_EQ(poll().push.until, kNow + Seconds(86400));
  other_.deny();
  other_.keep();
  EXPECT_EQ(poll().push.until, std::nullopt);
}

TEST_F(FromHubs, AConfirmationOfAnEarlierQuestionSaysNothing) {
  one_.confirm();
  auto renewed = poll();
  renewed.push.asked_at = kNow + Seconds(5);
  change([&](store::Writer& writer) { ASSERT_TRUE(writer.update(renewed)); });
  one_.keep();
  EXPECT_EQ(poll(), renewed);
}

TEST_F(FromHubs, ADenialOfALeaseThatIsNewIsBelieved) {
  one_.confirm();
  other_.deny();
  one_.keep();
  other_.keep();
  EXPECT_EQ(poll().push.until, std::nullopt);
}

}  // namespace
