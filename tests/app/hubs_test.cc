#include "app/hubs.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/schedule.h"
#include "store/store.h"
#include "tests/support/hub_signature.h"

// What hubs are answered, by a process that did not ask them: it finds subscriptions in the store.
namespace {

using app::HttpAnswer;
using app::HttpRequest;
using ingest::Subscriptions;
using testing::IsEmpty;
using testing::SizeIs;

const model::Instant kNow{model::Seconds(1419400000)};
const std::string kSecret(64, 's');
const std::string kPath = "/websub/" + model::callback_token(kSecret);
const std::string kQuestion = "&hub.topic=t&hub.challenge=c%20d";

class Hubs : public testing::Test {
 protected:
  Hubs() {
    auto poll = ingest::added("https://a.example/feed", kNow);
    poll.push = {"https://hub.example/", "t", kSecret, kNow, std::nullopt};
    auto writer = *store_->begin();
    EXPECT_TRUE(writer->put(poll));
    EXPECT_TRUE(writer->commit());
  }

  HttpAnswer get(const std::string& path, const std::string& query) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = query;
    return handler_.answer(request);
  }
  // As the server does it: the body is taken when the header may have one.
  int post(const std::string& path, const std::string& body, const std::string& signature) {
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.fields = {{"X-Hub-Signature", signature}};
    if (int status = body.empty() ? 0 : handler_.prepare(request)) return status;
    if (body.size() > handler_.body_limit(request)) return 413;
    request.body = body;
    return handler_.answer(request).status;
  }

  std::unique_ptr<store::Store> store_ = *store::open_store("memory:");
  Subscriptions hubs_;
  int asked_ = 0;
  bool broken_ = false;
  app::HttpHandler handler_ = app::answer_hubs(
      hubs_,
      [this](std::string_view token) -> model::Result<std::optional<model::Poll>> {
        ++asked_;
        if (broken_) return model::Error{model::Errc::kIo, "gone"};
        return store_->poll_with_token(token);
      },
      [] { return kNow; });
};

TEST_F(Hubs, WhoDidNotAskConfirmsAllTheSame) {
  auto answer = get(kPath, "hub.mode=subscribe" + kQuestion);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "c d");
  ASSERT_THAT(hubs_.take(), SizeIs(1));
}

TEST_F(Hubs, OnlyWhatIsSignedIsHandedOn) {
  EXPECT_EQ(post(kPath, "<rss/>", support::hub_signature("<rss/>", kSecret)), 202);
  EXPECT_EQ(post(kPath, "<rss/>", support::hub_signature("<rss/>", "guessed")), 202);
  auto heard = hubs_.take();
  ASSERT_THAT(heard, SizeIs(2));
  EXPECT_EQ(heard[0].document->bytes, "<rss/>");
  EXPECT_FALSE(heard[1].document);
}

TEST_F(Hubs, ATokenThatIsNobodysGetsNothingIn) {
  const auto unknown = "/websub/" + std::string(32, '0');
  EXPECT_EQ(post(unknown, "<rss/>", ""), 410);
  EXPECT_EQ(post(unknown, "", ""), 410);
  EXPECT_EQ(get(unknown, "hub.mode=subscribe" + kQuestion).status, 404);
  EXPECT_EQ(asked_, 3);
  for (const auto& path :
       {std::string("/websub/"), kPath + "0", "/websub/" + std::string(32, 'A')}) {
    EXPECT_EQ(post(path, "<rss/>", ""), 410);
    EXPECT_EQ(get(path, "hub.mode=subscribe" + kQuestion).status, 404);
  }
  EXPECT_EQ(asked_, 3) << "what is no token is not looked for";
  EXPECT_THAT(hubs_.take(), IsEmpty());
}

TEST_F(Hubs, ASubscriptionThatIsNobodysMayEnd) {
  auto answer = get("/websub/" + std::string(32, '0'), "hub.mode=unsubscribe" + kQuestion);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "c d");
  EXPECT_EQ(get(kPath, "hub.mode=unsubscribe" + kQuestion).status, 404) << "one of ours may not";
}

TEST_F(Hubs, ComeBackWhenTheStoreIsGone) {
  broken_ = true;
  EXPECT_EQ(post(kPath, "<rss/>", support::hub_signature("<rss/>", kSecret)), 503);
  EXPECT_EQ(get(kPath, "hub.mode=subscribe" + kQuestion).status, 503);
}

TEST_F(Hubs, LargeBodiesAreRefused) {
  EXPECT_EQ(post(kPath, std::string(Subscriptions::kLargest + 1, 'x'), ""), 413);
}

TEST_F(Hubs, NothingElseIsAnswered) {
  HttpRequest request;
  request.method = "PUT";
  request.path = kPath;
  EXPECT_EQ(handler_.answer(request).status, 405);
}

TEST(Callback, IsBelowThePublicAddress) {
  EXPECT_EQ(app::callback_of("https://news.example/"), "https://news.example/websub/");
  EXPECT_EQ(app::callback_of(""), "");
}

}  // namespace
