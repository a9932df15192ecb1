#include "correlate/fuse.h"

#include <algorithm>
#include <ostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

// Which records are of one outage. A case is a list of records, one a line: id, scope, start, end
// ("-": open, "?": nobody measured it), uncertainty in seconds ("?": not stated), source; and the
// groups that are to come of it, each as the ids of its records, sorted, the outage's own first.
namespace correlate {
namespace {

model::Scope scope_named(const std::string& text) {
  model::Scope scope;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, '/');) {
    if (word.find('.') != std::string::npos) {
      scope.prefix = word + "/24";
    } else if (word.starts_with("AS")) {
      scope.asn = static_cast<std::uint32_t>(std::stoul(word.substr(2)));
    } else if (word.size() == 2) {
      scope.country = word;
    } else {
      scope.region = word;
    }
  }
  return scope;
}

model::Instant at(const std::string& text) {
  return model::parse_iso("2014-12-" + text + ":00Z")->at;
}

std::vector<model::Outage> records_of(const std::string& text) {
  std::vector<model::Outage> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string id, scope, start, end, u, source;
    if (!(fields >> id >> scope >> start >> end >> u >> source)) continue;
    model::Outage record;
    record.id = id;
    record.number = 1;
    record.scope = scope_named(scope);
    record.start = at(start);
    record.open = end == "-";
    if (end != "-" && end != "?") record.end = at(end);
    if (u != "?") record.start_uncertainty = model::Seconds{std::stoi(u)};
    if (u != "?" && record.end) record.end_uncertainty = record.start_uncertainty;
    record.measurements = {{source, "as stated", "", {}, {}}};
    record.first_seen_at = model::Instant{model::Seconds{static_cast<int>(out.size())}};
    out.push_back(std::move(record));
  }
  return out;
}

// "a b c | d"
std::string groups_of(const std::vector<model::Outage>& outages) {
  std::vector<std::string> groups;
  for (const auto& outage : outages) {
    std::vector<std::string> ids;
    for (const auto& one : outage.measurements) {
      if (one.record_id != outage.id) ids.push_back(one.record_id);
    }
    std::sort(ids.begin(), ids.end());
    std::string group = outage.id;
    for (const auto& id : ids) group += " " + id;
    groups.push_back(group);
  }
  return fmt::format("{}", fmt::join(groups, " | "));
}

