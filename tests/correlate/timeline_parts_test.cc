#include "correlate/timeline_parts.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace correlate {
namespace {

using model::TimelineLine;
using model::VerdictKind;
using testing::ElementsAre;

model::Instant at(const char* iso) { return model::parse_iso(iso)->at; }

TimelineLine story(const char* id, const char* when, std::size_t entries = 1) {
  TimelineLine out;
  out.story_id = id;
  out.when = *model::parse_iso(when);
  out.order = out.when.at;
  out.entries.resize(entries);
  for (std::size_t i = 0; i < entries; ++i) {
    out.entries[i].entry_id = std::string(id) + "-" + std::to_string(i);
  }
  return out;
}

model::Outage outage(const char* start, const char* end) {
  model::Outage out;
  out.id = "out-1";
  out.start = at(start);
  out.end = at(end);
  return out;
}

model::Timex day(const char* iso) {
  model::Timex out;
  out.interval = model::parse_iso(iso)->interval();
  return out;
}

TEST(SalienceOf, CountsAnEntryOnceForEachDayThatItNamesOrWasWrittenOn) {
  Salience salience;
  model::Extraction extraction;
  extraction.times = {day("2014-12-22"), day("2014-12-22T16:15Z"), day("2014-12"), model::Timex{}};
  salience.add(extraction, model::parse_iso("2014-12-23T02:00Z"));
  salience.add(extraction, model::parse_iso("2014-12-22T20:00Z"));
  EXPECT_EQ(salience.of(at("2014-12-22T16:15Z")), 2U);
  EXPECT_EQ(salience.of(at("2014-12-23")), 1U);
  EXPECT_EQ(salience.of(at("2014-12-01")), 0U) << "a month names no day";
}

TEST(KeepSalient, KeepsTheDaysThatMatterAndWhatWasMeasured) {
  model::TimelineIncident incident;
  incident.lines = {story("a", "2014-12-20"), story("b", "2014-12-21", 2), story("c", "2014-12-21"),
                    story("d", "2014-12-21", 3), story("e", "2014-12-22")};
  for (auto& line : incident.lines) line.salience = line.story_id == "a" ? 1 : 5;
  TimelineLine measured;
  measured.kind = TimelineLine::Kind::kOutageStart;
  measured.order = at("2014-12-20");
  incident.lines.push_back(measured);
  keep_salient(incident, 1, 2);
  std::vector<std::string> kept;
  for (const auto& line : incident.lines) kept.push_back(line.story_id);
  EXPECT_THAT(kept, ElementsAre("b", "d", "")) << "of equal days the earlier, of it the most told";
}

TEST(Unseen, IsWhatLiesBetweenSamplesNearTheOutages) {
  model::Signal signal;
  signal.id = "sig-1";
  signal.from = at("2014-12-22T00:00Z");
  signal.step = model::Seconds{600};
  signal.values.assign(144, 4.0);
  auto forget = [&](std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i) signal.values[i].reset();
  };
  forget(0, 6);      // before watching began
  forget(60, 62);    // twenty minutes
  forget(90, 96);    // an hour
  forget(140, 144);  // after it ended
  auto lines = unseen(signal, {outage("2014-12-22T16:15Z", "2014-12-22T18:00Z")});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].order, at("2014-12-22T15:00Z"));
  EXPECT_EQ(*lines[0].until, at("2014-12-22T16:00Z"));
  EXPECT_EQ(lines[0].kind, TimelineLine::Kind::kUnseen);
  EXPECT_TRUE(unseen(signal, {outage("2014-12-29T16:15Z", "2014-12-29T18:00Z")}).empty());
  EXPECT_TRUE(unseen(signal, {}).empty());
}

TEST(Unseen, OfManyTheLongestAreToldInOrder) {
  model::Signal signal;
  signal.from = at("2014-12-22T00:00Z");
  signal.step = model::Seconds{1800};
  for (std::size_t i = 0; i < 200; ++i) signal.values.emplace_back(i % 2 == 0 ? 1 : 0);
  for (std::size_t i = 1; i < 200; i += 2) signal.values[i].reset();
  signal.values[100].reset();
  auto lines = unseen(signal, {outage("2014-12-22T06:00Z", "2014-12-25T18:00Z")});
  ASSERT_EQ(lines.size(), kMostUnseen);
  bool sorted = std::is_sorted(lines.begin(), lines.end(),
                               [](const auto& a, const auto& b) { return a.order < b.order; });
  EXPECT_TRUE(sorted);
}

void claim(TimelineLine& line, const char* value, VerdictKind kind, const char* outage_id = "o") {
  model::CheckedClaim out;
  out.claim.kind = model::ClaimKind::kDuration;
  out.claim.value = value;
  model::Verdict verdict;
  verdict.verdict = kind;
  verdict.outage_id = outage_id;
  verdict.claimed = value;
  verdict.measured = "9 h 31 min";
  out.verdicts.push_back(verdict);
  line.entries[0].claims.push_back(out);
}

TEST(Conflicts, StandSideBySideWhereOneDisagrees) {
  model::TimelineIncident incident;
  incident.lines = {story("a", "2014-12-23"), story("b", "2014-12-23"), story("c", "2014-12-23")};
  claim(incident.lines[0], "PT9H31M", VerdictKind::kAgrees);
  claim(incident.lines[1], "PT9H31M", VerdictKind::kAgrees);
  EXPECT_TRUE(conflicts(incident).empty());
  claim(incident.lines[2], "PT12H", VerdictKind::kDisagrees);
  auto found = conflicts(incident);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].values.size(), 2U);
  EXPECT_THAT(found[0].values[0].entry_ids, ElementsAre("a-0", "b-0"));
  EXPECT_THAT(found[0].values[1].entry_ids, ElementsAre("c-0"));
  EXPECT_EQ(found[0].measured, "9 h 31 min");
}

TEST(Conflicts, AreOfOneOutageAndOfWhatWasHeldAgainstIt) {
  model::TimelineIncident incident;
  incident.lines = {story("a", "2014-12-23"), story("b", "2014-12-23"), story("c", "2014-12-23")};
  claim(incident.lines[0], "PT9H31M", VerdictKind::kAgrees, "one");
  claim(incident.lines[1], "PT12H", VerdictKind::kDisagrees, "other");
  claim(incident.lines[2], "PT3H", VerdictKind::kUndecided, "one");
  EXPECT_TRUE(conflicts(incident).empty());
}

TEST(Parts, RestOnLinesThatAreThere) {
  model::Incident incident;
  incident.summary = {{"seen", "a-0"}, {"not yet out", "z-0"}};
  incident.strands = {{"attack", "The hack", {"a", "z"}, {}}, {"outage", "Later", {"z"}, {"o"}}};
  model::TimelineIncident out;
  out.lines = {story("a", "2014-12-23")};
  add_parts(incident, out);
  ASSERT_EQ(out.summary.size(), 1U);
  EXPECT_EQ(out.summary[0].text, "seen");
  ASSERT_EQ(out.strands.size(), 1U);
  EXPECT_THAT(out.strands[0].story_ids, ElementsAre("a"));
}

}  // namespace
}  // namespace correlate
