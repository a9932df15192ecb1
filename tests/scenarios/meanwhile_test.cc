// A run locks the store only to write what it has found. What others do while it reads and thinks
// (news, measurements, decisions, workers, another process that correlates) makes no difference in
// what the next run leaves.
#include <chrono>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "correlate/prepare.h"
#include "store/memory/store.h"
#include "store/store.h"
#include "tests/scenarios/world.h"
#include "tests/support/derived.h"

namespace {

using correlate::Correlator;
using correlate::Preparer;
using scenarios::apply;
using scenarios::outage_of;
using scenarios::random_steps;
using scenarios::report_of;
using scenarios::routes_of;

// The store is held against another one, which gets the same and is rebuilt.
class Meanwhile : public testing::TestWithParam<unsigned> {
 protected:
  std::size_t below(std::size_t n) { return random_() % n; }

  void next_step() {
    if (done_ == steps_.size()) return;
    apply(steps_[done_], *busy_);
    apply(steps_[done_++], *rebuilt_);
  }

  // Works ahead of what no run has seen; what was worked out is kept at once, or later.
  void work_ahead() {
    auto seq = correlate::progress(*busy_)->seq;
    auto newest = *busy_->newest_change();
    auto after = seq + static_cast<std::int64_t>(below(static_cast<std::size_t>(newest - seq) + 1));
    if (late_ == nullptr || below(2) == 0) late_ = *worker_.work_out(after, newest);
    if (below(2) == 0) keep_late();
  }
  void keep_late() {
    if (late_ == nullptr) return;
    ASSERT_TRUE(worker_.keep(*late_));
    late_.reset();
  }

  void intrude() {
    ++intruded_;
    for (auto many = below(4); many > 0; --many) next_step();
    if (below(2) == 0) keep_late();
    if (below(2) == 0) work_ahead();
    if (below(6) == 0) {
      EXPECT_TRUE(correlate::correlate(*busy_, {below(3) == 0, {}}));
    }
    if (below(2) == 0) next_step();
  }

  // One run with somebody else in its midst, and one without, if there is something left to do.
  void run_twice() {
    std::size_t asked = 0;
    auto when = 1 + below(most_asked_ + 1);
    correlate::Options options;
    options.give_up = [&] {
      if (++asked == when) intrude();
      return false;
    };
    auto report = correlator_->run(options);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_FALSE(report->given_up);
    most_asked_ = (most_asked_ + asked) / 2;  // of the usual run
    if (below(3) == 0) work_ahead();
    ASSERT_TRUE(correlator_->run({}));
  }

  static correlate::Extent extent() {
    return GetParam() % 2 == 0 ? correlate::Extent() : correlate::Extent{4, 3};
  }

  std::mt19937 random_{GetParam() + 11};
  std::vector<scenarios::Step> steps_ =
      random_steps(GetParam(), 200, GetParam() % 2 == 0 ? 20 : 900);
  std::size_t done_ = 0;
  std::unique_ptr<store::Store> busy_ = *store::open_store("memory:");
  std::unique_ptr<store::Store> rebuilt_ = *store::open_store("memory:");
  Preparer worker_{*busy_};
  std::shared_ptr<Preparer::Work> late_;
  std::unique_ptr<Correlator> correlator_ = std::make_unique<Correlator>(*busy_, extent());
  std::size_t most_asked_ = 0;
  int intruded_ = 0;
};

TEST_P(Meanwhile, MakesNoDifferenceInWhatTheNextRunLeaves) {
  ASSERT_TRUE(correlate::make_ready(*busy_));
  while (done_ < steps_.size()) {
    for (auto many = 1 + below(5); many > 0; --many) next_step();
    if (below(3) == 0) work_ahead();
    if (below(6) == 0) correlator_ = std::make_unique<Correlator>(*busy_, extent());
    run_twice();
    if (HasFatalFailure()) return;
    ASSERT_TRUE(correlate::correlate(*rebuilt_, {true, {}}));
    ASSERT_EQ(support::dump_derived(*busy_), support::dump_derived(*rebuilt_))
        << "after " << done_ << " steps";
  }
  EXPECT_GT(intruded_, 10) << "hardly anything came in the midst of a run";
}

// In the midst of a run, wherever that is, something comes, and a worker works ahead of the next.
struct Coming {
  const char* name;
  std::vector<scenarios::Step> before, seen, meanwhile;
};

class Midst : public testing::TestWithParam<Coming> {};

TEST_P(Midst, WhatAWorkerMadeMeanwhileIsNotTakenForWhatTheRunMade) {
  const auto& coming = GetParam();
  std::size_t asked = 1;
  for (std::size_t when = 1; when <= asked; ++when) {
    auto store = *store::open_store("memory:");
    Correlator correlator(*store);
    Preparer worker(*store);
    for (const auto& step : coming.before) apply(step, *store);
    ASSERT_TRUE(correlator.run({}));
    for (const auto& step : coming.seen) apply(step, *store);
    auto after = *store->newest_change();
    asked = 0;
    correlate::Options options;
    options.give_up = [&] {
      if (++asked != when) return false;
      for (const auto& step : coming.meanwhile) apply(step, *store);
      EXPECT_TRUE(worker.prepare(after, *store->newest_change()));
      return false;
    };
    ASSERT_TRUE(correlator.run(options));
    ASSERT_TRUE(correlator.run({}));
    auto gone_on = support::dump_derived(*store);
    ASSERT_TRUE(correlate::correlate(*store, {true, {}}));
    ASSERT_EQ(gone_on, support::dump_derived(*store)) << "when asked for the " << when << ". time";
  }
  EXPECT_GT(asked, 3U);
}

INSTANTIATE_TEST_SUITE_P(
    Meanwhile, Midst,
    testing::Values(Coming{"AnotherRevision",
                           {outage_of("out-1", "KP"), outage_of("out-2", "SY")},
                           {report_of("Syria")},
                           {report_of("North Korea")}},
                    Coming{"MoreSamples",
                           {report_of("Syria")},
                           {routes_of("SY", 528, {520, 521})},
                           {routes_of("SY", 600, {520, 521, 580, 581, 582})}},
                    Coming{"AnotherOutage",
                           {report_of("Syria")},
                           {outage_of("out-2", "SY")},
                           {report_of("North Korea"), outage_of("out-1", "KP")}}),
    [](const auto& about) { return about.param.name; });

// Only where a run has more to write than it may keep is the store locked before its end.
TEST(Locked, OnlyToWrite) {
  for (std::size_t writes : {std::size_t{0}, std::size_t{1'000'000}}) {
    auto store = store::memory::open(std::chrono::milliseconds(0));
    for (const auto& step : random_steps(1, 60)) apply(step, *store);
    Correlator correlator(*store, {20'000, 8192, writes});
    correlate::Options options;
    int locked = 0, open = 0;
    options.give_up = [&] {
      (store->begin() ? open : locked) += 1;
      return false;
    };
    ASSERT_TRUE(correlator.run(options));
    EXPECT_GT(writes == 0 ? locked : open, 0);
    EXPECT_EQ(writes == 0 ? open : locked, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Meanwhile, testing::Range(1U, 13U));

}  // namespace
