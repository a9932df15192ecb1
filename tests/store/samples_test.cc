#include "store/sql/samples.h"

#include <bit>
#include <cmath>
#include <iostream>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/sqlite/connect.h"
#include "store/sqlite/store.h"
#include "tests/store/samples.h"
#include "tests/support/series.h"
#include "tests/support/sqlite.h"
#include "tests/support/temp_dir.h"

// Samples as bytes, and blocks of them in the database.
namespace store::sql {
namespace {

using Values = std::vector<std::optional<double>>;

// Bit for bit: -0 is not 0, and a NaN keeps its payload.
bool same(const Values& a, const Values& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].has_value() != b[i].has_value()) return false;
    if (a[i] && std::bit_cast<std::uint64_t>(*a[i]) != std::bit_cast<std::uint64_t>(*b[i])) {
      return false;
    }
  }
  return true;
}

void expect_back(const Values& values) {
  auto back = unpack(pack(values));
  ASSERT_TRUE(back);
  EXPECT_TRUE(same(*back, values)) << values.size() << " samples";
}

TEST(Samples, ComeBackBitForBit) {
  constexpr double kBig = std::numeric_limits<double>::max();
  constexpr double kTiny = std::numeric_limits<double>::denorm_min();
  expect_back({});
  expect_back({std::nullopt});
  expect_back({std::nullopt, 1, std::nullopt, std::nullopt, 2});
  expect_back({0.0, -0.0, 0.1 + 0.2, 1e300, -kBig, kTiny, std::nan("7"), HUGE_VAL, -HUGE_VAL});
  expect_back({9007199254740992, -9007199254740992, 9007199254740994});
  expect_back({0.1, -3.7, 12.25, std::nullopt, 0.000001, 1e9});
  support::Random random(3);
  for (int round = 0; round < 300; ++round) {
    Values values;
    double ten = std::pow(10, static_cast<double>(round % 8));
    for (auto n = random.next() % (kBlockSamples + 1); n > 0; --n) {
      if (random.chance(0.1))
        values.emplace_back();
      else if (round % 3 == 0)
        values.emplace_back(random.normal() * 1e6);
      else
        values.emplace_back(std::round(random.normal() * 1000) / ten);
    }
    expect_back(values);
  }
}

TEST(Samples, DamagedBytesAreNoSamplesAndNoHarm) {
  Values values;
  support::Random random(4);
  for (int i = 0; i < 500; ++i) values.emplace_back(std::round(random.normal() * 50));
  auto good = pack(values);
  for (std::size_t cut = 0; cut < good.size(); ++cut) EXPECT_FALSE(unpack(good.substr(0, cut)));
  for (int round = 0; round < 5000; ++round) {
    auto bad = good;
    for (int k = 0; k < 3; ++k) bad[random.next() % bad.size()] = static_cast<char>(random.next());
    auto read = unpack(bad);  // may be other samples, but never too many
    if (read) {
      EXPECT_LE(read->size(), kBlockSamples);
    }
  }
}

double bytes_a_sample(const Values& values) {
  double bytes = 0;
  std::span<const std::optional<double>> all(values);
  for (std::size_t i = 0; i < all.size(); i += kBlockSamples) {
    auto block = pack(all.subspan(i, std::min(kBlockSamples, all.size() - i)));
    bytes += static_cast<double>(block.size());
  }
  return bytes / static_cast<double>(values.size());
}

TEST(Samples, TakeFewBytes) {
  constexpr model::Seconds kStep{300};
  double state = bytes_a_sample(support::make_state(1, kStep, 365, 1000).signal.values);
  double counts = bytes_a_sample(support::make_series(1, kStep, 365).signal.values);
  double nothing = bytes_a_sample(Values(100'000));
  std::cout << fmt::format("bytes a sample: routes {:.2f}, counts {:.2f}, nulls {:.4f}\n", state,
                           counts, nothing);
  EXPECT_LT(state, 0.4);
  EXPECT_LT(counts, 2.5);
  EXPECT_LT(nothing, 0.02);
}

TEST(SignalBlocks, OneMoreSampleRewritesTheLastBlock) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  auto store = *sqlite::open(path);
  auto put = [&](const model::Signal& signal) {
    auto writer = *store->begin();
    auto done = *writer->put(signal);
    EXPECT_TRUE(writer->commit());
    return done;
  };
  auto signal = samples::signal("s", Values(3 * kBlockSamples + 5, 7.0));
  EXPECT_EQ(put(signal), Put::kAdded);
  support::Sqlite db(path);
  db.exec(
      "CREATE TABLE written (block INTEGER); CREATE TRIGGER i AFTER INSERT ON signal_blocks BEGIN "
      "INSERT INTO written VALUES (new.block); END; CREATE TRIGGER u AFTER UPDATE ON signal_blocks "
      "BEGIN INSERT INTO written VALUES (new.block); END");
  signal.values.emplace_back(8);
  EXPECT_EQ(put(signal), Put::kRevised);
  EXPECT_EQ(db.ask("SELECT group_concat(block) FROM written"), "3");
  EXPECT_EQ((*store->signals("KP"))[0], signal);
}

TEST(SignalBlocks, JsonOfOlderDatabasesIsReadAndPackedWhenItChanges) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  {
    support::Sqlite db(path);
    db.exec("PRAGMA journal_mode = WAL");
    constexpr std::size_t kBeforeBlocks = 7;
    for (std::size_t i = 0; i < kBeforeBlocks; ++i)
      db.exec(std::string(sqlite::migrations()[i].bytes));
    db.exec("PRAGMA application_id = " + std::to_string(sqlite::kApplicationId) +
            "; PRAGMA user_version = " + std::to_string(kBeforeBlocks) +
            "; INSERT INTO signals VALUES ('s', 'KP', '', 4294967295, '', 'IODA bgp', 'bgp', "
            "'prefixes', 1419206405, 300, '[4,null,0.30000000000000004]', 'doc', 'data[7]')");
  }
  auto store = sqlite::open(path);
  ASSERT_TRUE(store) << store.error().message;
  auto kept = (**store).signals("");
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_TRUE(same((*kept)[0].values, {4, std::nullopt, 0.1 + 0.2}));
  auto more = (*kept)[0];
  more.values.emplace_back(5);
  auto writer = *(**store).begin();
  EXPECT_EQ(*writer->put(more), Put::kRevised);
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ((*(**store).signals(""))[0], more);
  support::Sqlite db(path);
  EXPECT_EQ(db.ask("SELECT hex(substr(samples, 1, 1)) FROM signal_blocks"), "01");
}

TEST(SignalBlocks, ADamagedBlockIsSaid) {
  support::TempDir dir;
  auto path = dir.path("t.db");
  auto store = *sqlite::open(path);
  {
    auto writer = *store->begin();
    ASSERT_TRUE(writer->put(samples::signal("s", {1, 2, 3})));
    ASSERT_TRUE(writer->commit());
  }
  support::Sqlite(path).exec("UPDATE signal_blocks SET samples = x'0100FF'");
  auto read = store->signals("");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, model::Errc::kCorrupt);
}

}  // namespace
}  // namespace store::sql
