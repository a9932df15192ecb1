#include "feeds/render/render.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "feeds/render/chart.h"
#include "feeds/render/told.h"
#include "feeds/render/uuid.h"
#include "store/model/text.h"

namespace feeds::render {
namespace {

model::Instant at(const char* iso) { return model::parse_iso(iso)->at; }

model::Outage founding_outage() {
  model::Outage outage;
  outage.id = "kp";
  outage.number = 1;
  outage.scope = {"KP", "", 131279, "175.45.176.0/22"};
  outage.start = at("2014-12-22T16:15:00Z");
  outage.end = at("2014-12-23T01:46:00Z");
  outage.start_uncertainty = model::Seconds{20};
  outage.depth = 1;
  outage.measurements.push_back(
      {"Dyn Research", "four networks withdrawn", "https://m.example/", {}, {}});
  return outage;
}

// One incident: the outage of the founding case, and one story that claims its length.
model::Timeline founding() {
  auto outage = founding_outage();

  model::TimelineEntry entry;
  entry.entry_id = "ent-1";
  entry.revision = 2;
  entry.revisions = 2;
  entry.title = "North Korea back online after \"more than 9 hours\"";
  entry.url = "https://news.example/1";
  entry.byline = "News, Example";
  entry.document_id = "0123456789abcdef";
  entry.place = "entries[3]";
  entry.published = model::parse_iso("2014-12-23");
  model::CheckedClaim claim;
  claim.claim.id = "clm-1";
  claim.claim.kind = model::ClaimKind::kDuration;
  claim.claim.span = {30, 47, "more than 9 hours"};
  claim.claim.speaker = "Dyn Research";
  model::Verdict verdict;
  verdict.id = "vrd-1";
  verdict.claim_id = "clm-1";
  verdict.outage_id = "kp";
  verdict.verdict = model::VerdictKind::kAgrees;
  verdict.claimed = "more than 9 hours";
  verdict.measured = "9 h 31 min";
  claim.verdicts.push_back(verdict);
  entry.claims.push_back(claim);

  model::TimelineIncident incident;
  incident.id = "inc-1";
  incident.title = entry.title;
  incident.outages.push_back(outage);
  auto measured = [&](model::TimelineLine::Kind kind, model::Instant when) {
    model::TimelineLine line;
    line.kind = kind;
    line.when = {when, model::Precision::kSecond, "Z"};
    line.inferred = false;
    line.outage_id = "kp";
    return line;
  };
  incident.lines.push_back(measured(model::TimelineLine::Kind::kOutageStart, outage.start));
  incident.lines.push_back(measured(model::TimelineLine::Kind::kOutageEnd, *outage.end));
  model::TimelineLine story;
  story.when = {at("2014-12-23T01:46:00Z"), model::Precision::kMinute, "GMT"};
  story.happening = model::Happening::kOutageEnd;
  story.story_id = "sty-1";
  story.entries.push_back(entry);
  incident.lines.push_back(story);

  model::Timeline out;
  out.query = "north korea";
  out.incidents.push_back(incident);
  return out;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Text, CountsNearCopies) {
  auto timeline = founding();
  auto& entries = timeline.incidents.at(0).lines.at(2).entries;
  auto copy = entries.front();
  copy.claims.clear();
  copy.entry_id = "ent-2";
  entries.push_back(copy);
  EXPECT_TRUE(contains(to_text(timeline, {}), "; 1 more [2]"));
  copy.entry_id = "ent-3";
  copy.copy_of = "ent-1";
  entries.push_back(copy);
  EXPECT_TRUE(contains(to_text(timeline, {}), "; 2 more, 1 near-copy [2] [3]"));
}

TEST(Text, ShowsMeasurementVerdictAndSource) {
  auto text = to_text(founding(), {});
  EXPECT_TRUE(contains(text, "2014-12-22 16:15 ┏  MEASURED      down: KP AS131279")) << text;
  EXPECT_TRUE(contains(text, "2014-12-23 01:46 ┗  MEASURED      back after 9 h 31 min [M1]"));
  EXPECT_TRUE(contains(text,
                       "✓ duration “more than 9 hours”: agrees, measured 9 h 31 min [M1], "
                       "says Dyn Research [1]"));
  EXPECT_TRUE(contains(text, "ent-1 revision 2, entries[3] of document 0123456789ab"));
  EXPECT_FALSE(contains(text, "\x1b"));
}

TEST(Text, ColoursOnlyWhenAsked) {
  EXPECT_TRUE(contains(to_text(founding(), {true, 100}), "\x1b[32m✓"));
}

TEST(Text, KeepsToTheWidth) {
  auto text = to_text(founding(), {false, 80});
  auto lines = text.substr(text.find("Measured"), text.find("Sources") - text.find("Measured"));
  for (std::size_t begin = 0; begin < lines.size();) {
    auto end = lines.find('\n', begin);
    auto line = lines.substr(begin, end - begin);
    if (!contains(line, "“")) {
      EXPECT_LE(model::display_width(line), 80U) << line;
    }
    begin = end + 1;
  }
}

TEST(Text, NoForeignControlCharacterReachesTheTerminal) {
  auto hostile = founding();
  hostile.incidents[0].lines[2].entries[0].title =
      "\x1b]0;owned\x07 \xC2\x9B"
      "31m red";
  EXPECT_FALSE(contains(to_text(hostile, {}), "\x1b"));
  EXPECT_FALSE(contains(to_text(hostile, {}), "\xC2\x9B"));
}

TEST(Text, SaysThatNothingLaterIsKnown) {
  auto timeline = founding();
  timeline.as_of = at("2014-12-23T00:00:00Z");
  EXPECT_TRUE(contains(to_text(timeline, {}),
                       "As of 2014-12-23 00:00 UTC: nothing after this moment is known here."));
}

TEST(Text, ShowsAnotherClock) {
  auto timeline = founding();
  timeline.zone = "Asia/Pyongyang";
  EXPECT_TRUE(contains(to_text(timeline, {}), "2014-12-23 01:15 ┏"));
}

TEST(Text, OfNothingSaysSo) { EXPECT_EQ(to_text({}, {}), "Nothing answers the query.\n"); }

TEST(Json, IsWholeAndLeadsBack) {
  auto json = boost::json::parse(to_json(founding())).as_object();
  const auto& incident = json["incidents"].as_array().at(0).as_object();
  const auto& entry =
      incident.at("lines").as_array().at(2).as_object().at("entries").as_array().at(0);
  EXPECT_EQ(entry.at("document").as_string(), "0123456789abcdef");
  EXPECT_EQ(entry.at("claims").at(0).at("span").at("begin").as_int64(), 30);
  EXPECT_EQ(entry.at("claims").at(0).at("verdicts").at(0).at("verdict").as_string(), "agrees");
  EXPECT_EQ(incident.at("outages").at(0).at("duration_s").as_int64(), 34260);
  EXPECT_EQ(incident.at("lines").at(0).at("basis").as_string(), "measured");
}

TEST(Csv, QuotesAndDefusesFormulas) {
  auto timeline = founding();
  timeline.incidents[0].lines[2].entries[0].title = "=HYPERLINK(\"http://evil.example\")";
  auto csv = to_csv(timeline);
  EXPECT_TRUE(contains(csv, "\"'=HYPERLINK(\"\"http://evil.example\"\")\"")) << csv;
  EXPECT_TRUE(contains(csv, "\"News, Example\""));
  EXPECT_TRUE(contains(csv, "more than 9 hours\"\": agrees, measured 9 h 31 min"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
}

struct Address {
  const char* url;
  bool is_web;
};

TEST(Exports, OnlyWebAddressesAreLinks) {
  constexpr Address kTable[] = {{"https://news.example/1", true},
                                {"HTTP://news.example/", true},
                                {"javascript:alert(1)", false},
                                {" https://news.example/", false},
                                {"https://news.example/a b", false},
                                {"data:text/html,x", false},
                                {"//news.example/", false},
                                {"https://", false},
                                {"", false},
                                {"https://news.example/\n", false}};
  for (const auto& one : kTable) EXPECT_EQ(!web_address(one.url).empty(), one.is_web) << one.url;
}

TEST(Exports, WhatMarkupWouldReadIsEscaped) {
  EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escaped("a\x01"
                    "b\x7F"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(escaped("\xEF\xBF\xBE"), "\xEF\xBF\xBD");  // U+FFFE is no character of XML
  EXPECT_EQ(escaped("тест\n"), "тест\n");
}

TEST(Exports, TimesAreSpelledAsExactAsTheyAre) {
  EXPECT_EQ(spelled(*model::parse_iso("2014-12-22T16:15Z")), "22 December 2014, 16:15 UTC");
  EXPECT_EQ(spelled(*model::parse_iso("2014-12-22")), "22 December 2014");
  EXPECT_EQ(spelled(*model::parse_iso("2014-12")), "December 2014");
  EXPECT_EQ(spelled(*model::parse_iso("2014")), "2014");
}

TEST(Exports, EveryLineIsAnEventOfTimelineJs) {
  auto timeline = founding();
  auto out = boost::json::parse(to_timelinejs(timeline)).as_object();
  const auto& events = out.at("events").as_array();
  ASSERT_EQ(events.size(), timeline.incidents[0].lines.size());
  std::set<std::string> ids;
  for (const auto& event : events) {
    EXPECT_TRUE(event.as_object().contains("start_date"));
    ids.insert(std::string(event.as_object().at("unique_id").as_string()));
  }
  EXPECT_EQ(ids.size(), events.size());
  ASSERT_EQ(out.at("eras").as_array().size(), 1);
}

TEST(Exports, AnOutageOfNoLengthGetsNoEndThatWouldBeDropped) {
  auto timeline = founding();
  timeline.incidents[0].outages[0].end = timeline.incidents[0].outages[0].start;
  auto out = boost::json::parse(to_timelinejs(timeline)).as_object();
  EXPECT_FALSE(out.contains("eras"));
  for (const auto& event : out.at("events").as_array()) {
    EXPECT_FALSE(event.as_object().contains("end_date"));
  }
}

TEST(Exports, TheSameTimelineIsTheSameBytesInEveryFormat) {
  auto timeline = founding();
  Site site{"https://news.example/", {}};
  EXPECT_EQ(to_atom(timeline, site), to_atom(timeline, site));
  EXPECT_EQ(to_icalendar(timeline, site), to_icalendar(timeline, site));
  EXPECT_EQ(to_stix(timeline), to_stix(timeline));
  EXPECT_EQ(to_json_ld(timeline, site), to_json_ld(timeline, site));
  EXPECT_EQ(uuid_of("incident", "inc-1"), uuid_of("incident", "inc-1"));
  EXPECT_NE(uuid_of("incident", "inc-1"), uuid_of("report", "inc-1"));
}

TEST(Exports, OnlyAConfirmedCheckIsAClaimReview) {
  auto timeline = founding();
  EXPECT_EQ(to_json_ld(timeline, {}).find("ClaimReview"), std::string::npos);
  model::Edit edit;
  edit.kind = model::EditKind::kPin;
  edit.who = "ann";
  for (auto& line : timeline.incidents[0].lines) {
    for (auto& entry : line.entries) entry.claims.at(0).confirmed = edit;
  }
  EXPECT_NE(to_json_ld(timeline, {}).find("ClaimReview"), std::string::npos);
}

TEST(Exports, HostileTextStaysText) {
  auto timeline = founding();
  auto& incident = timeline.incidents[0];
  incident.title = "</title><script>alert(1)</script>";
  for (auto& line : incident.lines) {
    for (auto& entry : line.entries) {
      entry.title = entry.byline = "\"><img src=x onerror=alert(1)>";
      entry.url = "javascript:alert(1)";
    }
  }
  auto page = to_html(timeline, incident, {});
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("href=\"javascript"), std::string::npos);
  auto events = to_timelinejs(timeline);
  EXPECT_EQ(events.find("<img"), std::string::npos);
  EXPECT_EQ(to_icalendar(timeline, {}).find("javascript"), std::string::npos);
}

TEST(Exports, AChartShowsWhatWasNotSeenAndFillsNoGap) {
  auto timeline = founding();
  auto& incident = timeline.incidents[0];
  incident.signals.clear();
  model::Signal signal;
  signal.id = "sig-1";
  signal.kind = "visible-prefixes";
  signal.from = at("2014-12-22T12:00:00Z");
  signal.step = model::Seconds{3600};
  for (int i = 0; i < 20; ++i) signal.values.emplace_back(i < 4 ? 4 : 0);
  signal.values[10] = std::nullopt;
  incident.signals.push_back(signal);
  auto drawing = to_svg(incident, "Asia/Pyongyang");
  auto path = drawing.substr(drawing.find("class=\"series\""));
  path = path.substr(0, path.find("/>"));
  EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 2) << path;  // the gap parts it
  EXPECT_NE(drawing.find("2014-12-23"), std::string::npos);
  EXPECT_EQ(drawing.find("nan"), std::string::npos);
  incident.outages.clear();
  EXPECT_TRUE(to_svg(incident, "UTC").empty());
}

}  // namespace
}  // namespace feeds::render
