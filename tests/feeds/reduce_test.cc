#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feeds/render/series.h"

namespace feeds::render {
namespace {

using model::Instant;
using model::Seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

model::Signal signal(std::vector<std::optional<double>> values) {
  model::Signal s;
  s.from = Instant(Seconds(1'000'000));
  s.step = Seconds(300);
  s.values = std::move(values);
  return s;
}

Instant after(const model::Signal& s, std::int64_t samples) { return s.from + samples * s.step; }

model::Outage outage(Instant start, std::optional<Instant> end) {
  model::Outage o;
  o.start = start;
  o.end = end;
  return o;
}

// A dip of one sample in a year is in the chart, wherever it lies and however wide the chart is.
TEST(Reduce, NoDipIsLost) {
  for (std::size_t at :
       {std::size_t{0}, std::size_t{1}, std::size_t{52'559}, std::size_t{105'119}}) {
    auto s = signal(std::vector<std::optional<double>>(105'120, 10.0));
    s.values[at] = 0;
    for (std::size_t width : {1U, 7U, 92U, 2000U}) {
      auto reduced = reduce(s, {s.from, after(s, 105'120)}, width);
      EXPECT_LE(reduced.least.size(), width);
      ASSERT_THAT(reduced.least, SizeIs(reduced.most.size()));
      auto bucket = at / static_cast<std::size_t>(reduced.step / s.step);
      EXPECT_EQ(reduced.least[bucket], 0.0) << at << " in " << width;
      EXPECT_EQ(reduced.most[bucket], 10.0);
    }
  }
}

TEST(Reduce, WhatWasNotSeenStaysAGap) {
  auto s = signal({4, 4, std::nullopt, std::nullopt, 0, std::nullopt, 2, 4});
  auto reduced = reduce(s, {s.from, after(s, 8)}, 4);
  EXPECT_EQ(bars(reduced), "█·▁▄");
  EXPECT_EQ(bars(reduce(s, {s.from, after(s, 8)}, 100)), "██··▁·▄█");
}

TEST(Reduce, OnlyTheWindow) {
  auto s = signal({1, 2, 3, 4, 5, 6});
  auto reduced = reduce(s, {after(s, 2), after(s, 4)}, 100);
  EXPECT_EQ(reduced.from, after(s, 2));
  EXPECT_THAT(reduced.least, testing::ElementsAre(3.0, 4.0));
  EXPECT_THAT(reduce(s, {after(s, 6), after(s, 9)}, 100).least, IsEmpty());
  EXPECT_THAT(reduce(s, {after(s, 4), after(s, 2)}, 100).least, IsEmpty());
  EXPECT_THAT(reduce(s, {s.from, after(s, 6)}, 0).least, IsEmpty());
  EXPECT_THAT(reduce(signal({}), {s.from, after(s, 6)}, 9).least, IsEmpty());
}

TEST(Reduce, NothingAboveZeroIsNoChart) {
  auto s = signal({0, 0, std::nullopt});
  EXPECT_EQ(bars(reduce(s, {s.from, after(s, 3)}, 9)), "");
}

TEST(Window, LiesAboutTheOutagesThatTheSignalSaw) {
  auto s = signal(std::vector<std::optional<double>>(10'000, 1.0));
  auto window = window_of(
      s, {outage(after(s, 5000), after(s, 5100)), outage(after(s, 20'000), after(s, 20'010))});
  EXPECT_EQ(window.from, after(s, 4950));
  EXPECT_EQ(window.to, after(s, 5150));
  EXPECT_EQ(window_of(s, {}).length(), 10'000 * s.step);
  auto open = outage(after(s, 9990), std::nullopt);
  open.open = true;
  EXPECT_EQ(window_of(s, {open}).to, after(s, 10'000));
  auto endless = outage(after(s, 5000), std::nullopt);
  EXPECT_EQ(window_of(s, {endless}).from, after(s, 4988)) << "an hour about a moment";
}

}  // namespace
}  // namespace feeds::render