struct Case {
  std::string name;
  std::string records;
  std::string groups;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

const std::vector<Case> kCases = {
    {"OneSystemAlone", "a KP 22T16:15 23T01:46 60 Dyn", "a"},
    {"SeveralSystems",
     "dyn KP/AS131279 22T16:15 23T01:46 60 Dyn\n"
     "ioda KP 22T16:20 23T01:45 300 IODA-bgp\n"
     "radar KP 22T16:00 23T02:00 ? Radar",
     "dyn ioda radar"},
    {"RelapsesStayApart",
     "first KP 22T16:15 23T01:46 60 Dyn\n"
     "second KP 23T15:41 23T16:12 60 Dyn\n"
     "third KP 24T00:50 24T01:10 60 Dyn",
     "first | second | third"},
    {"ADaysRecordBridgesNoRecovery",
     "first KP 22T16:15 23T01:46 60 Dyn\n"
     "second KP 23T15:41 23T16:12 60 Dyn\n"
     "days KP 22T12:00 24T12:00 43200 Yearbook",
     "first days | second"},
    {"OneThatCouldSeeTheGapBridgesIt",
     "bgp1 SD 20T10:00 20T12:00 300 IODA-bgp\n"
     "bgp2 SD 20T14:00 20T16:00 300 IODA-bgp\n"
     "traffic SD 20T10:05 20T16:10 900 Radar",
     "bgp1 bgp2 traffic"},
    {"FragmentsOfOneSeries",
     "a SD 20T10:00 20T11:00 300 IODA-bgp\n"
     "b SD 20T11:05 20T12:00 300 IODA-bgp\n"
     "c SD 20T12:10 20T13:00 300 IODA-bgp",
     "a b c"},
    {"OtherPlaces",
     "a SD 20T10:00 20T11:00 300 IODA\n"
     "b SY 20T10:00 20T11:00 300 IODA",
     "a | b"},
    {"RegionsOfACountryStayApart",
     "a PK/Sindh 20T10:00 20T11:00 300 IODA\n"
     "b PK/Punjab 20T10:00 20T11:00 300 IODA",
     "a | b"},
    {"ARegionThatGoesWithItsCountry",
     "a PK 20T10:00 20T15:00 300 IODA\n"
     "b PK/Sindh 20T10:10 20T14:40 300 IODA",
     "a b"},
    {"ANetworkThatGoesLaterIsAnotherOutage",
     "a PK 20T10:00 20T23:00 300 IODA\n"
     "b PK/AS17557 20T15:00 20T16:00 300 IODA",
     "a | b"},
    {"NetworksOfANationwideOutage",
     "a PK 20T10:00 20T15:00 300 IODA\n"
     "b PK/AS17557 20T10:00 20T15:10 300 IODA\n"
     "c PK/AS9541 20T10:05 20T14:55 300 IODA",
     "a b c"},
    {"NetworksAloneStayApart",
     "b PK/AS17557 20T10:00 20T15:10 300 IODA\n"
     "c PK/AS9541 20T10:05 20T14:55 300 IODA",
     "b | c"},
    {"PrefixesOfOneNetwork",
     "a KP/AS131279/175.45.176.0 22T16:15 23T01:46 60 mrt\n"
     "b KP/AS131279/175.45.177.0 22T16:15 23T01:46 60 mrt\n"
     "c KP/AS131279/175.45.178.0 22T16:14 23T01:46 60 mrt\n"
     "d KP/AS131279/175.45.179.0 22T16:15 23T01:47 60 mrt",
     "a b c d"},
    {"ANetworkWithoutItsCountry",
     "a AS131279 22T16:15 23T01:46 60 mrt\n"
     "b KP/AS131279 22T16:15 23T01:46 300 IODA",
     "a b"},
    {"OpenThenEnded",
     "a KP 22T16:15 - 300 IODA-bgp\n"
     "b KP 22T16:15 23T01:46 60 Dyn",
     "a b"},
    {"ANetworksEndThatNobodyMeasured",
     "a KP/AS131279/175.45.176.0 23T07:55 ? 600 Dyn\n"
     "b KP/AS131279 23T07:55 23T08:00 300 detector",
     "a b"},
    {"AnOpenOneBridgesNothing",
     "a KP 22T16:20 - 300 IODA-bgp\n"
     "b KP 22T16:15 23T01:46 60 Dyn\n"
     "c KP 23T15:41 23T16:12 60 Dyn",
     "a b | c"},
    {"AnOldOpenOneSwallowsNothing",
     "a KP 02T16:15 - 300 IODA-bgp\n"
     "b KP 22T16:15 23T01:46 60 Dyn",
     "a | b"},
    {"ALevelShiftOfWeeksSwallowsNothing",
     "a IT 02T00:00 16T00:05 ? IODA-bgp\n"
     "b IT 08T10:00 08T12:00 600 IODA-ping",
     "a b"},
};

class Fuse : public testing::TestWithParam<Case> {};

TEST_P(Fuse, FindsTheGroups) {
  auto records = records_of(GetParam().records);
  auto fused = fuse(records);
  EXPECT_EQ(groups_of(fused), GetParam().groups);
  // The order in which records are given changes nothing.
  std::mt19937 random(7);
  for (int turn = 0; turn < 10; ++turn) {
    std::shuffle(records.begin(), records.end(), random);
    EXPECT_EQ(fuse(records), fused);
  }
}

INSTANTIATE_TEST_SUITE_P(Records, Fuse, testing::ValuesIn(kCases),
                         [](const auto& row) { return row.param.name; });

TEST(Fused, SaysWhatTheFinestMeasurementSaysAndKeepsTheOthers) {
  auto records = records_of(
      "radar KP 22T16:00 23T02:00 ? Radar\n"
      "dyn KP/AS131279 22T16:15 23T01:46 60 Dyn\n");
  records[0].cause = "UNKNOWN";
  records[1].depth = 1;
  records[1].number = 3;
  auto fused = fuse(records);
  ASSERT_EQ(fused.size(), 1U);
  const auto& outage = fused[0];
  EXPECT_EQ(outage.id, "radar") << "the record that was heard of first";
  EXPECT_EQ(to_string(outage.scope), "KP AS131279");
  EXPECT_EQ(outage.start, at("22T16:15"));
  EXPECT_EQ(outage.end, at("23T01:46"));
  EXPECT_EQ(outage.start_uncertainty, model::Seconds{60});
  EXPECT_EQ(outage.depth, 1);
  EXPECT_EQ(outage.cause, "UNKNOWN");
  ASSERT_EQ(outage.measurements.size(), 2U);
  EXPECT_EQ(outage.measurements[0].source, "Dyn");
  EXPECT_EQ(outage.measurements[0].record_id, "dyn");
  EXPECT_EQ(outage.measurements[0].record_number, 3);
  EXPECT_EQ(outage.measurements[0].start, std::nullopt) << "it is the outage's own";
  EXPECT_EQ(outage.measurements[1].start, at("22T16:00"));
  EXPECT_EQ(outage.measurements[1].end, at("23T02:00"));
}

TEST(Fused, ALateRecordRevisesAndNeverDuplicates) {
  auto records = records_of(
      "ioda KP 22T16:20 23T01:45 300 IODA\n"
      "dyn KP 22T16:15 23T01:46 60 Dyn\n");
  auto before = fuse({records[0]});
  auto after = fuse(records);
  ASSERT_EQ(before.size(), 1U);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].start, at("22T16:15"));
}

