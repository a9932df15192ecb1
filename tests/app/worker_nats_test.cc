#include <csignal>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/worker/nats.h"
#include "tests/support/temp_dir.h"

// What we use of JetStream, over a server of this test's own.
namespace app::worker {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kLease = 4s;  // of which word is given three times
constexpr const char* kStream = "T_QUEUE";

class NatsTest : public testing::Test {
 protected:
  void SetUp() override {
    begin();
    if (server_ <= 0) GTEST_SKIP() << "nats-server is not installed";
    nats_ = connect();
    ASSERT_TRUE(nats_->declare({kStream, "t.queue.>", true, true, 100}));
  }
  void TearDown() override {
    nats_.reset();
    if (server_ > 0) end();
  }

  void begin() {
    if (port_ == 0) port_ = free_port();
    server_ = fork();
    if (server_ == 0) {
      int nothing = open("/dev/null", O_WRONLY);
      dup2(nothing, 1);
      dup2(nothing, 2);
      auto port = std::to_string(port_), data = folder_.path("js");
      execlp("nats-server", "nats-server", "-a", "127.0.0.1", "-p", port.c_str(), "-js", "-sd",
             data.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 500 && server_ > 0; ++i) {
      if (can_connect()) return;
      if (waitpid(server_, nullptr, WNOHANG) == server_) server_ = -1;
      std::this_thread::sleep_for(20ms);
    }
  }
  void end() {
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
    server_ = -1;
  }

  std::unique_ptr<Nats> connect() const {
    auto made = Nats::connect("nats://127.0.0.1:" + std::to_string(port_), "test", kLease);
    EXPECT_TRUE(made) << made.error().message;
    return *std::move(made);
  }
  Sent publish(const std::string& name, const std::string& id = "") {
    auto sent = nats_->publish("t.queue." + name, "text of " + name, id);
    EXPECT_TRUE(sent) << sent.error().message;
    return sent ? *sent : Sent::kFull;
  }
  // The next message; none when there is none for so long. One call may end sooner with nothing,
  // by the answer to an earlier one.
  std::vector<std::unique_ptr<Delivery>> take(std::chrono::milliseconds patience = 60s) {
    auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
      auto taken = nats_->take(kStream, 1, 250ms);
      EXPECT_TRUE(taken) << taken.error().message;
      if (!taken) break;
      if (!taken->empty()) return *std::move(taken);
    }
    return {};
  }

 private:
  static sockaddr_in address(int port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(static_cast<std::uint16_t>(port));
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
  }
  static int free_port() {
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    auto any = address(0);
    socklen_t size = sizeof any;
    auto* place = reinterpret_cast<sockaddr*>(&any);
    EXPECT_EQ(bind(probe, place, size), 0);
    EXPECT_EQ(getsockname(probe, place, &size), 0);
    close(probe);
    return ntohs(any.sin_port);
  }
  bool can_connect() const {
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    auto there = address(port_);
    bool can = ::connect(probe, reinterpret_cast<sockaddr*>(&there), sizeof there) == 0;
    close(probe);
    return can;
  }

 protected:
  support::TempDir folder_;
  int port_ = 0;
  pid_t server_ = -1;
  std::unique_ptr<Nats> nats_;
};

TEST_F(NatsTest, AStreamIsListedFromItsFirstMessage) {
  auto none = nats_->list(kStream);
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_TRUE(none->empty());
  publish("a");
  auto one = nats_->list(kStream);
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_EQ(one->size(), 1U);
  EXPECT_EQ(one->front().text, "text of a");
}

TEST_F(NatsTest, AMessageIsGivenOutUntilItIsDone) {
  EXPECT_EQ(publish("a"), Sent::kKept);
  auto first = take();
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0]->subject(), "t.queue.a");
  EXPECT_EQ(first[0]->text(), "text of a");
  EXPECT_EQ(first[0]->deliveries(), 1);
  first[0]->put_off(0s);
  auto second = take();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0]->deliveries(), 2);
  EXPECT_EQ(second[0]->number(), first[0]->number());
  second[0]->done();
  EXPECT_THAT(take(300ms), IsEmpty());
}

