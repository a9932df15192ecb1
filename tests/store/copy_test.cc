#include "store/copy/copy.h"

#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

// Everything of one store in another, between any two kinds.
namespace {

using contract::Backend;
using samples::at;
using store::Put;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kOddBody("odd \0 body", 10);

void tell_nobody(std::string_view /*kind*/, std::int64_t /*done*/) {}

void put_entries(store::Writer& w) {
  for (const char* text : {"one", "two", "one"}) {
    auto revision = samples::revision(text, kOddBody);
    if (std::string_view(text) == "two") revision.updated = {at(5), model::Precision::kMinute, "Z"};
    if (std::string_view(text) == "one") revision.updated = {at(9), model::Precision::kMinute, "Z"};
    ASSERT_TRUE(w.put(samples::entry("e1"), revision));
  }
  ASSERT_TRUE(w.put(samples::entry("e2"), samples::revision("three")));
  auto dated = *samples::revision("three").published;
  auto source = samples::entry("e2").source_id;
  ASSERT_TRUE(w.set_present(source, {dated.at, dated.at + model::Seconds(1)}, {"e1"}, at(77)));
}

void put_measured(store::Writer& w) {
  ASSERT_TRUE(w.put(samples::outage("o1", at(100))));
  ASSERT_TRUE(w.put(samples::outage("o1", at(200))));
  ASSERT_TRUE(w.put(samples::outage("o1", at(100))));
  ASSERT_TRUE(w.put(samples::signal("s1", {1.0, {}, 1 / 3.0})));
  ASSERT_TRUE(w.put(samples::signal("s1", {1.0, 2.0, 1 / 3.0, 0.1})));
}

void put_beside(store::Writer& w) {
  ASSERT_TRUE(w.put(samples::poll("https://a.example/feed")));
  ASSERT_TRUE(w.set_source_state("src", std::string("st\0ate", 6)));
  ASSERT_TRUE(w.put(model::NameList{"gaz", "t", "CC0", "f", at(1), 3, 7, std::string("\0b", 2)}));
  ASSERT_TRUE(w.put(model::Token{"tok", "ann", model::Role::kEditor, "0123", at(1)}));
  model::Subscription who{
      "sub",    "a@b.example", "sony", 8,     "UTC", true, model::Subscription::State::kActive,
      "secret", at(1),         at(9),  at(2), 3};
  ASSERT_TRUE(w.put(who));
  ASSERT_TRUE(w.put(model::Issue{"iss", "sony", "UTC", {at(1), at(2)}, at(3), "{}"}));
  ASSERT_TRUE(
      w.put(model::Outgoing{"mail", "sub", "iss", model::Outgoing::State::kSent, 1, at(5), "250"}));
  ASSERT_TRUE(w.append(samples::edit("e1")));
  ASSERT_TRUE(w.append(samples::edit("e2")));
}

void put_derived(store::Writer& w) {
  ASSERT_TRUE(w.set_extraction(samples::extraction("e1", 1)));
  ASSERT_TRUE(w.set_links("e1", {samples::link("e1", "o1")}));
  ASSERT_TRUE(w.set_verdicts("e1", {samples::verdict("v1", "e1")}));
  ASSERT_TRUE(w.set_detections("series", {samples::outage("d1", at(3))}));
  ASSERT_TRUE(w.set_fused(samples::fused("f1", "o1", "r1")));
  ASSERT_TRUE(w.set_stories({{"st1", "t", {"e2", "e1"}, 2}}));
  ASSERT_TRUE(w.set_incidents({{"in1", "t", {at(1), at(2)}, {"st1"}, {"f1"}, {}, {}, {}}}));
  ASSERT_TRUE(w.set_meta("correlate.version", "7"));
}

void fill(store::Store& store) {
  auto writer = *store.begin();
  auto source = samples::source("url");
  ASSERT_TRUE(writer->put(source));
  ASSERT_TRUE(writer->put(samples::document(source.id, "bytes")));
  ASSERT_TRUE(writer->put(model::RawDocument{"bytes", "zstd", std::string("\xFF\0\x01", 3)}));
  put_measured(*writer);
  put_entries(*writer);
  put_beside(*writer);
  put_derived(*writer);
  ASSERT_TRUE(writer->commit());
}

class Copy : public testing::TestWithParam<std::tuple<Backend, Backend>> {
 protected:
  void SetUp() override {
    auto [from, to] = GetParam();
    if (contract::is_missing(from.kind) || contract::is_missing(to.kind)) {
      GTEST_SKIP() << support::kNoPostgres;
    }
    from_ = open(from_place_.emplace(from.kind));
    to_ = open(to_place_.emplace(to.kind));
    fill(*from_);
  }

