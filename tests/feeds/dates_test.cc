#include "feeds/news/dates.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "store/model/instant.h"
#include "tests/support/shared_data.h"

namespace feeds::news {
namespace {

// "expect" is an instant or null; "op" may ask for one of several, or for any.
bool answers(const boost::json::object& row, const std::optional<model::Timestamp>& found) {
  auto is = [&](const boost::json::value& wanted) {
    if (!wanted.is_string()) return !found;
    auto expected = model::parse_iso(std::string(wanted.get_string()));
    return found && expected && found->at == expected->at;
  };
  auto op = support::text_of(row, "op");
  if (op == "parses") return found.has_value();
  if (op != "one_of") return is(row.at("expect"));
  const auto& any = row.at("expect").as_array();
  return std::any_of(any.begin(), any.end(), is);
}

// Dates as real feeds write them, against what other readers make of them.
TEST(Dates, OfRealFeedsAreRead) {
  NEED_SHARED_DATA("feeds/dates.jsonl");
  auto rows = support::read_jsonl(support::shared_data() / "feeds/dates.jsonl");
  std::size_t right = 0;
  std::string wrong;
  for (const auto& row : rows) {
    auto input = support::text_of(row, "input");
    auto found = parse_date(input);
    bool same = answers(row, found);
    right += same ? 1 : 0;
    if (!same) {
      wrong += "  \"" + input + "\" is read as " + (found ? model::to_iso(found->at) : "nothing") +
               ", not as " + boost::json::serialize(row.at("expect")) + "\n";
    }
  }
  std::printf("dates: %zu of %zu\n%s", right, rows.size(), wrong.c_str());
  EXPECT_GE(static_cast<double>(right), 0.99 * static_cast<double>(rows.size()));
}

struct Row {
  const char* name;
  const char* text;
  const char* instant;  // empty: no date
};
class Date : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(
    Rows, Date,
    testing::Values(
        Row{"CommentBetween", "22 Dec(ember)2014(year)16:15:00 GMT", "2014-12-22T16:15:00Z"},
        Row{"CommentNested", "Mon (a (b) 1) , 22 Dec 2014 16:15:00 +0000", "2014-12-22T16:15:00Z"},
        Row{"CommentQuoted", "22 Dec 2014 16:15:00 (\\) 2015) GMT", "2014-12-22T16:15:00Z"},
        Row{"CommentOpen", "22 Dec 2014 16:15 GMT (what", "2014-12-22T16:15:00Z"},
        Row{"DateWithOffset", "2014-12-22+09:00", "2014-12-21T15:00:00Z"},
        Row{"DateWithDigits", "2014-12-22-01", ""}, Row{"DateWithDigitsAhead", "2014-12-22+01", ""},
        Row{"BeforeTheFirstYear", "0001-01-01T00:00:00+09:00", ""},
        Row{"AfterTheLastYear", "9999-12-31T23:00:00-09:00", ""},
        Row{"TimeWithHours", "2014-12-22T16:15:00-01", "2014-12-22T17:15:00Z"}),
    [](const auto& row) { return row.param.name; });
TEST_P(Date, IsRead) {
  auto found = parse_date(GetParam().text);
  EXPECT_EQ(found ? model::to_iso(found->at) : "", GetParam().instant);
}

}  // namespace
}  // namespace feeds::news
