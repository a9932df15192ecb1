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
  EXPECT_GE(static_cast<double>(right), 0.97 * static_cast<double>(rows.size()));
}

}  // namespace
}  // namespace feeds::news
