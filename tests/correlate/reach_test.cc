#include "correlate/reach.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/correlate.h"
#include "correlate/extract.h"
#include "store/model/hash.h"
#include "store/model/text.h"
#include "store/store.h"
#include "tests/support/change.h"

// Which entries a new measurement asks for.
namespace correlate {
namespace {

using Entries = std::set<std::string>;

Article article(const std::string& id, const std::string& text) {
  Article out;
  out.id = id;
  out.revision = 1;
  out.text = text;
  out.anchor = *model::parse_iso("2014-12-23T12:00:00Z");
  out.language = "en";
  return out;
}

model::Outage outage(const std::string& country,
                     const std::string& start = "2014-12-22T16:15:00Z") {
  model::Outage out;
  out.id = "out-" + country;
  out.scope.country = country;
  out.start = model::parse_iso(start)->at;
  out.end = out.start + model::Seconds{34260};
  out.measurements.push_back({"Measurer", "", "", {}, {}});
  return out;
}

struct Case {
  const char* about;
  const char* text;
  Entries to;  // of kp, as, op and time, the changed outages that ask for it
};

class ReachOf : public testing::TestWithParam<Case> {};

TEST_P(ReachOf, AnOutage) {
  auto of_network = outage("", "2014-11-02T08:00:00Z");
  of_network.scope.asn = 64500;
  auto of_operator = outage("GA", "2014-10-02T08:00:00Z");
  of_operator.measurements[0].value = "operator Kitanet";
  const std::vector<std::pair<std::string, model::Outage>> outages = {
      {"kp", outage("KP")},
      {"as", of_network},
      {"op", of_operator},
      {"time", outage("SY", "2014-12-21T09:47:00Z")}};
  std::vector<model::Outage> all;
  for (const auto& [name, one] : outages) all.push_back(one);
  OutageIndex index(all);
  Reach reach;
  reach.begin(index);
  auto text = article("ent", GetParam().text);
  reach.put("ent", reach.keys_of(text, extract(text)));
  Entries found;
  for (const auto& [name, one] : outages) {
    if (!reach.of(OutageIndex({one}), index, {}).empty()) found.insert(name);
  }
  EXPECT_EQ(found, GetParam().to);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ReachOf,
    testing::Values(
        Case{"country", "The Internet of North Korea is down, engineers said.", {"kp"}},
        Case{"network", "AS64500 is offline, its outage goes on.", {"as"}},
        Case{"operator", "Customers of Kitanet have no Internet: an outage.", {"op"}},
        Case{"time",
             "Customers of a host were offline from 09:47 to 10:49 UTC on 21 December 2014.",
             {"time"}},
        Case{"another", "The Internet of Sudan is down, engineers said.", {}},
        Case{"no_outage", "North Korea thanked a film studio.", {}}),
    [](const auto& made) { return std::string(made.param.about); });

TEST(Reach, IsOfThosePlacesOfWhichAnOutageHasChanged) {
  // An operator's outage in Gabon; another outage of Gabon changes what is told of it.
  auto of_operator = outage("GA", "2014-10-02T08:00:00Z");
  of_operator.measurements[0].value = "operator Kitanet";
  auto another = outage("GA");
  OutageIndex all({of_operator, another});
  Reach reach;
  reach.begin(all);
  auto text = article("ent", "Customers of Kitanet have no Internet: an outage.");
  reach.put("ent", reach.keys_of(text, extract(text)));
  EXPECT_EQ(reach.of(OutageIndex({another}), all, {}), Entries{"ent"});
}

TEST(Reach, ASignalAsksForClaimsOfItsCountry) {
  Reach reach;
  reach.begin(OutageIndex({}));
  auto text = article("ent", "North Korea's Internet was down for nine hours.");
  reach.put("ent", reach.keys_of(text, extract(text)));
  EXPECT_EQ(reach.of(OutageIndex({}), OutageIndex({}), {"KP"}), Entries{"ent"});
  EXPECT_EQ(reach.of(OutageIndex({}), OutageIndex({}), {"SY"}), Entries{});
}

TEST(Reach, KnowsWhichOperatorsNobodyLookedFor) {
  auto known = outage("GA");
  known.measurements[0].value = "operator Kitanet";
  auto other = outage("SY");
  other.measurements[0].value = "operator Zamtelia";
  Reach reach;
  reach.begin(OutageIndex({known}));
  EXPECT_FALSE(reach.lacks_words_of(OutageIndex({known})));
  EXPECT_TRUE(reach.lacks_words_of(OutageIndex({known, other})));
}

void put(store::Writer& writer, int number, const std::string& country) {
  model::Entry entry;
  entry.id = entry.identity = fmt::format("ent-{:03}", number);
  entry.source_id = "src";
  model::Revision revision;
  revision.entry_id = entry.id;
  revision.published = *model::parse_iso("2014-12-23T12:00:00Z");
  revision.language = "en";
  revision.title = fmt::format("{} is offline", country);
  revision.body = fmt::format("The Internet of {} went down, engineers said.", country);
  revision.content_hash = model::revision_hash(revision);
  ASSERT_TRUE(writer.put(entry, revision));
}

// What a run reads is what a measurement concerns, however many entries there are.
TEST(Reach, ARunReadsWhatAnOutageConcerns) {
  auto store = *store::open_store("memory:");
  Correlator correlator(*store);
  auto change = [&](const auto& what) { support::change(*store, what); };
  change([](store::Writer& writer) {
    ASSERT_TRUE(writer.put(model::Source{"src", "made", {}, "", "", "", {}}));
    for (int i = 0; i < 100; ++i) put(writer, i, i % 10 == 0 ? "North Korea" : "Sudan");
  });
  EXPECT_EQ(correlator.run({})->entries, 100);
  change([](store::Writer& writer) { ASSERT_TRUE(writer.put(outage("KP"))); });
  EXPECT_EQ(correlator.run({})->entries, 10);
  change([](store::Writer& writer) { put(writer, 100, "North Korea"); });
  EXPECT_EQ(correlator.run({})->entries, 1);
  auto longer = outage("KP");
  *longer.end += model::Seconds{3600};
  change([&](store::Writer& writer) { ASSERT_TRUE(writer.put(longer)); });
  EXPECT_EQ(correlator.run({})->entries, 11);
  auto named = outage("GA");
  named.measurements[0].value = "operator Kitanet";
  change([&](store::Writer& writer) { ASSERT_TRUE(writer.put(named)); });
  EXPECT_EQ(correlator.run({})->entries, 101) << "nobody had looked for its name";
  change([&](store::Writer& writer) {
    auto again = named;
    *again.end += model::Seconds{3600};
    ASSERT_TRUE(writer.put(again));
  });
  EXPECT_EQ(correlator.run({})->entries, 0);
}

}  // namespace
}  // namespace correlate
