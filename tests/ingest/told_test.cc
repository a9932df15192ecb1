#include "ingest/visibility/told.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ingest::visibility {
namespace {

using model::RouteChange;
using model::RouteKind;

using Values = std::vector<std::optional<double>>;
constexpr model::Micros kMinute = 60'000'000;
constexpr auto kNothing = std::nullopt;

// What peers tell of 203.0.112.0/23, minute by minute; two of them are a consensus.
class Stream {
 public:
  Stream& say(double minute, int peer, RouteKind kind, const std::string& prefix = "203.0.112.0/24",
              std::uint32_t origin = 64500) {
    RouteChange change;
    change.at = static_cast<model::Micros>(minute * kMinute);
    change.kind = kind;
    change.collector = peer > 0 && peer < 10 ? "rrc00" : peer > 0 ? "rrc01" : "";
    if (peer > 0) {
      change.peer = *model::parse_address("192.0.2." + std::to_string(peer));
      change.peer_as = 64500U + static_cast<std::uint32_t>(peer);
    }
    if (kind == RouteKind::kAnnounce || kind == RouteKind::kWithdraw) {
      change.prefix = *model::parse_prefix(prefix);
    }
    if (kind == RouteKind::kAnnounce) change.origins = {origin};
    changes_.push_back(change);
    return *this;
  }
  Stream& heard(double minute) { return say(minute, 0, RouteKind::kHeard); }

  std::vector<model::Signal> signals(Options options, double from = 0) const {
    options.step = model::Seconds{60};
    return told(changes_, static_cast<model::Micros>(from * kMinute), options, {});
  }
  Values shares(double from = 0) const {
    Options options;
    options.prefixes = {*model::parse_prefix("203.0.112.0/23")};
    auto out = signals(options, from);
    return out.empty() ? Values{} : out.front().values;
  }

 private:
  std::vector<RouteChange> changes_;
};

constexpr auto kAnnounce = RouteKind::kAnnounce;
constexpr auto kWithdraw = RouteKind::kWithdraw;

TEST(Told, OnlyPeersThatToldCount) {
  Stream stream;
  stream.heard(0).say(0.5, 1, kAnnounce).say(1.5, 2, kAnnounce).say(2.5, 1, kWithdraw).heard(4);
  EXPECT_EQ(stream.shares(), (Values{kNothing, kNothing, 1, 0.5, 0.5}));
}

TEST(Told, AllMayWithdraw) {
  Stream stream;
  stream.heard(0).say(0.5, 1, kAnnounce).say(0.5, 2, kAnnounce);
  stream.say(1.5, 1, kWithdraw).say(1.5, 2, kWithdraw).say(2.5, 1, kAnnounce).heard(3);
  EXPECT_EQ(stream.shares(), (Values{kNothing, 1, 0, 0.5}));
}

TEST(Told, WhatIsWithdrawnWasThere) {
  Stream stream;
  stream.heard(0).say(1.5, 1, kWithdraw).say(1.6, 2, kWithdraw).heard(3);
  EXPECT_EQ(stream.shares(), (Values{1, 1, 0, 0}));
}

TEST(Told, ButOnlySinceItIsHeard) {
  Stream stream;
  stream.heard(0).say(1.5, 0, RouteKind::kGap);
  stream.say(3.5, 1, kWithdraw).say(3.5, 2, kWithdraw).heard(4);
  EXPECT_EQ(stream.shares(), (Values{kNothing, kNothing, 1, 1, 0}));
}

TEST(Told, ALostSessionWithdrawsNothing) {
  Stream stream;
  stream.heard(0);
  for (int peer = 1; peer <= 3; ++peer) stream.say(0.5, peer, kAnnounce);
  stream.say(1.5, 1, RouteKind::kPeerDown).say(2.5, 1, RouteKind::kPeerUp);
  stream.say(2.6, 2, kWithdraw).say(3.5, 1, kAnnounce).heard(4);
  EXPECT_EQ(stream.shares(), (Values{kNothing, 1, 1, 0.5, Values::value_type(0.666667)}));
}

TEST(Told, AfterAGapNothingIsKnown) {
  Stream stream;
  stream.heard(0).say(0.5, 1, kAnnounce).say(0.5, 2, kAnnounce).say(0.5, 11, kAnnounce);
  stream.say(0.5, 12, kAnnounce).say(1.5, 0, RouteKind::kGap).heard(2);
  EXPECT_EQ(stream.shares(), (Values{kNothing, 1, kNothing}));
}

TEST(Told, AnAsIsItsNetworksAndWhatWasNeverToldIsNotZero) {
  Stream stream;
  stream.heard(0).say(0.5, 1, kAnnounce).say(0.5, 2, kAnnounce);
  stream.say(0.5, 1, kAnnounce, "203.0.113.0/24").say(0.5, 2, kAnnounce, "203.0.113.0/24");
  stream.say(1.5, 1, kWithdraw).say(1.5, 2, kWithdraw).heard(2);
  Options options;
  options.ases = {64500, 64501};
  auto signals = stream.signals(options);
  ASSERT_EQ(signals.size(), 4U);
  EXPECT_EQ(signals[0].values, (Values{kNothing, 1, 0.5}));
  EXPECT_EQ(signals[1].values, (Values{kNothing, 2, 1}));
  EXPECT_EQ(signals[2].scope.asn, 64501U);
  EXPECT_EQ(signals[2].values, (Values{kNothing, kNothing, kNothing}));
}

TEST(Told, SamplesBeginWhereTheyAreAskedFor) {
  Stream stream;
  stream.heard(0).say(0.5, 1, kAnnounce).say(0.5, 2, kAnnounce).say(1.5, 1, kWithdraw).heard(3);
  EXPECT_EQ(stream.shares(2), (Values{0.5, 0.5}));
  EXPECT_TRUE(Stream().shares().empty());
}

}  // namespace
}  // namespace ingest::visibility
