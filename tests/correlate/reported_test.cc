#include "correlate/reported.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "tests/support/shared_data.h"

namespace correlate {
namespace {

model::Outage on(const std::string& country, const std::string& start, const std::string& end) {
  model::Outage out;
  out.scope.country = country;
  out.start = model::parse_iso(start)->at;
  if (!end.empty()) out.end = model::parse_iso(end)->at;
  return out;
}

struct Row {
  std::string name;
  std::string start;  // of the measured outage
  std::string expect;
};

TEST(Reported, TheRuleOfDays) {
  const std::vector<Row> rows = {
      {"two days before", "2018-02-08T23:59:59Z", ""},
      {"a day before", "2018-02-10T00:00:00Z", "onset"},
      {"two days after", "2018-02-13T00:00:00Z", "onset"},
      {"later", "2018-02-13T00:00:01Z", "during"},
      {"a day after its end", "2018-02-21T00:00:00Z", "during"},
      {"over", "2018-02-21T00:00:01Z", ""},
  };
  auto report = on("BD", "2018-02-11", "2018-02-20");
  for (const auto& row : rows) {
    auto pairs = join_reported({report}, {on("BD", row.start, "")});
    EXPECT_EQ(pairs.empty() ? "" : std::string(to_string(pairs[0].match)), row.expect) << row.name;
  }
  EXPECT_TRUE(join_reported({report}, {on("IN", "2018-02-11", "")}).empty());
  report.kind = model::OutageKind::kInterference;
  EXPECT_TRUE(join_reported({report}, {on("BD", "2018-02-11", "")}).empty());
}

TEST(Reported, OneWithoutAnEndHasItsOnsetAlone) {
  auto report = on("BD", "2018-02-11", "");
  EXPECT_EQ(join_reported({report}, {on("BD", "2018-02-12", "")}).size(), 1U);
  EXPECT_TRUE(join_reported({report}, {on("BD", "2018-02-14", "")}).empty());
}

// Every pair that the paper's authors found, and no other, marked as they did.
TEST(Real, PairsOfIodaAndKeepItOn) {
  NEED_SHARED_DATA("outages/ioda_x_keepiton.jsonl");
  std::vector<model::Outage> reports, outages;
  std::map<std::string, std::size_t> place_of;  // by the outage's id
  std::set<std::tuple<std::size_t, std::size_t, std::string>> expected, found;
  for (const auto& row :
       support::read_jsonl(support::shared_data() / "outages/ioda_x_keepiton.jsonl")) {
    auto country = support::text_of(row, "country");
    reports.push_back(
        on(country, support::text_of(row, "kio_start"), support::text_of(row, "kio_end")));
    for (const auto& value : row.at("ioda").as_array()) {
      const auto& one = value.as_object();
      auto [place, fresh] = place_of.try_emplace(support::text_of(one, "id"), outages.size());
      if (fresh) outages.push_back(on(country, support::text_of(one, "start"), ""));
      expected.emplace(reports.size() - 1, place->second, support::text_of(one, "match"));
    }
  }
  for (const auto& pair : join_reported(reports, outages)) {
    found.emplace(pair.report, pair.outage, std::string(to_string(pair.match)));
  }
  EXPECT_GT(expected.size(), 20U);
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace correlate
