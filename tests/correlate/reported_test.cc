#include "correlate/reported.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/link.h"
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

// A reported shutdown as an article of its first day would tell it: the country, the day, the
// whole of its network.
struct Told {
  Article article;
  model::Extraction extraction;
};
Told as_told(const model::Outage& report, std::size_t number) {
  Told out;
  out.article.id = "report-" + std::to_string(number);
  out.article.revision = 1;
  out.article.text = "Internet shutdown";
  out.article.title_length = out.article.text.size();
  out.article.anchor = {report.start + model::Seconds{20 * 3600}, model::Precision::kSecond, ""};
  model::Mention place;
  place.scope.country = report.scope.country;
  place.span = {0, 8, "Internet"};
  out.extraction.mentions.push_back(place);
  model::Claim start;
  start.kind = model::ClaimKind::kStart;
  start.value = model::to_iso(report.start, model::Precision::kDay);
  start.interval = model::Interval{report.start, report.start + model::Seconds{86400}};
  start.countries = {report.scope.country};
  out.extraction.claims.push_back(start);
  out.extraction.happening = model::Happening::kOutageStart;
  out.extraction.outage_score = 0.9;
  return out;
}

// The engine's own links beside the published rule, each with its q: the table of docs/linking.md.
TEST(Real, LinksOfIodaAndKeepItOn) {
  NEED_SHARED_DATA("outages/ioda_x_keepiton.jsonl");
  std::vector<model::Outage> reports, outages;
  std::set<std::string> seen;
  for (const auto& row :
       support::read_jsonl(support::shared_data() / "outages/ioda_x_keepiton.jsonl")) {
    auto country = support::text_of(row, "country");
    reports.push_back(
        on(country, support::text_of(row, "kio_start"), support::text_of(row, "kio_end")));
    for (const auto& value : row.at("ioda").as_array()) {
      auto id = support::text_of(value.as_object(), "id");
      if (!seen.insert(id).second) continue;
      outages.push_back(on(country, support::text_of(value.as_object(), "start"),
                           support::text_of(value.as_object(), "end")));
      outages.back().id = id;
      outages.back().start_uncertainty = outages.back().end_uncertainty = model::Seconds{600};
    }
  }
  std::set<std::pair<std::size_t, std::string>> rule;
  for (const auto& pair : join_reported(reports, outages)) {
    if (pair.match == ReportedMatch::kOnset) rule.emplace(pair.report, outages[pair.outage].id);
  }
  OutageIndex index(outages);
  int said = 0, both = 0, alone = 0, rare = 0, within_a_day = 0, found_within_a_day = 0;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    auto told = as_told(reports[i], i);
    std::set<std::string> linked;
    for (const auto& link : link(told.article, told.extraction, index)) {
      if (link.probability < kSaidFrom) continue;
      linked.insert(link.outage_id);
      ++said;
      (rule.contains({i, link.outage_id}) ? both : alone) += 1;
      rare += link.q <= 0.05 ? 1 : 0;
      EXPECT_GE(link.decoys, 10);
      EXPECT_LE(link.decoys_as_high, link.decoys);
    }
    for (const auto& [report, id] : rule) {
      auto at = index.find(id)->start;
      bool same_day = at >= reports[i].start && at < reports[i].start + model::Seconds{86400};
      if (report != i || !same_day) continue;
      ++within_a_day;
      found_within_a_day += linked.contains(id) ? 1 : 0;
    }
  }
  fmt::print(
      "reports {}, pairs by the rule (onset) {}; linked {}, of them by the rule {}, not {}; "
      "q <= 0.05 {}; of {} of the same day {} linked\n",
      reports.size(), rule.size(), said, both, alone, rare, within_a_day, found_within_a_day);
  EXPECT_GE(found_within_a_day * 10, within_a_day * 8);
}

}  // namespace
}  // namespace correlate
