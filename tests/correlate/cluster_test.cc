#include "correlate/cluster.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "correlate/joining.h"

namespace correlate {
namespace {

using model::Happening;

struct Report {
  const char* id;
  const char* published;
  const char* title;
  const char* body;
  Happening happening = Happening::kOther;
  std::vector<std::string> outages = {};
};

std::vector<Item> items_of_reports(const std::vector<Report>& reports) {
  std::vector<Item> out;
  for (const auto& report : reports) {
    Item item;
    item.entry_id = report.id;
    item.title = report.title;
    item.published = item.happened = model::parse_iso(report.published)->at;
    item.happening = report.happening;
    item.outages = report.outages;
    item.words = count_terms(report.title, report.body);
    out.push_back(std::move(item));
  }
  return out;
}

const std::vector<Report> kReports = {
    {"a", "2014-12-17T22:00Z", "Studio cancels release of the film",
     "The studio drops the December release after cinemas withdraw."},
    {"b", "2014-12-17T23:00Z", "Film release cancelled by studio",
     "After cinemas withdraw, the studio cancels its December release."},
    {"c",
     "2014-12-22T18:00Z",
     "North Korea loses its Internet",
     "All routes vanished.",
     Happening::kOutageStart,
     {"kp"}},
    {"d",
     "2014-12-22T19:00Z",
     "North Korea Internet offline",
     "All routes vanished from the table.",
     Happening::kOutageStart,
     {"kp"}},
    {"e",
     "2014-12-23T02:00Z",
     "North Korea Internet offline no more",
     "All routes are there again.",
     Happening::kOutageEnd,
     {"kp"}},
    {"f", "2014-12-22T19:30Z", "Shares of a bakery rise", "Bread sells well before the holidays."}};

std::vector<std::vector<std::string>> stories_of(std::vector<Item> items) {
  std::vector<std::vector<std::string>> out;
  for (const auto& one : cluster(items)) out.push_back(one.story.entry_ids);
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Cluster, JoinsReportsOfOneHappening) {
  EXPECT_EQ(stories_of(items_of_reports(kReports)),
            (std::vector<std::vector<std::string>>{{"a", "b"}, {"c", "d"}, {"e"}, {"f"}}));
}

TEST(Cluster, DoesNotDependOnTheOrderOfItems) {
  auto items = items_of_reports(kReports);
  auto want = stories_of(items);
  std::reverse(items.begin(), items.end());
  EXPECT_EQ(stories_of(items), want);
}

TEST(Cluster, KeepsReportsOfDifferentOutagesApart) {
  auto reports = kReports;
  reports[3].outages = {"other"};
  EXPECT_EQ(stories_of(items_of_reports(reports)),
            (std::vector<std::vector<std::string>>{{"a", "b"}, {"c"}, {"d"}, {"e"}, {"f"}}));
}

TEST(Cluster, ForgetsWhatIsLongAgo) {
  auto reports = kReports;
  reports[1].published = "2015-02-17T23:00Z";
  EXPECT_EQ(stories_of(items_of_reports(reports)).size(), 5U);
}

TEST(Cluster, OfNothingIsNothing) {
  std::vector<Item> none;
  EXPECT_TRUE(cluster(none).empty());
}

TEST(Join, ReportsOfOneOutageAreOneIncident) {
  model::Outage outage;
  outage.id = "kp";
  outage.start = model::parse_iso("2014-12-22T16:15Z")->at;
  outage.end = model::parse_iso("2014-12-23T01:46Z")->at;
  auto incidents = join(items_of_reports(kReports), OutageIndex({outage})).incidents;
  std::size_t with_outage = 0;
  for (const auto& incident : incidents) {
    if (incident.outage_ids.empty()) continue;
    ++with_outage;
    EXPECT_EQ(incident.story_ids.size(), 2U);
    EXPECT_EQ(incident.span.from, outage.start);
  }
  EXPECT_EQ(with_outage, 1U);
  EXPECT_EQ(incidents.size(), 3U);
}

}  // namespace
}  // namespace correlate
