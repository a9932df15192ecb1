#include "correlate/link.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "correlate/extract.h"
#include "store/model/text.h"

// Which outage an article speaks of: near misses of place, time and network.
namespace correlate {
namespace {

model::Outage outage(const std::string& id, const std::string& country, const std::string& start,
                     const std::string& end) {
  model::Outage out;
  out.id = id;
  out.scope.country = country;
  out.start = model::parse_iso(start)->at;
  out.end = model::parse_iso(end)->at;
  out.start_uncertainty = out.end_uncertainty = model::Seconds{60};
  return out;
}

Article article(const std::string& published, const std::string& title, const std::string& body) {
  Article out;
  out.id = "a";
  out.revision = 1;
  out.text = title + "\n\n" + body;
  out.title_length = model::code_points(title);
  out.anchor = *model::parse_iso(published);
  out.language = "en";
  return out;
}

std::vector<model::Link> said(const Article& article, const std::vector<model::Outage>& outages) {
  auto links = link(article, extract(article), OutageIndex(outages));
  std::erase_if(links, [](const model::Link& link) { return link.probability < kSaidFrom; });
  return links;
}

const model::Outage kMain = outage("main", "KP", "2014-12-22T16:15:00Z", "2014-12-23T01:46:00Z");
const model::Outage kYemen = outage("ye", "YE", "2014-12-22T16:10:00Z", "2014-12-23T01:40:00Z");

TEST(Link, GoesToTheOutageOfItsPlace) {
  auto links = said(article("2014-12-23T04:00:00Z", "North Korea offline for nine hours",
                            "North Korea's Internet was down overnight."),
                    {kMain, kYemen});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].outage_id, "main");
}

TEST(Link, NothingIsSaidOfAnOutageYetToCome) {
  EXPECT_TRUE(said(article("2014-12-21T10:00:00Z", "North Korea's Internet outage",
                           "North Korea's Internet was down for hours."),
                   {kMain})
                  .empty());
}

TEST(Link, NothingIsSaidWithoutWordsOfAnOutage) {
  EXPECT_TRUE(said(article("2014-12-23T04:00:00Z", "North Korea wins the regional cup",
                           "The team came home on Tuesday."),
                   {kMain})
                  .empty());
}

TEST(Link, ALateReportIsHeldByItsDate) {
  auto late = article("2015-12-22T09:00:00Z", "A year after North Korea went offline",
                      "North Korea's Internet went down on 22 December 2014 at 16:15 UTC.");
  auto other = outage("other", "KP", "2015-12-20T10:00:00Z", "2015-12-20T11:00:00Z");
  auto links = said(late, {kMain, other});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].outage_id, "main");
}

TEST(Link, TheFinerTimeTellsRivalsApart) {
  auto relapse = outage("relapse", "KP", "2014-12-23T15:41:00Z", "2014-12-23T16:12:00Z");
  auto links = said(article("2014-12-23T18:00:00Z", "North Korea's Internet down again",
                            "The new outage of North Korea began at 15:41 UTC."),
                    {kMain, relapse});
  ASSERT_FALSE(links.empty());
  EXPECT_EQ(links[0].outage_id, "relapse");
}

TEST(Link, AnOperatorOfSeveralCountriesStandsForTheNamedOne) {
  auto in = [](const std::string& country) {
    auto out = outage(country, country, "2013-03-27T12:00:00Z", "2013-03-28T12:00:00Z");
    out.measurements.push_back({"Renesys", "slow; operator Seacrest", "", {}, {}});
    return out;
  };
  auto links = said(article("2013-03-28T08:00:00Z", "Pakistan's Internet slow after Seacrest cut",
                            "The Seacrest cable was cut on Wednesday and service in Pakistan is "
                            "disrupted."),
                    {in("PK"), in("IN"), in("EG")});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].outage_id, "PK");
}

TEST(Link, ReasonsAddUpToTheProbability) {
  auto links = said(article("2014-12-23T04:00:00Z", "North Korea offline for nine hours",
                            "North Korea's Internet was down overnight."),
                    {kMain});
  ASSERT_EQ(links.size(), 1U);
  double bits = 0;
  for (const auto& reason : links[0].reasons) bits += reason.bits;
  EXPECT_NEAR(links[0].probability, 1 / (1 + std::exp2(-bits)), 0.005);
}

}  // namespace
}  // namespace correlate
