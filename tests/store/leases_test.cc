#include "store/postgres/leases.h"

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/postgres.h"

// Who holds which lease, between two processes' sessions.
namespace {

using store::postgres::Leases;
using namespace std::chrono_literals;

class LeasesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::postgres_url()) GTEST_SKIP() << support::kNoPostgres;
    schema_ = std::make_unique<support::PostgresSchema>();
    one_ = open("one");
    two_ = open("two");
  }
  std::unique_ptr<Leases> open(const std::string& name, std::chrono::seconds quiet = 60s) {
    auto opened = Leases::open(
        store::postgres::worker_url(schema_->url(), schema_->name() + " " + name), quiet);
    EXPECT_TRUE(opened) << opened.error().message;
    return *std::move(opened);
  }

  std::unique_ptr<support::PostgresSchema> schema_;
  std::unique_ptr<Leases> one_, two_;
};

TEST_F(LeasesTest, OneHasItUntilItGoes) {
  EXPECT_TRUE(*one_->take("due"));
  EXPECT_TRUE(*one_->take("due"));
  EXPECT_FALSE(*two_->take("due"));
  EXPECT_TRUE(*two_->take("mail"));
  EXPECT_TRUE(one_->beat());
  EXPECT_FALSE(*two_->take("due"));
  one_.reset();
  for (int i = 0; i < 500 && !*two_->take("due"); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(*two_->take("due"));
}

// A part of a process that hangs, while the process beats.
TEST_F(LeasesTest, WhatIsNotAskedForAgainIsGivenBack) {
  EXPECT_TRUE(*one_->take("due", 0s));
  EXPECT_TRUE(*one_->take("mail", 1h));
  std::this_thread::sleep_for(2ms);
  EXPECT_FALSE(*two_->take("due"));
  EXPECT_TRUE(one_->beat());
  EXPECT_TRUE(*two_->take("due"));
  EXPECT_FALSE(*two_->take("mail"));
  EXPECT_FALSE(*one_->take("due"));
}

TEST_F(LeasesTest, AskingAgainKeepsIt) {
  EXPECT_TRUE(*one_->take("due", 0s));
  EXPECT_TRUE(*one_->take("due", 1h));
  EXPECT_TRUE(one_->beat());
  EXPECT_FALSE(*two_->take("due"));
}

// One that holds a lock and says nothing: its session is ended, and it finds out.
TEST_F(LeasesTest, WhoIsQuietLosesIt) {
  EXPECT_TRUE(*one_->take("due"));
  std::this_thread::sleep_for(5100ms);  // other tests over this server are not so slow
  auto strict = open("three", 5s);
  EXPECT_GE(*strict->beat(), 1);
  for (int i = 0; i < 500 && !*strict->take("due"); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(*strict->take("due"));
  EXPECT_FALSE(one_->beat());
  EXPECT_TRUE(one_->beat());
  EXPECT_FALSE(*one_->take("due"));
}

}  // namespace
