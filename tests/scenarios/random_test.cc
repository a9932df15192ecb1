// News, measurements and decisions arrive in a random order, some late, some again in other words,
// some taken back. However they are cut into runs, what is worked out is the same, byte for byte.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "store/store.h"
#include "tests/scenarios/world.h"
#include "tests/support/derived.h"

namespace {

using scenarios::apply;
using scenarios::random_steps;

void correlate(store::Store& store, bool rebuild) {
  auto report = ::correlate::correlate(store, {rebuild, {}});
  ASSERT_TRUE(report) << report.error().message;
}

void go_on(::correlate::Correlator& correlator) {
  auto report = correlator.run({});
  ASSERT_TRUE(report) << report.error().message;
}

class Random : public testing::TestWithParam<unsigned> {};

// Three stores get the same steps: one whose state is kept and brought up to date after each, one
// whose state is kept too but which another process correlates at times, and one that is rebuilt.
TEST_P(Random, KeptEqualsRebuiltAfterEveryStep) {
  constexpr int kSteps = 60;
  auto kept = *store::open_store("memory:");
  auto shared = *store::open_store("memory:");
  auto rebuilt = *store::open_store("memory:");
  ::correlate::Correlator keeper(*kept), sharer(*shared);
  std::mt19937 random{GetParam() + 1};
  std::string want;
  for (const auto& step : random_steps(GetParam(), kSteps)) {
    apply(step, *kept);
    apply(step, *shared);
    apply(step, *rebuilt);
    go_on(keeper);
    correlate(*rebuilt, true);
    want = support::dump_derived(*rebuilt);
    ASSERT_EQ(support::dump_derived(*kept), want);
    if (random() % 3 == 0) continue;
    if (random() % 4 == 0) {
      correlate(*shared, random() % 4 == 0);
    } else {
      go_on(sharer);
    }
    ASSERT_EQ(support::dump_derived(*shared), want);
  }
  EXPECT_NE(want.find("lnk-"), std::string::npos) << "nothing was linked: nothing was tested";
}

TEST_P(Random, IncrementalEqualsRebuiltHoweverItIsCut) {
  constexpr int kSteps = 60;
  auto steps = random_steps(GetParam(), kSteps);
  auto one_by_one = *store::open_store("memory:");
  auto in_pieces = *store::open_store("memory:");
  auto at_once = *store::open_store("memory:");
  std::mt19937 random{GetParam() + 1};
  for (const auto& step : steps) {
    apply(step, *one_by_one);
    correlate(*one_by_one, false);
    apply(step, *in_pieces);
    if (random() % 5 == 0) correlate(*in_pieces, false);
    apply(step, *at_once);
  }
  correlate(*in_pieces, false);
  correlate(*at_once, true);
  auto rebuilt = support::dump_derived(*at_once);
  EXPECT_EQ(support::dump_derived(*one_by_one), rebuilt);
  EXPECT_EQ(support::dump_derived(*in_pieces), rebuilt);
}

// The same over some years, where entries are let go when little is kept of them, and begun anew
// with where one of long ago comes late, changes, or is decided about.
TEST_P(Random, WhatWasLetGoMakesNoDifference) {
  constexpr int kSteps = 90;
  auto little = *store::open_store("memory:");
  auto rebuilt = *store::open_store("memory:");
  auto keeper = std::make_unique<::correlate::Correlator>(*little, ::correlate::Extent{4, 3});
  std::mt19937 random{GetParam() + 1};
  for (const auto& step : random_steps(GetParam(), kSteps, 900)) {
    apply(step, *little);
    apply(step, *rebuilt);
    if (random() % 6 == 0) {
      keeper = std::make_unique<::correlate::Correlator>(*little, ::correlate::Extent{4, 3});
    }
    go_on(*keeper);
    correlate(*rebuilt, true);
    ASSERT_EQ(support::dump_derived(*little), support::dump_derived(*rebuilt));
  }
}

// Wherever a run is given up, the store is as it was, and the next run does it all.
TEST(GivenUp, LeavesTheStoreAsItWas) {
  auto steps = random_steps(1, 60);
  auto store = *store::open_store("memory:");
  for (std::size_t i = 0; i < steps.size() / 2; ++i) apply(steps[i], *store);
  ::correlate::Correlator correlator(*store);
  go_on(correlator);
  auto half = support::dump_derived(*store);
  for (std::size_t i = steps.size() / 2; i < steps.size(); ++i) apply(steps[i], *store);
  auto before = support::dump_derived(*store);
  int given_up = 0;
  for (;; ++given_up) {
    int asked = 0;
    ::correlate::Options options;
    options.give_up = [&] { return ++asked > given_up; };
    auto report = correlator.run(options);
    ASSERT_TRUE(report);
    if (!report->given_up) break;
    ASSERT_EQ(support::dump_derived(*store), before) << "asked " << asked << " times";
  }
  EXPECT_GT(given_up, 10) << "it was hardly asked";
  auto gone_on = support::dump_derived(*store);
  EXPECT_NE(gone_on, half);
  correlate(*store, true);
  EXPECT_EQ(gone_on, support::dump_derived(*store));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Random, testing::Range(1U, 25U));

}  // namespace
