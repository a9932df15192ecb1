#include "ingest/poller.h"

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store.h"
#include "tests/support/change.h"

// Answers that come late: several pollers, as several processes have them, over one store.
namespace {

using ingest::Fetched;
using model::Instant;
using model::Poll;
using model::Seconds;
using testing::IsEmpty;
using testing::SizeIs;

const Instant kNow{Seconds(1419400000)};
// A port that is refused without a word to the network: what comes of a fetch is made up here.
const std::string kUrl = "http://127.0.0.1:1/feed";

Fetched answer(const std::string& title) {
  Fetched out;
  out.url = out.tag = out.response.url = kUrl;
  out.status = 200;
  out.response.content_type = "application/rss+xml";
  out.response.body = "<rss version=\"2.0\"><channel><title>The Wire</title><item><guid>" + title +
                      "</guid><title>" + title +
                      "</title><pubDate>Tue, 23 Dec 2014 02:00:00 GMT</pubDate></item></channel>"
                      "</rss>";
  return out;
}

Fetched not_modified() {
  Fetched out;
  out.url = out.tag = out.response.url = kUrl;
  out.status = 304;
  return out;
}

Fetched failure() {
  Fetched out;
  out.url = out.tag = kUrl;
  out.error = model::Error{model::Errc::kIo, "It was cut off."};
  return out;
}

// One process: a poller with what it needs.
class Worker {
 public:
  Worker(store::Store& store, bool by_offer)
      : store_(store), poller_(store, fetcher_, hubs_, options(by_offer)) {}

  // Begins to fetch what the store says of the source.
  void begin() {
    ++begun_;  // what comes of that is never asked for
    poller_.offer(**store_.poll(kUrl));
    ASSERT_TRUE(poller_.start_due(kNow));
    ASSERT_TRUE(poller_.is_busy_with(kUrl));
  }
  // Requests that are on their way to hubs.
  std::size_t to_hubs() const { return fetcher_.pending() - begun_; }
  // Whether what came was kept.
  bool take(Fetched fetched, Instant now = kNow) {
    auto report = poller_.take(std::move(fetched), now);
    EXPECT_TRUE(report) << report.error().message;
    EXPECT_FALSE(poller_.is_busy_with(kUrl));
    return report && report->has_value();
  }

 private:
  static ingest::PollerOptions options(bool by_offer) {
    ingest::PollerOptions out;
    out.by_offer = by_offer;
    out.callback = "https://news.example/websub/";
    return out;
  }

  store::Store& store_;
  ingest::Fetcher fetcher_{ingest::FetcherOptions()};
  ingest::Subscriptions hubs_;
  ingest::Poller poller_;
  std::size_t begun_ = 0;
};

class Late : public testing::Test {
 protected:
  Late() {
    Poll poll;
    poll.url = poll.address = kUrl;
    poll.added_at = kNow;
    poll.next_poll = kNow;
    change([&](store::Writer& writer) { ASSERT_TRUE(writer.put(poll)); });
  }

  template <typename Act>
  void change(Act act) {
    support::change(*store_, act);
  }
  Poll poll() { return **store_->poll(kUrl); }
  std::vector<std::string> entries() { return store_->entries("", 10)->ids; }

