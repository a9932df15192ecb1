#include "feeds/render/render.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace feeds::render
