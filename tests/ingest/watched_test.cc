#include "ingest/watched.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/ingest.h"

namespace ingest {
namespace {

using model::RouteChange;
using model::RouteKind;

constexpr model::Micros kMinute = 60'000'000;
constexpr model::Micros kMidnight = 1'419'206'400'000'000;  // 2014-12-22T00:00Z

RouteChange heard(int since, int until) {
  RouteChange change;
  change.kind = RouteKind::kHeard;
  change.since = kMidnight + since * kMinute;
  change.at = kMidnight + until * kMinute;
  return change;
}

RouteChange of_peer(int minute, int peer, RouteKind kind) {
  RouteChange change;
  change.at = kMidnight + minute * kMinute;
  change.kind = kind;
  change.collector = "rrc00";
  change.peer = *model::parse_address("192.0.2." + std::to_string(peer));
  change.prefix = *model::parse_prefix("175.45.176.0/22");
  return change;
}

// Fifty peers withdraw at 22:15 and announce at 07:46 of the next day; one session is lost between.
std::vector<RouteChange> night() {
  std::vector<RouteChange> out;
  for (int peer = 1; peer <= 50; ++peer)
    out.push_back(of_peer(22 * 60 + 15, peer, RouteKind::kWithdraw));
  out.push_back(of_peer(26 * 60, 7, RouteKind::kPeerDown));
  for (int peer = 1; peer <= 50; ++peer)
    out.push_back(of_peer(31 * 60 + 46, peer, RouteKind::kAnnounce));
  return out;
}

Told told_of(std::vector<RouteChange> changes) {
  Told told;
  told.changes = std::move(changes);
  told.of = "175.45.176.0/22";
  told.source_id = "src-1";
  told.source = "RIS Live";
  told.document_id = "doc";
  return told;
}

// Reads the night in documents of `length` minutes, each beginning `overlap` before the last ended.
std::vector<model::Signal> read_in_pieces(int length, int overlap) {
  auto store = *store::open_store("memory:");
  auto all = night();
  for (int from = 18 * 60; from < 36 * 60; from += length) {
    std::vector<RouteChange> changes;
    int since = std::max(18 * 60, from - overlap);
    for (const auto& change : all) {
      auto minute = (change.at - kMidnight) / kMinute;
      if (minute >= since && minute < from + length) changes.push_back(change);
    }
    changes.push_back(heard(since, from + length));
    auto watched = watch(*store, told_of(std::move(changes)));
    EXPECT_TRUE(watched);
    EXPECT_TRUE(watched->warnings.empty());
    auto writer = *store->begin();
    for (const auto& signal : watched->signals) EXPECT_TRUE(writer->put(signal));
    EXPECT_TRUE(writer->set_source_state("src-1", watched->state));
    EXPECT_TRUE(writer->commit());
  }
  return *store->signals("");
}

TEST(Watched, TheNightIsSeenByDays) {
  auto signals = read_in_pieces(18 * 60, 0);
  ASSERT_EQ(signals.size(), 2U);
  std::sort(signals.begin(), signals.end(), [](auto& a, auto& b) { return a.from < b.from; });
  EXPECT_EQ(model::to_iso(signals[0].from), "2014-12-22T00:00:00Z");
  EXPECT_EQ(model::to_iso(signals[1].from), "2014-12-23T00:00:00Z");
  const auto& first = signals[0].values;
  ASSERT_EQ(first.size(), 288U);
  EXPECT_EQ(first[22 * 12 + 3 - 19], std::nullopt);
  EXPECT_EQ(first[22 * 12 + 3 - 18], 1.0);
  EXPECT_EQ(first[22 * 12 + 2], 1.0);
  EXPECT_EQ(first[22 * 12 + 3], 0.0);
  const auto& second = signals[1].values;
  ASSERT_EQ(second.size(), 145U);
  EXPECT_EQ(second[7 * 12 + 9], 0.0);
  EXPECT_EQ(second[7 * 12 + 10], 1.0);
  EXPECT_EQ(second[144], 1.0);
}

TEST(Watched, HoweverTheDocumentsAreCut) {
  auto hours = read_in_pieces(60, 0);
  auto minutes = read_in_pieces(5, 0);
  EXPECT_EQ(hours, minutes);
  EXPECT_EQ(read_in_pieces(60, 30), hours);
  EXPECT_EQ(read_in_pieces(18 * 60, 0), hours);
}

TEST(Watched, ABreakBetweenDocumentsIsNotSeen) {
  auto store = *store::open_store("memory:");
  std::vector<RouteChange> first, second;
  for (int peer = 1; peer <= 50; ++peer) {
    first.push_back(of_peer(10, peer, RouteKind::kAnnounce));
  }
  first.push_back(heard(0, 30));
  second.push_back(heard(60, 90));
  auto watched = watch(*store, told_of(first));
  ASSERT_TRUE(watched);
  ASSERT_EQ(watched->signals.size(), 1U);
  EXPECT_EQ(watched->signals[0].values[6], 1.0);
  auto writer = *store->begin();
  for (const auto& signal : watched->signals) ASSERT_TRUE(writer->put(signal));
  ASSERT_TRUE(writer->set_source_state("src-1", watched->state));
  ASSERT_TRUE(writer->commit());
  watched = watch(*store, told_of(second));
  ASSERT_TRUE(watched);
  ASSERT_EQ(watched->signals.size(), 1U);
  EXPECT_EQ(watched->signals[0].values[6], 1.0);
  EXPECT_EQ(watched->signals[0].values[12], std::nullopt);
  EXPECT_EQ(watched->signals[0].values[18], std::nullopt);
}

TEST(Watched, FewTellersAreNoConsensus) {
  auto store = *store::open_store("memory:");
  std::vector<RouteChange> changes{heard(0, 30)};
  for (std::size_t peer = 1; peer < kLeastTellers; ++peer) {
    changes.push_back(of_peer(10, static_cast<int>(peer), RouteKind::kWithdraw));
  }
  auto watched = watch(*store, told_of(changes));
  ASSERT_TRUE(watched);
  for (const auto& signal : watched->signals) {
    for (const auto& value : signal.values) EXPECT_EQ(value, std::nullopt);
  }
}

TEST(Watched, ADamagedStateIsSaidAndBegunAnew) {
  for (const std::string state : {"{", "[1]", "[[]]", R"([[1,1,1,"","no address",1,"",[]]])"}) {
    auto store = *store::open_store("memory:");
    auto writer = *store->begin();
    ASSERT_TRUE(writer->set_source_state("src-1", state));
    ASSERT_TRUE(writer->commit());
    auto watched = watch(*store, told_of({heard(0, 30)}));
    ASSERT_TRUE(watched);
    ASSERT_EQ(watched->warnings.size(), 1U) << state;
  }
}

TEST(Watched, WhatWasAskedForStandsInTheAddress) {
  struct Case {
    const char* url;
    const char* of;
  };
  for (const auto& [url, of] : {
           Case{"wss://ris-live.ripe.net/v1/ws/?client=faultline&prefix=175.45.176.0%2F22",
                "175.45.176.0/22"},
           Case{"wss://ris-live.ripe.net/v1/ws/?client=faultline&path=131279", "AS131279"},
           Case{"https://stat.ripe.net/data/bgp-updates/data.json?resource=AS131279", "AS131279"},
           Case{"https://stat.ripe.net/data/bgp-updates/data.json?resource=KP", ""},
           Case{"stream.jsonl", ""},
           Case{"a b ?%", ""},
       }) {
    EXPECT_EQ(asked_for(url), of) << url;
  }
}

TEST(Watched, OfNoNetworkIsSaid) {
  auto store = *store::open_store("memory:");
  auto told = told_of(night());
  told.of = "";
  auto watched = watch(*store, std::move(told));
  ASSERT_TRUE(watched);
  EXPECT_TRUE(watched->signals.empty());
  ASSERT_EQ(watched->warnings.size(), 1U);
  EXPECT_EQ(watched->warnings[0].message,
            "tells of 101 changes of routes to no network or AS that was asked for; `faultline "
            "visibility` measures what you name");
}

}  // namespace
}  // namespace ingest
