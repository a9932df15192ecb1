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
  EXPECT_NEAR(links[0].probability, evidence::shipped_weights().calibrated(bits), 0.01);
}

TEST(Link, CompetingOutagesAndNoneOfThemShareTheArticle) {
  auto relapse = outage("relapse", "KP", "2014-12-23T15:41:00Z", "2014-12-23T16:12:00Z");
  auto links = said(article("2014-12-23T18:00:00Z", "North Korea's Internet down",
                            "The outage of North Korea began at 15:41 UTC."),
                    {kMain, relapse});
  ASSERT_FALSE(links.empty());
  const auto& shares = links[0].hypotheses;
  ASSERT_GE(shares.size(), 2U);
  EXPECT_EQ(shares.front().outage_id, "relapse");
  EXPECT_EQ(shares.back().outage_id, "");
  double sum = 0;
  for (const auto& one : shares) sum += one.share;
  EXPECT_NEAR(sum, 1, 0.001);
  EXPECT_NEAR(links[0].any, 1 - shares.back().share, 0.001);
}

TEST(Link, AQuietPlaceIsRarelyHitByChanceABusyOneOften) {
  auto told = article("2014-12-23T04:00:00Z", "North Korea's Internet is down",
                      "North Korea's Internet went down on Monday.");
  std::vector<model::Outage> quiet{kMain};
  std::vector<model::Outage> busy{kMain};
  for (int week = -100; week <= 100; ++week) {
    if (week == 0) continue;
    auto one = kMain;
    one.id = "other" + std::to_string(week);
    one.start += model::Seconds{week * 7 * 86400};
    one.end = *one.end + model::Seconds{week * 7 * 86400};
    busy.push_back(one);
  }
  auto rare = said(told, quiet);
  auto common = said(told, busy);
  ASSERT_FALSE(rare.empty());
  EXPECT_EQ(rare[0].decoys, 400);
  EXPECT_EQ(rare[0].decoys_as_high, 0);
  EXPECT_LT(rare[0].q, 0.01);
  ASSERT_FALSE(common.empty());
  EXPECT_GT(common[0].decoys_as_high * 2, common[0].decoys);
}

TEST(Link, ACountryWithoutATimeIsCompatibleAndNeverSaid) {
  auto links = link(article("2015-12-01T04:00:00Z", "North Korea and its Internet outage of 2014",
                            "North Korea's Internet was down, and nobody knows why."),
                    extract(article("2015-12-01T04:00:00Z", "North Korea", "Nothing.")),
                    OutageIndex({kMain}));
  for (const auto& one : links) {
    if (one.relation == model::LinkRelation::kReports) continue;
    EXPECT_LT(one.probability, kSaidFrom);
  }
  auto old = outage("old", "KP", "2015-11-25T10:00:00Z", "2015-11-25T11:00:00Z");
  auto late = article("2015-12-01T04:00:00Z", "North Korea's Internet outage",
                      "North Korea's Internet was down and offline.");
  auto found = link(late, extract(late), OutageIndex({old}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].relation, model::LinkRelation::kCompatible);
  EXPECT_LT(found[0].probability, kSaidFrom);
}

TEST(Link, AnOutageOfTenYearsAndEntriesOfTheFutureAreBounded) {
  auto long_one = outage("long", "KP", "2010-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
  auto links = said(article("2999-12-23T04:00:00Z", "North Korea's Internet is down",
                            "North Korea's Internet went down at 16:15 UTC."),
                    {kMain, long_one});
  EXPECT_TRUE(links.empty());
}

TEST(Weights, TheShippedFileIsReadAndWrittenAgain) {
  const auto& shipped = evidence::shipped_weights();
  auto again = evidence::parse_weights(to_text(shipped));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(to_text(*again), to_text(shipped));
}

TEST(Weights, WhatIsWrongIsSaidWithItsLine) {
  auto text = to_text(evidence::shipped_weights());
  struct Row {
    std::string add;
    std::string expect;
  };
  for (const auto& row :
       {Row{"plaice\tx\t1\t1\t1", "no feature is called"},
        Row{"parameter\tprior\tmuch", "a number"},
        Row{"parameter\tnone\t1", "no parameter is called"}, Row{"region\tnamed\t1\t1\t1", "twice"},
        Row{"region\tnowhere\t1\t1\t1", "has no"}, Row{"step\t1\t2", "a step is"}}) {
    auto parsed = evidence::parse_weights(row.add + "\n" + text);
    // The first mention of a bin is the one that is there twice.
    bool twice = row.expect == "twice";
    ASSERT_FALSE(parsed) << row.add;
    EXPECT_NE(parsed.error().message.find(row.expect), std::string::npos) << parsed.error().message;
    if (!twice) {
      EXPECT_TRUE(parsed.error().message.starts_with("line 1: "));
    }
  }
  EXPECT_FALSE(evidence::parse_weights("# nothing\n"));
}

TEST(Link, NotToWhereTheOneWhoIsQuotedSits) {
  auto text = article("2014-12-23", "NorthKorea back online after widespread Internet outage",
                      "By Tuesday the two main websites loaded normally again, officials in South "
                      "Korea said.");
  EXPECT_TRUE(said(text, {outage("kr", "KR", "2014-12-22T16:40Z", "2014-12-22T18:05Z")}).empty());
  EXPECT_EQ(said(text, {outage("kp", "KP", "2014-12-22T16:15Z", "2014-12-23T01:46Z")}).size(), 1U);
}

TEST(Link, NotToAPlaceThatIsNamedInPassingForTheTimeAlone) {
  auto text = article("2014-12-22T20:00Z", "North Korea is offline",
                      "North Korea lost its Internet on Monday at 16:15 UTC. A country like Yemen "
                      "has few routes as well.");
  EXPECT_TRUE(said(text, {outage("ye", "YE", "2014-12-22T14:00Z", "2014-12-22T23:30Z")}).empty());
}

TEST(Link, NotWhereNoPlaceIsNamedForADayAndALength) {
  auto text = article("2014-12-23T07:00Z", "Power restored after nearly 10-hour blackout",
                      "Residents of the town woke up to working lights on Tuesday after a nearly "
                      "10-hour blackout. A tree had brought down the line at 16:20 on Monday.");
  EXPECT_TRUE(said(text, {outage("kp", "KP", "2014-12-22T16:15Z", "2014-12-23T01:46Z")}).empty());
}

}  // namespace
}  // namespace correlate
