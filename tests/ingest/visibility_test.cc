#include "ingest/visibility/visibility.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "feeds/outages/delegated/delegations.h"
#include "ingest/visibility/rib.h"

namespace ingest::visibility {
namespace {

using model::RouteChange;
using model::RouteKind;

using Values = std::vector<std::optional<double>>;
constexpr model::Micros kMinute = 60'000'000;
constexpr auto kNothing = std::nullopt;
constexpr std::uint32_t kWatched = 64500;

// Four peers that carry the watched AS's two /24s and forty networks of others; samples each minute
// from 0 on. Times are minutes.
class World {
 public:
  explicit World(Options options = {}, Countries countries = {})
      : visibility_(with_defaults(std::move(options)), std::move(countries)) {}

  RouteChange change(double minute, int peer, RouteKind kind) const {
    RouteChange out;
    out.at = static_cast<model::Micros>(minute * kMinute);
    out.kind = kind;
    out.collector = "rrc00";
    out.peer = *model::parse_address("192.0.2." + std::to_string(peer));
    out.peer_as = 64500U + static_cast<std::uint32_t>(peer);
    return out;
  }
  void say(double minute, int peer, RouteKind kind) { visibility_.add(change(minute, peer, kind)); }
  void route(double minute, int peer, RouteKind kind, const std::string& prefix,
             std::uint32_t origin = kWatched, std::optional<std::uint32_t> path_id = {}) {
    auto out = change(minute, peer, kind);
    out.prefix = *model::parse_prefix(prefix);
    out.origins = {origin};
    out.path_id = path_id;
    visibility_.add(out);
  }
  void watched(double minute, int peer, RouteKind kind) {
    route(minute, peer, kind, "203.0.112.0/24");
    route(minute, peer, kind, "203.0.113.0/24");
  }
  void others(double minute, int peer, RouteKind kind, int count = 40) {
    for (int i = 0; i < count; ++i) {
      route(minute, peer, kind, "10." + std::to_string(i) + ".0.0/16", 65000);
    }
  }
  void table(double minute = 0) {
    for (int peer = 1; peer <= 4; ++peer) say(minute, peer, RouteKind::kTableBegin);
    for (int peer = 1; peer <= 4; ++peer) {
      watched(minute, peer, RouteKind::kRibEntry);
      others(minute, peer, RouteKind::kRibEntry);
    }
  }
  // Something of no interest, so that time is seen to pass.
  void tick(double minute) { route(minute, 4, RouteKind::kAnnounce, "10.0.0.0/16", 65000); }

  Values shares(std::size_t signal = 0) { return visibility_.finish().at(signal).values; }
  Visibility& visibility() { return visibility_; }