  static std::unique_ptr<store::Store> open(contract::Place& place) {
    auto opened = place.open(contract::kPatience);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  std::optional<contract::Place> from_place_, to_place_;
  std::unique_ptr<store::Store> from_, to_;
};

INSTANTIATE_TEST_SUITE_P(Backends, Copy,
                         testing::Combine(contract::backends(), contract::backends()),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param).name) + "To" +
                                  std::get<1>(row.param).name;
                         });

TEST_P(Copy, HoldsTheSame) {
  auto sums = store::copy::copy(*from_, *to_, "src", tell_nobody);
  ASSERT_TRUE(sums) << sums.error().message;
  for (const auto& sum : *sums) EXPECT_GT(sum.records, 0) << sum.kind << ": not tried";
  EXPECT_EQ(*to_->counts(), *from_->counts());
  EXPECT_EQ(*to_->entry("e2"), *from_->entry("e2"));
  EXPECT_EQ(to_->entry("e2")->value().gone_at, at(77));
  EXPECT_EQ(*to_->revisions("e1"), *from_->revisions("e1"));
  EXPECT_EQ(*to_->outage_revisions("o1"), *from_->outage_revisions("o1"));
  EXPECT_EQ(*to_->signal("s1"), *from_->signal("s1"));
  EXPECT_EQ(*to_->changes(0, 1000), *from_->changes(0, 1000));
  EXPECT_EQ(*to_->edits(0), *from_->edits(0));
  EXPECT_EQ(*to_->incident("in1"), *from_->incident("in1"));
  EXPECT_EQ(*to_->mail("mail"), *from_->mail("mail"));
  EXPECT_EQ(to_->search({{"three"}, {}, {}}, "", 9)->ids, std::vector<std::string>{"e2"});
  EXPECT_EQ(*store::copy::sums(*to_, tell_nobody), *sums);
  EXPECT_TRUE(store::copy::copy(*from_, *to_, "src", tell_nobody)) << "only reads it back";
  // And both go on alike.
  for (auto* store : {from_.get(), to_.get()}) {
    auto writer = *store->begin();
    EXPECT_EQ(*writer->put(samples::entry("e1"), samples::revision("two", kOddBody)),
              Put::kUnchanged);
    EXPECT_EQ(*writer->put(samples::entry("e2"), samples::revision("four")), Put::kRevised);
    ASSERT_TRUE(writer->commit());
  }
  EXPECT_EQ(*store::copy::sums(*to_, tell_nobody), *store::copy::sums(*from_, tell_nobody));
}

TEST_P(Copy, GoesOnWhereItWasCutOff) {
  struct CutOff {};
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds; ++round) {
    int batches = 0;
    auto cut_off = [&](std::string_view, std::int64_t) {
      if (++batches == 2) throw CutOff();
    };
    EXPECT_THROW((void)store::copy::copy(*from_, *to_, "src", cut_off), CutOff);
    EXPECT_THAT(*to_->meta("copy.mark"), testing::StartsWith("src "));
  }
  auto refused = store::copy::copy(*from_, *to_, "other", tell_nobody);
  EXPECT_EQ(refused.error().code, model::Errc::kConflict);
  auto sums = store::copy::copy(*from_, *to_, "src", tell_nobody);
  ASSERT_TRUE(sums) << sums.error().message;
  EXPECT_EQ(*store::copy::sums(*to_, tell_nobody), *store::copy::sums(*from_, tell_nobody));
}

TEST_P(Copy, IntoWhatHoldsSomethingElseIsRefused) {
  {
    auto writer = *to_->begin();
    ASSERT_TRUE(writer->put(samples::poll("https://b.example/feed")));
    ASSERT_TRUE(writer->commit());
  }
  auto sums = store::copy::copy(*from_, *to_, "src", tell_nobody);
  ASSERT_FALSE(sums);
  EXPECT_EQ(sums.error().code, model::Errc::kConflict);
  EXPECT_THAT(sums.error().message, HasSubstr("holds polls already"));
  {
    auto writer = *to_->begin();
    ASSERT_TRUE(writer->set_meta("copy.mark", "other 3 key"));
    ASSERT_TRUE(writer->commit());
  }
  sums = store::copy::copy(*from_, *to_, "src", tell_nobody);
  ASSERT_FALSE(sums);
  EXPECT_THAT(sums.error().message, HasSubstr("a part of another store"));
}

}  // namespace
