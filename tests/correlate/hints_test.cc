#include "correlate/hints.h"

#include <iostream>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/verdict/verdict.h"
#include "tests/support/shared_data.h"

namespace correlate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

model::Instant at(std::string_view text) {
  auto stamp = model::parse_iso(text);
  return stamp ? stamp->at : model::Instant{};
}

model::Outage outage(std::string_view start, std::string_view end) {
  model::Outage o;
  o.start = at(start);
  if (!end.empty()) o.end = at(end);
  o.start_uncertainty = model::Seconds(60);
  return o;
}

const model::Reason* find(const CauseHints& hints, std::string_view feature) {
  for (const auto& reason : hints.reasons) {
    if (reason.feature == feature) return &reason;
  }
  return nullptr;
}

TEST(Hints, NothingKnownIsTheBaseRate) {
  model::Outage o;
  o.start_censored = true;
  auto found = hints(o, {});
  EXPECT_THAT(found.reasons, IsEmpty());
  EXPECT_NEAR(found.ordered, kOrderedShare, 1e-12);
}

// Iraq's exams: on the hour on the local clock, five hours, the next day again.
TEST(Hints, AnExamShutdown) {
  auto o = outage("2023-06-04T01:00Z", "2023-06-04T05:00Z");
  o.measurements = {{"IODA bgp.median", "", "", {}, {}},
                    {"IODA ping-slash24", "", "", {}, {}},
                    {"IODA merit-nt", "", "", {}, {}}};
  HintContext context{{"Asia/Baghdad"}, {at("2023-06-06T01:00Z")}, {}};
  auto found = hints(o, context);
  EXPECT_GT(found.ordered, 0.75);
  ASSERT_NE(find(found, "clock"), nullptr);
  EXPECT_THAT(find(found, "clock")->text,
              HasSubstr("on the hour, 04:00 in Asia/Baghdad: so 70.6 % of ordered shutdowns and "
                        "23.1 % of spontaneous outages"));
  EXPECT_THAT(find(found, "recurrence")->text, HasSubstr("another began 2 d after"));
  EXPECT_GT(find(found, "signals")->bits, 0);
  EXPECT_THAT(found.caveat, HasSubstr("does not tell motives"));
}

// India is half an hour off: what is on the hour there is not in UTC.
TEST(Hints, TheClockIsThePlaces) {
  auto o = outage("2023-06-04T00:30Z", "");
  EXPECT_THAT(find(hints(o, {{"Asia/Kolkata"}, {}, {}}), "clock")->text, HasSubstr("on the hour"));
  EXPECT_THAT(find(hints(o, {{"UTC"}, {}, {}}), "clock")->text, HasSubstr("at a half hour"));
  o.start += model::Seconds(17 * 60);
  EXPECT_LT(find(hints(o, {{"UTC"}, {}, {}}), "clock")->bits, 0);
  o.start_uncertainty = model::Seconds(3600);
  EXPECT_EQ(find(hints(o, {{"UTC"}, {}, {}}), "clock"), nullptr) << "too coarse to tell";
}

TEST(Hints, NoRecurrenceCountsOnlyWhereItWouldHaveBeenSeen) {
  auto o = outage("2023-06-10T00:17Z", "2023-06-10T01:00Z");
  HintContext context{{}, {}, model::Interval{at("2023-06-01"), at("2023-06-30")}};
  ASSERT_NE(find(hints(o, context), "recurrence"), nullptr);
  EXPECT_LT(find(hints(o, context), "recurrence")->bits, 0);
  context.watched->to = at("2023-06-12");
  EXPECT_EQ(find(hints(o, context), "recurrence"), nullptr);
}

TEST(Hints, LengthsOfNeitherKindProveNothing) {
  for (int minutes = 1; minutes < 60 * 24 * 60; minutes = minutes * 5 / 4 + 1) {
    auto o = outage("2023-06-10T00:17Z", "2023-06-10T00:17Z");
    *o.end += model::Seconds(60 * minutes);
    auto found = hints(o, {});
    ASSERT_NE(find(found, "duration"), nullptr);
    EXPECT_LE(std::abs(find(found, "duration")->bits), 2.5) << minutes;
  }
  auto bits = [](std::string_view end) {
    return find(hints(outage("2023-06-10T00:17Z", end), {}), "duration")->bits;
  };
  EXPECT_GT(bits("2023-06-10T05:17Z"), 1);
  EXPECT_LT(bits("2023-06-10T00:47Z"), -1);
}

// Outages that people reported as ordered, as IODA's curators dated them.
TEST(Hints, ShutdownsThatWereReported) {
  NEED_SHARED_DATA("outages/ioda_x_keepiton.jsonl");
  static const std::map<std::string, std::string> kCountries = {
      {"Myanmar", "MM"},    {"Syrian Arab Republic", "SY"},
      {"Iraq", "IQ"},       {"Bangladesh", "BD"},
      {"Zimbabwe", "ZW"},   {"Benin", "BJ"},
      {"India", "IN"},      {"Ethiopia", "ET"},
      {"Mauritania", "MR"}, {"Algeria", "DZ"},
      {"Niger", "NE"},      {"Sudan", "SD"}};
  std::map<std::string, std::pair<std::string, model::Outage>> outages;
  for (const auto& row :
       support::read_jsonl(support::shared_data() / "outages/ioda_x_keepiton.jsonl")) {
    for (const auto& value : row.at("ioda").as_array()) {
      const auto& event = value.as_object();
      auto cause = support::text_of(event, "cause");
      if (cause != "Government-Ordered" && cause != "Exams") continue;
      model::Outage o = outage(support::text_of(event, "start"), support::text_of(event, "end"));
      o.start_uncertainty = model::Seconds(300);
      for (const char* name : {"bgp", "active_probing", "telescope"}) {
        if (event.at(name).as_bool()) o.measurements.push_back({name, "", "", {}, {}});
      }
      auto known = kCountries.find(support::text_of(row, "country"));
      if (known != kCountries.end()) o.scope.country = known->second;
      outages[support::text_of(event, "id")] = {support::text_of(row, "country"), o};
    }
  }
  int likelier = 0;
  int on_the_hour = 0;
  int with_clock = 0;
  for (const auto& [id, both] : outages) {
    const auto& [country, o] = both;
    HintContext context;
    context.zones = verdict::place_zones(o.scope, o.start);
    for (const auto& [other_id, other] : outages) {
      if (other_id != id && other.first == country) context.others.push_back(other.second.start);
    }
    auto found = hints(o, context);
    likelier += found.ordered > kOrderedShare ? 1 : 0;
    if (const auto* clock = find(found, "clock")) {
      ++with_clock;
      on_the_hour += clock->text.find("on the hour") != std::string::npos ? 1 : 0;
    }
  }
  auto count = static_cast<int>(outages.size());
  std::cout << fmt::format(
      "of {} ordered outages {} look likelier ordered than the base rate; of {} "
      "with a clock {} began on the hour\n",
      count, likelier, with_clock, on_the_hour);
  ASSERT_GT(count, 100);
  EXPECT_GT(likelier * 10, count * 9);
  // The published share is 70.6 %.
  EXPECT_GT(on_the_hour * 2, with_clock);
}

}  // namespace
}  // namespace correlate