  std::unique_ptr<store::Store> store_ = *store::open_store("memory:");
  Worker stopped_{*store_, true}, quick_{*store_, true};
};

TEST_F(Late, AnAnswerToAPollThatIsAsItWasIsKept) {
  stopped_.begin();
  EXPECT_TRUE(stopped_.take(answer("One")));
  EXPECT_THAT(entries(), SizeIs(1));
  EXPECT_GT(poll().next_poll, kNow);
}

// What an old document would take back: the state of the feed, and when it comes next.
TEST_F(Late, WhatASecondWorkerHasPolledMeanwhileStays) {
  Worker fails(*store_, true), hears_of_nothing(*store_, true);
  for (auto* worker : {&stopped_, &fails, &hears_of_nothing, &quick_}) worker->begin();
  EXPECT_TRUE(quick_.take(answer("New"), kNow + Seconds(5)));
  auto before = poll();
  auto kept = entries();
  EXPECT_FALSE(stopped_.take(answer("Old"), kNow + Seconds(60)));
  EXPECT_FALSE(fails.take(failure(), kNow + Seconds(60)));
  EXPECT_FALSE(hears_of_nothing.take(not_modified(), kNow + Seconds(60)));
  EXPECT_EQ(poll(), before);
  EXPECT_EQ(entries(), kept);
}

// The same without the fence: what the test above would see.
TEST_F(Late, OneThatPollsAloneKeepsIt) {
  Worker alone(*store_, false);
  ASSERT_NO_FATAL_FAILURE(alone.begin());
  EXPECT_TRUE(quick_.take(answer("New"), kNow + Seconds(5)));
  EXPECT_TRUE(alone.take(answer("Old"), kNow + Seconds(60)));
  EXPECT_THAT(entries(), SizeIs(2));
}

// A feed that names a hub; its answer comes to two workers.
Fetched with_hub(const std::string& hub) {
  auto out = answer("One" + hub);
  out.links = {"<" + hub + ">; rel=\"hub\""};
  return out;
}

TEST_F(Late, AHubIsAskedOnceAndByWhoKeptTheAnswer) {
  stopped_.begin();
  quick_.begin();
  EXPECT_TRUE(quick_.take(with_hub("http://127.0.0.1:1/hub")));
  EXPECT_EQ(quick_.to_hubs(), 1U);
  EXPECT_EQ(poll().push.asked_at, kNow);
  EXPECT_EQ(poll().push.secret.size(), 64U);
  EXPECT_FALSE(stopped_.take(with_hub("http://127.0.0.1:1/hub")));
  EXPECT_EQ(stopped_.to_hubs(), 0U) << "whose answer is not kept asks nobody";
  stopped_.begin();
  EXPECT_TRUE(stopped_.take(with_hub("http://127.0.0.1:1/hub"), kNow + Seconds(3600)));
  EXPECT_EQ(stopped_.to_hubs(), 0U) << "it is asked for again in a day";
}

TEST_F(Late, AHubThatIsNamedNoMoreIsToldSo) {
  quick_.begin();
  EXPECT_TRUE(quick_.take(with_hub("http://127.0.0.1:1/hub")));
  auto granted = poll();
  granted.push.until = kNow + Seconds(10 * 86400);
  change([&](store::Writer& writer) { ASSERT_TRUE(writer.update(granted)); });
  stopped_.begin();
  EXPECT_TRUE(stopped_.take(answer("No hub"), kNow + Seconds(60)));
  EXPECT_EQ(stopped_.to_hubs(), 1U);
  EXPECT_EQ(poll().push, model::Push());
}

TEST_F(Late, TheNextRoundIsAnotherOne) {
  stopped_.begin();
  quick_.begin();
  EXPECT_TRUE(quick_.take(not_modified(), kNow + Seconds(5)));
  EXPECT_FALSE(stopped_.take(answer("Old"), kNow + Seconds(60)));
  stopped_.begin();
  EXPECT_TRUE(stopped_.take(answer("New"), kNow + Seconds(90)));
  EXPECT_THAT(entries(), SizeIs(1));
}

TEST_F(Late, ASourceThatWasRemovedStaysRemoved) {
  stopped_.begin();
  change([](store::Writer& writer) { ASSERT_TRUE(*writer.remove_poll(kUrl)); });
  EXPECT_FALSE(stopped_.take(answer("Old")));
  EXPECT_FALSE(*store_->poll(kUrl));
  EXPECT_THAT(entries(), IsEmpty());
}

TEST_F(Late, ASourceThatWasRemovedAndAddedAgainIsAnother) {
  stopped_.begin();
  auto again = poll();
  again.added_at += Seconds(3);
  change([](store::Writer& writer) { ASSERT_TRUE(*writer.remove_poll(kUrl)); });
  change([&](store::Writer& writer) { ASSERT_TRUE(writer.put(again)); });
  EXPECT_FALSE(stopped_.take(answer("Old")));
  EXPECT_EQ(poll(), again);
}

// Another one commits while the late one waits for the writers' lock, having found the poll as it
// was: it must look again. (Where it has not come so far yet it is refused at its first look.)
TEST_F(Late, ItIsAskedAgainUnderTheWritersLock) {
  for (auto& late : {answer("Old"), not_modified()}) {
    stopped_.begin();
    auto moved = poll();
    moved.etag += "\"new\"";
    bool kept = true;
    auto writer = *store_->begin();
    std::thread waits([&] { kept = stopped_.take(late); });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ASSERT_TRUE(writer->update(moved));
    ASSERT_TRUE(writer->commit());
    writer.reset();
    waits.join();
    EXPECT_FALSE(kept);
    EXPECT_EQ(poll(), moved);
    EXPECT_THAT(entries(), IsEmpty());
  }
}

}  // namespace
