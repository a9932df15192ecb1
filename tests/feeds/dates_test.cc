#include <gtest/gtest.h>

#include "feeds/news/dates.h"
#include "store/model/instant.h"
#include "tests/support/shared_data.h"

namespace feeds::news {
namespace {

// Dates as real feeds write them, against what other readers make of them.
TEST(Dates, OfRealFeedsAreRead) {
  NEED_SHARED_DATA("feeds/dates.jsonl");
  auto rows = support::read_jsonl(support::shared_data() / "feeds/dates.jsonl");
  std::size_t right = 0;
  std::string wrong;
  for (const auto& row : rows) {
    auto input = support::text_of(row, "input");
    auto expected = model::parse_iso(support::text_of(row, "expect"));
    auto found = parse_date(input);
    bool same = found.has_value() == expected.has_value() && (!found || found->at == expected->at);
    right += same ? 1 : 0;
    if (!same) {
      wrong += "  \"" + input + "\" is read as " + (found ? model::to_iso(found->at) : "nothing") +
               ", not as " + (expected ? model::to_iso(expected->at) : "nothing") + "\n";
    }
  }
  std::printf("dates: %zu of %zu\n%s", right, rows.size(), wrong.c_str());
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(rows.size()));
}

}  // namespace
}  // namespace feeds::news