TEST_F(NatsTest, OneMessageOfASubjectAtATime) {
  EXPECT_EQ(publish("a"), Sent::kKept);
  EXPECT_EQ(publish("a"), Sent::kFull);
  EXPECT_EQ(publish("b"), Sent::kKept);
  auto taken = take();
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_EQ(publish("a"), Sent::kFull);
  taken[0]->done();
  for (int i = 0; i < 100 && publish("a") == Sent::kFull; ++i) std::this_thread::sleep_for(20ms);
  EXPECT_EQ(nats_->state(kStream)->messages, 2);
}

TEST_F(NatsTest, WhatHasTheSameIdIsKnown) {
  EXPECT_EQ(publish("a", "one"), Sent::kKept);
  take().at(0)->done();
  EXPECT_EQ(publish("a", "one"), Sent::kKnown);
}

TEST_F(NatsTest, WhoKeepsItIsNotAskedAgainAndWhoDropsItIs) {
  publish("a");
  auto kept = take();
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_THAT(take(2 * kLease), IsEmpty());  // word is given of it
  kept.clear();
  EXPECT_THAT(take(), SizeIs(1));
}

// A request that was not waited for long enough is answered all the same: “there is nothing”.
TEST_F(NatsTest, AnswersThatComeLateAreNoErrors) {
  for (int i = 0; i < 400; ++i) {
    auto taken = nats_->take(kStream, 32, std::chrono::milliseconds(1 + i % 3));
    ASSERT_TRUE(taken) << taken.error().message;
    ASSERT_THAT(*taken, IsEmpty());
  }
}

// libnats' message refers to the subscription that it came by, and does not keep it. Run with
// memory that is overwritten when it is given back (tests/app/CMakeLists.txt).
TEST_F(NatsTest, AMessageOutlivesTheSubscriptionThatItCameBy) {
  publish("a");
  publish("b");
  auto first = take(), second = take();
  ASSERT_THAT(first, SizeIs(1));
  ASSERT_THAT(second, SizeIs(1));
  ASSERT_FALSE(nats_->take(kStream, 0, 1ms));  // cannot be asked; gives up the subscription
  std::this_thread::sleep_for(1500ms);         // word is given meanwhile
  first[0]->touch();
  first[0]->done();
  second[0]->put_off(0s);
  second.clear();
  auto again = take();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0]->text(), "text of b");
  again[0]->done();
  EXPECT_THAT(take(300ms), IsEmpty());
}

// Whoever says nothing of it for too long has hung, though the process lives.
TEST_F(NatsTest, WhatNobodySaysAWordOfIsGivenOutAgain) {
  publish("a");
  std::vector<std::unique_ptr<Delivery>> hung;
  while (hung.empty()) {
    auto taken = nats_->take(kStream, 1, 1s, 2s);
    ASSERT_TRUE(taken) << taken.error().message;
    hung = *std::move(taken);
  }
  auto until = std::chrono::steady_clock::now() + 2 * kLease;
  while (std::chrono::steady_clock::now() < until) {
    EXPECT_THAT(take(250ms), IsEmpty());
    hung[0]->touch();
  }
  EXPECT_THAT(take(), SizeIs(1));
}

TEST_F(NatsTest, WithoutAServerItSaysSoAtOnceAndGoesOn) {
  publish("a");
  end();
  for (int i = 0; i < 500 && nats_->take(kStream, 1, 1ms); ++i) std::this_thread::sleep_for(10ms);
  auto taken = nats_->take(kStream, 1, 1s);
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().message, testing::HasSubstr("is gone"));
  EXPECT_FALSE(nats_->publish("t.queue.b", "x", ""));
  EXPECT_FALSE(nats_->declare({kStream, "t.queue.>", true, true, 100}));
  begin();
  for (int i = 0; i < 500; ++i) {
    auto again = nats_->take(kStream, 1, 1s);
    if (again && !again->empty()) {
      EXPECT_EQ(again->at(0)->text(), "text of a");
      again->at(0)->done();
      return;
    }
    std::this_thread::sleep_for(20ms);
  }
  FAIL() << "what was in the queue was not given out again";
}

}  // namespace
}  // namespace app::worker