 private:
  static Options with_defaults(Options options) {
    options.step = model::Seconds{60};
    bool any = !options.prefixes.empty() || !options.countries.empty() || options.every_as;
    if (!any) options.ases = {kWatched};
    return options;
  }
  Visibility visibility_;
};

TEST(Visibility, TheShareOfPeersThatCarryARoute) {
  World world;
  world.table();
  world.watched(0.5, 1, RouteKind::kWithdraw);
  world.watched(1.5, 2, RouteKind::kWithdraw);
  world.watched(1.6, 3, RouteKind::kWithdraw);
  world.watched(1.7, 4, RouteKind::kWithdraw);
  world.watched(3, 4, RouteKind::kAnnounce);
  world.tick(3.5);
  auto signals = world.visibility().finish();
  ASSERT_EQ(signals.size(), 2U);
  EXPECT_EQ(signals[0].kind, "bgp-peer-share");
  EXPECT_EQ(signals[0].unit, "share of peers");
  EXPECT_EQ(signals[0].values, (Values{1, 0.75, 0, 0.25}));
  EXPECT_EQ(signals[1].kind, "bgp-visible-slash24s");
  EXPECT_EQ(signals[1].values, (Values{2, 2, 0, 0}));
}

TEST(Visibility, ALostSessionIsNoWithdrawalAndItsNewTableIsNoEvent) {
  World world;
  world.table();
  world.say(0.5, 1, RouteKind::kPeerDown);
  world.tick(1.5);
  world.say(2.2, 1, RouteKind::kPeerUp);
  world.others(2.4, 1, RouteKind::kAnnounce, 20);  // the half of its table
  world.tick(3.5);
  world.others(3.6, 1, RouteKind::kAnnounce);
  world.watched(3.7, 1, RouteKind::kAnnounce);
  world.watched(4.5, 2, RouteKind::kWithdraw);
  world.tick(5.5);
  EXPECT_EQ(world.shares(), (Values{1, 1, 1, 1, 1, 0.75}));
  EXPECT_EQ(world.visibility().counts().sessions_lost, 1U);
}

TEST(Visibility, TooFewPeersAreNoSample) {
  World world;
  world.table();
  for (int peer = 1; peer <= 3; ++peer) world.say(0.5, peer, RouteKind::kPeerDown);
  world.tick(1.5);
  EXPECT_EQ(world.shares(), (Values{1, kNothing}));
}

TEST(Visibility, AFeederThatLosesItsTableLeavesTheDenominator) {
  World world;
  world.table();
  world.others(0.5, 1, RouteKind::kWithdraw);
  world.watched(0.5, 1, RouteKind::kWithdraw);
  world.tick(1.5);
  world.others(1.6, 1, RouteKind::kAnnounce);
  world.tick(2.5);
  EXPECT_EQ(world.shares(), (Values{1, 1, 0.75}));
}

TEST(Visibility, WhatNobodyHeardIsNothingUntilTheNextTable) {
  Options options;
  options.longest_silence = model::Seconds{120};
  World world(options);
  world.table();
  world.tick(1);
  world.tick(4.5);  // more than two minutes later
  world.table(6);
  world.tick(6.5);
  EXPECT_EQ(world.shares(), (Values{1, 1, kNothing, kNothing, kNothing, kNothing, 1}));
  EXPECT_EQ(world.visibility().counts().gaps, 1U);
}

TEST(Visibility, AGapThatTheSourceTellsOf) {
  World world;
  world.table();
  auto gap = world.change(2.5, 0, RouteKind::kGap);
  gap.peer_as = 0;
  gap.since = kMinute;
  world.visibility().add(gap);
  world.tick(3.5);
  EXPECT_EQ(world.shares(), (Values{1, 1, 1, kNothing}));
}

TEST(Visibility, ATableTakesThePlaceOfWhatWasKnown) {
  World world;
  world.table();
  world.route(0.5, 1, RouteKind::kAnnounce, "203.0.114.0/24");
  world.tick(1.5);
  world.table(2);
  world.tick(2.5);
  // One of four peers carried the third network; in the new table nobody does.
  EXPECT_EQ(world.shares(), (Values{1, 0.75, 0.666667}));
}

TEST(Visibility, OfSeveralPathsOneIsEnough) {
  World world;
  world.table();
  world.route(0.1, 1, RouteKind::kAnnounce, "198.51.100.0/24", kWatched, 1);
  world.route(0.2, 1, RouteKind::kAnnounce, "198.51.100.0/24", kWatched, 2);
  world.route(0.3, 1, RouteKind::kWithdraw, "198.51.100.0/24", kWatched, 1);
  world.tick(1.5);
  world.route(1.6, 1, RouteKind::kWithdraw, "198.51.100.0/24", kWatched, 2);
  world.tick(2.5);
  EXPECT_EQ(world.shares(), (Values{1, 0.75, 0.666667}));
}

TEST(Visibility, OneTimeThatCannotBeMovesNothing) {
  World world;
  world.table();
  world.tick(0.5);
  world.watched(1e6, 1, RouteKind::kWithdraw);  // two years on; one message of two networks
  world.tick(1.5);
  EXPECT_EQ(world.shares(), (Values{1, 1}));
  EXPECT_EQ(world.visibility().counts().strange, 2U);
}

TEST(Visibility, LateChangesAreAppliedAndCounted) {
  World world;
  world.table();
  world.tick(2.5);
  world.watched(1.5, 1, RouteKind::kWithdraw);
  world.tick(3.5);
  EXPECT_EQ(world.shares(), (Values{1, 1, 1, 0.75}));
  EXPECT_EQ(world.visibility().counts().late, 2U);
}

TEST(Visibility, APrefixHasTheNetworksInsideIt) {
  Options options;
  options.prefixes = {*model::parse_prefix("203.0.112.0/22")};
  World world(options);
  world.table();
  world.route(0.5, 1, RouteKind::kWithdraw, "203.0.113.0/24");
  world.tick(1.5);
  auto signals = world.visibility().finish();
  ASSERT_EQ(signals.size(), 1U);
  EXPECT_EQ(signals[0].scope.prefix, "203.0.112.0/22");
  EXPECT_EQ(signals[0].values, (Values{1, 0.875}));
}

TEST(Visibility, Slash24sInsideOthersCountOnce) {
  World world;
  world.table();
  for (int peer = 1; peer <= 4; ++peer) {
    world.route(0.5, peer, RouteKind::kAnnounce, "203.0.112.0/22");
    world.route(0.5, peer, RouteKind::kAnnounce, "203.0.113.128/25");
    world.route(0.5, peer, RouteKind::kAnnounce, "198.51.100.64/26");
  }
  world.tick(1.5);
  EXPECT_EQ(world.shares(1), (Values{2, 5}));
}

TEST(Visibility, ACountryIsItsHoldersNetworks) {
  feeds::outages::delegated::Delegations delegations;
  std::vector<model::Warning> warnings;
  delegations.add(
      "2|apnic|20141222|3|19830613|20141221|+1000\n"
      "apnic|*|asn|*|1|summary\n"
      "apnic|KP|asn|64500|1|20091221|allocated|A91\n"
      "apnic|AU|ipv4|10.0.0.0|2097152|20110811|assigned\n"
      "apnic||ipv4|10.32.0.0|65536||available|\n"
      "apnic|CN|ipv6|2001:db8::|32|20110811|allocated\n"
      "apnic|KP|asn|many|1|20091221|allocated\n",
      warnings);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].place, "line 7");
  EXPECT_EQ(delegations.country_of_as(64500), "KP");
  EXPECT_EQ(delegations.country_of_as(64501), "");
  EXPECT_EQ(delegations.country_of(*model::parse_prefix("10.31.0.0/16")), "AU");
  EXPECT_EQ(delegations.country_of(*model::parse_prefix("10.32.0.0/16")), "");
  EXPECT_EQ(delegations.country_of(*model::parse_prefix("2001:db8:ffff::/48")), "CN");
  EXPECT_EQ(delegations.country_of(*model::parse_prefix("2001:db9::/32")), "");

