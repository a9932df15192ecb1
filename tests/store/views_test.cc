// Many records at once are what they are one by one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

namespace {

using samples::at;
using testing::ElementsAre;
using testing::IsEmpty;

class Views : public contract::Contract {};

INSTANTIATE_TEST_SUITE_P(Backends, Views, contract::backends(), contract::name_of);

// What entry_views() is to give, read record by record.
store::EntryView one_by_one(store::Store& store, const std::string& id) {
  store::EntryView out;
  out.entry = **store.entry(id);
  if (auto source = *store.source(out.entry.source_id)) out.source_title = source->title;
  out.revisions = *store.revisions(id);
  for (auto& revision : out.revisions) revision.html.clear();
  out.extraction = *store.extraction(id, out.revisions.back().number);
  out.links = *store.links_of_entry(id);
  out.verdicts = *store.verdicts_of_entry(id);
  return out;
}

TEST_P(Views, EntriesAreSeenWithAllThatBelongsToThem) {
  auto source = samples::source("https://a.b/feed");
  auto from_source = samples::entry("b");
  from_source.source_id = source.id;
  auto later = samples::revision("Two", "It is back.");
  later.updated = {at(9), model::Precision::kSecond, "Z"};
  auto verdict = samples::verdict("v", "b");
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.put(source));
    for (const auto& entry : {samples::entry("c"), from_source, samples::entry("a")}) {
      ASSERT_TRUE(w.put(entry, samples::revision("One", "It is down.")));
    }
    ASSERT_TRUE(w.put(from_source, later));
    for (const auto& [id, revision] : {std::pair("a", 1), {"b", 1}, {"b", 2}, {"c", 2}}) {
      ASSERT_TRUE(w.set_extraction(samples::extraction(id, revision)));
    }
    for (const auto* id : {"a", "b"}) {
      ASSERT_TRUE(w.set_links(id, {samples::link(id, "o2"), samples::link(id, "o1")}));
    }
    ASSERT_TRUE(w.set_verdicts("b", {samples::verdict("w", "b"), verdict}));
  });
  EXPECT_THAT(*store_->entry_views({"c", "none", "a", "c"}),
              ElementsAre(one_by_one(*store_, "a"), one_by_one(*store_, "c")));
  auto seen = *store_->entry_views({"b"});
  ASSERT_THAT(seen, ElementsAre(one_by_one(*store_, "b")));
  EXPECT_EQ(seen[0].source_title, "Comments");
  EXPECT_EQ(seen[0].revisions.size(), 2U);
  EXPECT_EQ(seen[0].extraction->revision, 2);
  EXPECT_EQ(seen[0].extraction->claims.size(), 2U);
  EXPECT_EQ(seen[0].links[1].reasons, samples::link("b", "o2").reasons);
  EXPECT_EQ((*store_->entry_views({"c"}))[0].extraction, std::nullopt);  // of an older revision
  EXPECT_THAT(*store_->entry_views({}), IsEmpty());
}

TEST_P(Views, StoriesAndOutagesAreReadManyAtOnce) {
  model::Story s1{"s1", "One", {"e3", "e1"}, 2}, s2{"s2", "Two", {}, 0}, s3{"s3", "", {"e2"}, 1};
  auto f1 = samples::fused("f1", "o1", "o2"), f2 = samples::fused("f2", "o3", "o4");
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_stories({s1, s2, s3}));
    ASSERT_TRUE(w.set_fused(f1));
    ASSERT_TRUE(w.set_fused(f2));
  });
  EXPECT_THAT(*store_->stories_among({"s3", "s1", "none", "s3"}), ElementsAre(s1, s3));
  EXPECT_THAT(*store_->stories_among({"s2"}), ElementsAre(s2));
  EXPECT_THAT(*store_->stories_among({}), IsEmpty());
  EXPECT_THAT(*store_->fused_among({"f2", "f1", "o1"}), ElementsAre(f1, f2));
  EXPECT_THAT(*store_->fused_among({"none"}), IsEmpty());
}

}  // namespace