TEST(Fused, NationwideOutageBearsNoSingleNetwork) {
  auto fused =
      fuse(records_of("a PK 20T10:00 20T15:00 300 IODA\n"
                      "b PK/AS17557 20T10:00 20T15:10 300 IODA\n"
                      "c PK/AS9541 20T10:05 20T14:55 300 IODA"));
  ASSERT_EQ(fused.size(), 1U);
  EXPECT_EQ(to_string(fused[0].scope), "PK");
}

TEST(Fused, WhatPeopleReportedAndHijacksAreLeftOut) {
  auto records = records_of(
      "a KP 22T16:15 23T01:46 60 Dyn\n"
      "b KP 22T16:15 23T01:46 60 STOP\n"
      "c KP 22T16:15 23T01:46 60 Radar");
  records[1].basis = model::Basis::kReported;
  records[2].kind = model::OutageKind::kHijack;
  EXPECT_EQ(groups_of(fuse(records)), "a");
}

TEST(Fused, MeasuredGoesBeforeDerived) {
  auto records = records_of(
      "det KP 22T16:10 23T01:40 10 detector\n"
      "dyn KP 22T16:15 23T01:46 60 Dyn");
  records[0].basis = model::Basis::kDerived;
  auto fused = fuse(records);
  ASSERT_EQ(fused.size(), 1U);
  EXPECT_EQ(fused[0].id, "dyn");
  EXPECT_EQ(fused[0].basis, model::Basis::kMeasured);
  EXPECT_EQ(fused[0].measurements[1].basis, model::Basis::kDerived);
}

// However many records of one place lie over one another, each is held against few.
TEST(Fused, ManyOverlappingRecordsTakeLinearWork) {
  std::vector<model::Outage> records;
  for (int i = 0; i < 20000; ++i) {
    model::Outage record;
    record.id = fmt::format("r{:05}", i);
    record.scope = {"US", fmt::format("Region {}", i), std::nullopt, ""};
    record.start = at("20T10:00") + model::Seconds{i};
    record.end = at("28T10:00");
    record.start_uncertainty = record.end_uncertainty = model::Seconds{300};
    records.push_back(std::move(record));
  }
  EXPECT_EQ(fuse(std::move(records)).size(), 20000U);
}

}  // namespace
}  // namespace correlate
