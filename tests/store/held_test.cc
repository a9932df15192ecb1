#include "store/postgres/held.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/postgres/values.h"

// Writes that are held back, and which of them must be sent before others.
namespace {

using store::postgres::Held;
using store::sql::Column;
using store::sql::Values;

constexpr Column kId[] = {{"id", 0}};
constexpr Column kOwner[] = {{"owner", 1}};
constexpr Column kBoth[] = {{"id", 0}, {"owner", 1}};

std::vector<std::string> fields(const Held::Rows& rows) {
  std::vector<std::string> out;
  rows.each([&](const std::optional<std::string_view>& field) {
    out.push_back(field ? std::string(*field) : "NULL");
  });
  return out;
}

TEST(Held, RowsComeOutAsTheyWentIn) {
  Held held;
  EXPECT_TRUE(held.empty());
  std::optional<std::int64_t> nothing;
  held.insert("b", Values{"one", 7, nothing, 0.5, store::sql::Blob{std::string_view("\0\xFF", 2)}});
  held.insert("a", Values{"two"});
  held.insert("b", Values{"", -7, "", 1.0, ""});
  ASSERT_EQ(held.rows().size(), 2U);
  EXPECT_EQ(held.rows()[0]->table, "b");
  EXPECT_EQ(held.rows()[0]->count, 2U);
  EXPECT_EQ(fields(*held.rows()[0]), (std::vector<std::string>{"one", "7", "NULL", "0.5", "\\x00ff",
                                                               "", "-7", "", "1", ""}));
  held.clear();
  EXPECT_TRUE(held.empty());
  EXPECT_TRUE(held.rows().empty());
}

TEST(Held, WhatMayTakeAwayARowThatIsHeldIsNotTaken) {
  Held held;
  EXPECT_TRUE(held.erase("t", kId, {"x"}));
  held.insert("t", Values{"x", "ann"});
  EXPECT_FALSE(held.erase("t", kId, {"x"}));
  EXPECT_TRUE(held.erase("t", kId, {"y"}));
  EXPECT_TRUE(held.erase("u", kId, {"x"})) << "another table";
  EXPECT_FALSE(held.erase("t", kOwner, {"bob"})) << "nobody knows yet what rows have there";
  held.clear();
  held.insert("t", Values{"x", "ann"});
  EXPECT_TRUE(held.erase("t", kOwner, {"bob"}));
  EXPECT_FALSE(held.erase("t", kOwner, {"ann"}));
  EXPECT_FALSE(held.erase("t", kBoth, {"x", "bob"}));
  held.clear();
  held.insert("t", Values{"x", "ann"});
  EXPECT_TRUE(held.erase("t", kBoth, {"x", "bob"}));
  EXPECT_FALSE(held.erase("t", kBoth, {"x", "ann"}));
  ASSERT_EQ(held.gone().size(), 1U);
  EXPECT_EQ(held.gone()[0].lists, (std::vector<std::vector<std::string>>{{"x"}, {"bob"}}));
}

TEST(Held, WhoLooksIsToldOfRowsThatAreHeld) {
  Held held;
  std::vector<std::string> x{"x"}, both{"y", "x"};
  EXPECT_FALSE(held.touches({"t", kId[0], x}));
  held.insert("t", Values{"x"});
  EXPECT_TRUE(held.touches({"t", kId[0], x}));
  EXPECT_TRUE(held.touches({"t", kId[0], both}));
  EXPECT_FALSE(held.touches({"t", kId[0], {both.data(), 1}}));
  held.clear();
  EXPECT_FALSE(held.touches({"t", kId[0], x}));
}

TEST(Held, TheLastNumberStays) {
  Held held;
  constexpr std::string_view kColumns[] = {"a", "b"};
  std::optional<std::int64_t> first[] = {1, 2}, second[] = {3, std::nullopt};
  held.update("t", "n", 5, kColumns, first);
  held.update("t", "n", 5, kColumns, second);
  ASSERT_EQ(held.updates().size(), 1U);
  ASSERT_EQ(held.updates()[0].rows.size(), 1U);
  EXPECT_EQ(held.updates()[0].rows.at(5), (std::vector<std::optional<std::int64_t>>{3, {}}));
}

TEST(Held, IsFullOneDay) {
  Held held;
  std::string big(100'000, 'x');
  int rows = 0;
  for (; !held.full() && rows < 1000; ++rows) held.insert("t", Values{big});
  EXPECT_GT(rows, 1);
  EXPECT_LT(rows, 100);
}

TEST(Copied, FieldsAreEscaped) {
  std::string out;
  store::postgres::add_copied("a\tb\nc\rd\\e", out);
  EXPECT_EQ(out, "a\\tb\\nc\\rd\\\\e");
}

}  // namespace
