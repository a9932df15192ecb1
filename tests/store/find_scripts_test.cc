#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

// Text of any script is found, and nothing that a person deleted, in every store.
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FindText : public contract::Contract {
 protected:
  void SetUp() override {
    contract::Contract::SetUp();
    if (IsSkipped()) return;
    write([](store::Writer& w) {
      add(w, "en", "North Korea loses its Internet", "Sony was hacked before.");
      add(w, "ko", "북한 인터넷 끊김", "평양의 인터넷이 끊겼다");
      add(w, "zh", "朝鲜互联网中断", "朝鲜的互联网已中断数小时");
      add(w, "ja", "北朝鮮のネットが遮断", "ネット接続が９時間止まった");
      add(w, "ar", "انقطاع الإنترنت في كوريا الشمالية", "");
      add(w, "he", "האינטרנט בצפון קוריאה נותק", "");
      add(w, "bg", "Северна Корея остана без интернет", "");
    });
  }

  static void add(store::Writer& w, const std::string& id, const std::string& title,
                  const std::string& body) {
    auto revision = samples::revision(title, body);
    revision.tags.clear();
    ASSERT_TRUE(w.put(samples::entry(id), revision));
  }

  std::vector<std::string> found(const std::string& text) {
    auto query = store::query::parse(text, samples::at(0));
    EXPECT_TRUE(query) << query.error().message;
    auto page = store_->find(*query, {});
    EXPECT_TRUE(page) << page.error().message;
    std::vector<std::string> out;
    for (const auto& hit : page->hits) out.push_back(hit.id);
    return out;
  }
};

INSTANTIATE_TEST_SUITE_P(Backends, FindText, contract::backends(),
                         [](const auto& row) { return row.param.name; });

TEST_P(FindText, KoreanByWholeWordsAndPieces) {
  EXPECT_THAT(found("북한"), ElementsAre("ko"));
  EXPECT_THAT(found("터넷"), ElementsAre("ko"));
  EXPECT_THAT(found("\"인터넷 끊김\""), ElementsAre("ko"));
  // Pieces between blanks are looked up one by one: all must be there, in any order.
  EXPECT_THAT(found("\"끊김 인터넷\""), ElementsAre("ko"));
  EXPECT_THAT(found("\"끊김 라디오\""), IsEmpty());
}

TEST_P(FindText, ChineseAndJapaneseByAnyPiece) {
  EXPECT_THAT(found("朝鲜"), ElementsAre("zh"));
  EXPECT_THAT(found("互联网中断"), ElementsAre("zh"));
  EXPECT_THAT(found("\"已中断数\""), ElementsAre("zh"));
  EXPECT_THAT(found("朝"), UnorderedElementsAre("zh", "ja"));
  EXPECT_THAT(found("ネット"), ElementsAre("ja"));
  EXPECT_THAT(found("9時間"), ElementsAre("ja"));  // in whatever width it is written
  EXPECT_THAT(found("鲜朝"), IsEmpty());
}

TEST_P(FindText, RightToLeft) {
  EXPECT_THAT(found("الإنترنت"), ElementsAre("ar"));
  EXPECT_THAT(found("\"كوريا الشمالية\""), ElementsAre("ar"));
  EXPECT_THAT(found("\"الشمالية كوريا\""), IsEmpty());
  EXPECT_THAT(found("קוריאה"), ElementsAre("he"));
  EXPECT_THAT(found("\"בצפון קוריאה\" -film"), ElementsAre("he"));
}

TEST_P(FindText, ScriptsBesideOneAnother) {
  EXPECT_THAT(found("朝鲜 OR 북한 OR קוריאה OR корея"),
              UnorderedElementsAre("zh", "ko", "he", "bg"));
  EXPECT_THAT(found("-(朝鲜 OR 북한) (朝 OR 인터넷 OR КОРЕЯ)"), UnorderedElementsAre("ja", "bg"));
}

TEST_P(FindText, WhatAPersonDeletedIsGoneUntilItIsBack) {
  auto edit = samples::edit("ko");
  edit.kind = model::EditKind::kDelete;
  edit.value.clear();
  edit.entries = {"ko"};
  auto extraction = samples::extraction("ko", 1);
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_extraction(extraction));
    ASSERT_TRUE(w.set_stories({{"sty-1", "t", {"ko", "he"}, 1}}));
    ASSERT_TRUE(w.set_incidents(
        {{"inc-1", "t", {samples::at(0), samples::at(1)}, {"sty-1"}, {}, {}, {}, {}}}));
  });
  auto query = *store::query::parse("북한 OR קוריאה", samples::at(0));
  EXPECT_THAT(found("kind:claim 북한"), UnorderedElementsAre("clm-1", "clm-2"));
  EXPECT_EQ(store_->find_incidents(query, 5)->front().hits, 2);
  write([&](store::Writer& w) { ASSERT_TRUE(w.append(edit)); });
  EXPECT_THAT(found("북한"), IsEmpty());
  EXPECT_THAT(found("kind:claim 북한"), IsEmpty());
  EXPECT_EQ(store_->find_incidents(query, 5)->front().hits, 1);
  EXPECT_THAT(store_->facets(query, 5)->front().values, ElementsAre(testing::Pair("entry", 1)));
  auto undo = samples::edit("1");
  undo.kind = model::EditKind::kUndo;
  write([&](store::Writer& w) { ASSERT_TRUE(w.append(undo)); });
  EXPECT_THAT(found("북한"), ElementsAre("ko"));
}

}  // namespace
