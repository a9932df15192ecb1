#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "store/model/embedded.h"
#include "store/postgres/months.h"
#include "store/postgres/store.h"
#include "store/sql/samples.h"
#include "store/sql/signals.h"
#include "tests/store/samples.h"
#include "tests/support/postgres.h"

// Samples by the month in which their block begins.
namespace {

using model::Instant;
using model::Seconds;
using store::Put;
using store::postgres::month_of;
using store::sql::kBlockSamples;

constexpr Instant kDecember{Seconds{1'417'392'000}};  // 2014-12-01
constexpr Seconds kDay{86'400};

TEST(Months, HaveNamesAndBounds) {
  auto month = month_of(kDecember);
  EXPECT_EQ(month.name, "signal_blocks_2014_12");
  EXPECT_EQ(month.from, 1'417'392'000);
  EXPECT_EQ(month.to, 1'420'070'400);
  EXPECT_FALSE(month.is_made);
  EXPECT_EQ(month_of(kDecember - Seconds{1}).name, "signal_blocks_2014_11");
  EXPECT_EQ(month_of(kDecember + kDay * 31 - Seconds{1}).name, "signal_blocks_2014_12");
  EXPECT_EQ(month_of(kDecember + kDay * 31).name, "signal_blocks_2015_01");
  EXPECT_EQ(month_of(Instant{Seconds{946'684'799}}).name, "signal_blocks_before_2000");
  EXPECT_EQ(month_of(Instant{Seconds{946'684'800}}).name, "signal_blocks_2000_01");
  EXPECT_EQ(month_of(Instant{Seconds{4'102'444'799}}).name, "signal_blocks_2099_12");
  EXPECT_EQ(month_of(Instant{Seconds{4'102'444'800}}).name, "signal_blocks_after_2099");
}

TEST(Months, OfTimesThatHaveNoNameAreThoseAtTheEnds) {
  auto signal = samples::signal("s", {});
  signal.from = Instant{Seconds{-1'000'000'000'000'000}};
  EXPECT_EQ(store::sql::start_of(signal, 0), Instant{Seconds{-62'135'596'800}});
  signal.from = kDecember;
  signal.step = Seconds{4'000'000'000'000'000};
  EXPECT_EQ(store::sql::start_of(signal, 5000), Instant{Seconds{253'402'300'799}});
}

class PostgresMonths : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::postgres_url()) GTEST_SKIP() << support::kNoPostgres;
    schema_.emplace();
  }
  std::unique_ptr<store::Store> open() {
    auto opened = store::postgres::open(schema_->url(), {});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }
  static Put put(store::Store& store, const model::Signal& signal) {
    auto writer = *store.begin();
    auto done = writer->put(signal);
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_TRUE(writer->commit());
    return done ? *done : Put::kUnchanged;
  }
  std::string ask(const std::string& sql) { return support::Postgres(schema_->url()).ask(sql); }
  std::string parts() {
    return ask(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'signal_blocks'::regclass AND "
        "inhrelid::regclass::text NOT IN ('signal_blocks_before_2000', "
        "'signal_blocks_after_2099')");
  }

  std::optional<support::PostgresSchema> schema_;
};

// Every five minutes from 30 November on: a block is a week, and the first begins in November.
model::Signal four_weeks() {
  std::vector<std::optional<double>> values(4 * kBlockSamples, 7.0);
  for (std::size_t i = 0; i < values.size(); i += 100) values[i] = static_cast<double>(i);
  auto signal = samples::signal("s", values);
  signal.from = kDecember - kDay;
  signal.step = Seconds{300};
  return signal;
}

TEST_F(PostgresMonths, AreMadeWhenTheyAreFirstMet) {
  auto store = open();
  EXPECT_EQ(parts(), "0");
  auto signal = four_weeks();
  EXPECT_EQ(put(*store, signal), Put::kAdded);
  EXPECT_EQ(parts(), "2");
  EXPECT_EQ(ask("SELECT count(*) FROM signal_blocks_2014_12"), "3");
  EXPECT_EQ(**store->signal("s"), signal);
  EXPECT_EQ(put(*store, signal), Put::kUnchanged);
  signal.values.resize(5 * kBlockSamples + 1, 8.0);
  EXPECT_EQ(put(*open(), signal), Put::kRevised);
  EXPECT_EQ(parts(), "3");
  EXPECT_EQ(**store->signal("s"), signal);
}

TEST_F(PostgresMonths, OfATransactionThatWasGivenUpAreMadeAgain) {
  auto store = open();
  {
    auto writer = *store->begin();
    ASSERT_TRUE(writer->put(four_weeks()));
  }
  EXPECT_EQ(parts(), "0");
  EXPECT_EQ(put(*store, four_weeks()), Put::kAdded);
  EXPECT_EQ(**store->signal("s"), four_weeks());
}

TEST_F(PostgresMonths, ASeriesThatMovesLeavesNothingBehind) {
  auto store = open();
  put(*store, four_weeks());
  auto signal = four_weeks();
  signal.from += kDay * 90;
  EXPECT_EQ(put(*store, signal), Put::kRevised);
  EXPECT_EQ(**store->signal("s"), signal);
  EXPECT_EQ(ask("SELECT count(*) FROM signal_blocks"), "4");
  EXPECT_EQ(ask("SELECT count(*) FROM signal_blocks_2014_12"), "0");
}

TEST_F(PostgresMonths, OneThatWasTakenAwayHasNoSamples) {
  auto store = open();
  auto signal = four_weeks();
  put(*store, signal);
  ask("ALTER TABLE signal_blocks DETACH PARTITION signal_blocks_2014_11");
  for (std::size_t i = 0; i < kBlockSamples; ++i) signal.values[i].reset();
  EXPECT_EQ(**store->signal("s"), signal);
  signal.values.back() = 99.0;
  EXPECT_EQ(put(*store, signal), Put::kRevised);
  EXPECT_EQ(**store->signal("s"), signal);
}

TEST_F(PostgresMonths, ASignalAsksOnlyItsOwn) {
  auto store = open();
  for (int month = 0; month < 12; ++month) {
    auto signal = samples::signal("m" + std::to_string(month), {1.0});
    signal.from = kDecember + kDay * 31 * month;
    put(*store, signal);
  }
  EXPECT_EQ(parts(), "12");
  auto plan =
      ask("EXPLAIN SELECT block, samples FROM signal_blocks WHERE signal = 'm3' AND start_at >= "
          "1425427200 AND start_at <= 1425427200 ORDER BY block");
  EXPECT_NE(plan.find("signal_blocks_2015_03"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("signal_blocks_2015_04"), std::string::npos) << plan;
}

TEST_F(PostgresMonths, BlocksFromBeforeComeIntoThem) {
  {
    support::Postgres db(schema_->url());
    db.exec(
        "CREATE TABLE faultline_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, needs "
        "INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL DEFAULT now()); INSERT INTO "
        "faultline_migrations VALUES (1, 'migrations/0001_initial.sql', 1)");
    db.exec(std::string(store::postgres::migrations()[0].bytes));
    auto signal = four_weeks();
    db.exec("INSERT INTO signals VALUES ('s', 'KP', '', 131279, '', 'IODA', 'bgp', 'prefixes', " +
            std::to_string((kDecember - kDay).time_since_epoch().count()) + ", 300, 'd', 'p')");
    std::span<const std::optional<double>> values(signal.values);
    for (std::size_t block = 0; block < 4; ++block) {
      std::string hex;
      for (char c : store::sql::pack(values.subspan(block * kBlockSamples, kBlockSamples))) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex += kDigits[static_cast<unsigned char>(c) >> 4U];
        hex += kDigits[static_cast<unsigned char>(c) & 15U];
      }
      db.exec("INSERT INTO signal_blocks VALUES ('s', " + std::to_string(block) + ", '\\x" + hex +
              "')");
    }
  }
  auto store = open();
  ASSERT_TRUE(store);
  EXPECT_EQ(parts(), "2");
  auto kept = *store->signal("s");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->values, four_weeks().values);
  EXPECT_EQ(ask("SELECT last_block FROM signals"), std::to_string(1'417'305'600 + 3 * 604'800));
}

}  // namespace