  Options options;
  options.countries = {"KP", "AU"};
  Countries countries;
  countries.of_as = [&](std::uint32_t as) { return delegations.country_of_as(as); };
  countries.of_prefix = [&](const model::Prefix& prefix) { return delegations.country_of(prefix); };
  World world(options, countries);
  world.table();
  for (int peer = 1; peer <= 4; ++peer) world.watched(0.5, peer, RouteKind::kWithdraw);
  world.tick(1.5);
  auto signals = world.visibility().finish();
  ASSERT_EQ(signals.size(), 4U);  // by country
  EXPECT_EQ(signals[0].scope.country, "AU");
  EXPECT_EQ(signals[0].values, (Values{1, 1}));
  EXPECT_EQ(signals[1].values, (Values{32 * 256, 32 * 256}));
  EXPECT_EQ(signals[2].scope.country, "KP");
  EXPECT_EQ(signals[2].values, (Values{1, 0}));
}

TEST(Visibility, OnePeersHijackMovesNoNetwork) {
  World world;
  world.table();
  world.route(0.5, 1, RouteKind::kAnnounce, "203.0.113.0/24", 666);
  world.tick(1.5);
  EXPECT_EQ(world.shares(1), (Values{2, 2}));
}

TEST(Rib, NumbersStayAndBitsAreEachPeersOwn) {
  Rib rib;
  rib.set_peers(130);
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < 70000; ++i) {
    auto text = "10." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256) + ".0/" +
                std::to_string(i < 65536 ? 24 : 25);
    numbers.push_back(rib.insert(*model::parse_prefix(text)));
    rib.set(numbers.back(), static_cast<std::size_t>(i % 130), true);
  }
  EXPECT_EQ(rib.size(), 70000U);
  rib.set_peers(200);
  std::vector<std::uint64_t> all(rib.words(), ~std::uint64_t{0});
  for (int i = 0; i < 70000; i += 997) {
    EXPECT_EQ(rib.carriers(numbers[static_cast<std::size_t>(i)], all), 1U);
    EXPECT_TRUE(
        rib.carries(numbers[static_cast<std::size_t>(i)], static_cast<std::size_t>(i % 130)));
  }
  EXPECT_EQ(rib.find(*model::parse_prefix("11.0.0.0/8")), Rib::kNone);
}

}  // namespace
}  // namespace ingest::visibility
