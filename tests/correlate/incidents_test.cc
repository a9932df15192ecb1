// Incidents of made-up stories, and the stories and incidents of real ones.
#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/article.h"
#include "correlate/extract.h"
#include "correlate/features.h"
#include "correlate/joining.h"
#include "tests/support/shared_data.h"

namespace correlate {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct Told {
  const char* id;
  const char* published;
  const char* title;
  const char* body;
  std::vector<std::string> outages = {};
};

std::vector<Item> items_of(const std::vector<Told>& told) {
  std::vector<Item> out;
  for (const auto& one : told) {
    model::Revision revision;
    revision.entry_id = one.id;
    revision.number = 1;
    revision.title = one.title;
    revision.body = one.body;
    revision.language = "en";
    revision.published = model::parse_iso(one.published);
    revision.seen_at = revision.known_at = revision.published->at;
    out.push_back(item_of(revision, extract(article_of(revision)), {}, revision.seen_at));
    out.back().outages = one.outages;
  }
  return out;
}

struct Threaded {
  std::vector<Item> items;
  std::vector<model::Story> stories;
  std::vector<model::Incident> incidents;

  // The incident of an entry.
  const model::Incident& of(const std::string& entry) const {
    auto story = story_of(entry);
    return *std::find_if(incidents.begin(), incidents.end(), [&](const model::Incident& one) {
      return std::binary_search(one.story_ids.begin(), one.story_ids.end(), story);
    });
  }
  std::string story_of(const std::string& entry) const {
    for (const auto& one : stories) {
      for (const auto& id : one.entry_ids) {
        if (id == entry) return one.id;
      }
    }
    return "";
  }
  std::string strand_of(const std::string& entry) const {
    for (const auto& strand : of(entry).strands) {
      const auto& ids = strand.story_ids;
      if (std::binary_search(ids.begin(), ids.end(), story_of(entry))) return strand.kind;
    }
    return "none";
  }
};

Threaded threaded(const std::vector<Told>& told, const std::vector<model::Outage>& outages = {},
                  const Constraints& constraints = {}) {
  auto items = items_of(told);
  auto joined = join(items, OutageIndex(outages), {constraints, constraints});
  return {std::move(items), std::move(joined.stories), std::move(joined.incidents)};
}

const std::vector<Told> kStudio = {
    {"hack", "2014-11-24T20:00Z", "Hackers break into Marlowe Pictures",
     "Computers of the studio Marlowe Pictures were hacked by a group that calls itself Guardians "
     "of "
     "Peace. The intruders stole data from Marlowe Pictures."},
    {"leak", "2014-11-30T20:00Z", "Marlowe Pictures films leaked online",
     "Guardians of Peace leaked five films of Marlowe Pictures after the hack."},
    {"film", "2014-12-17T20:00Z", "Marlowe cancels release of The Envoy after hack",
     "After the Marlowe hack and threats by Guardians of Peace, the studio cancels the release of "
     "The "
     "Envoy."},
    {"sanctions", "2015-01-02T20:00Z",
     "Washington imposes sanctions on North Korea over Marlowe hack",
     "The United States imposed sanctions on North Korea in response to the Marlowe Pictures "
     "hack."},
    {"ferry", "2014-12-18T09:00Z", "North Korea ferry service resumes",
     "A ferry between Rason in North Korea and Vladivostok sails again in spring, an operator "
     "said."},
    {"talks", "2014-12-20T09:00Z", "North Korea and Japan hold talks on missing persons",
     "Diplomats of North Korea and Japan met in Shenyang on Saturday."},
    {"bread", "2014-12-19T09:00Z", "Bread prices rise", "Flour is dearer than last year."}};

TEST(Incidents, AreThreadedOverWeeksWithAReasonForEachStory) {
  auto all = threaded(kStudio);
  const auto& incident = all.of("hack");
  for (const char* entry : {"leak", "film", "sanctions"}) {
    EXPECT_EQ(all.of(entry).id, incident.id) << entry;
  }
  for (const char* entry : {"ferry", "talks", "bread"}) {
    EXPECT_NE(all.of(entry).id, incident.id) << entry;
  }
  std::set<std::string> tied;
  for (const auto& tie : incident.ties) {
    tied.insert(tie.from);
    EXPECT_FALSE(tie.text.empty());
    EXPECT_NE(tie.from, tie.to);
  }
  EXPECT_EQ(tied.size(), incident.story_ids.size() - 1);
}

TEST(Incidents, QuoteTheWordsThatPointBack) {
  auto all = threaded(kStudio);
  std::vector<std::string> texts;
  for (const auto& tie : all.of("hack").ties) {
    if (tie.from == all.story_of("sanctions")) texts.push_back(tie.kind + ": " + tie.text);
  }
  EXPECT_THAT(texts, Contains(HasSubstr("reference: says “over Marlowe hack”")));
}

TEST(Incidents, HaveStrands) {
  auto all = threaded(kStudio);
  EXPECT_EQ(all.strand_of("hack"), "attack");
  EXPECT_EQ(all.strand_of("film"), "release");
  EXPECT_EQ(all.strand_of("sanctions"), "sanctions");
}

TEST(Incidents, TheSummaryIsOfTheirOwnWords) {
  auto all = threaded(kStudio);
  const auto& summary = all.of("hack").summary;
  ASSERT_EQ(summary.size(), 2U);
  for (const auto& line : summary) {
    auto its = std::find_if(all.items.begin(), all.items.end(),
                            [&](const Item& item) { return item.entry_id == line.entry_id; });
    ASSERT_NE(its, all.items.end());
    EXPECT_EQ(line.text, its->title);
  }
}

model::Outage outage(const char* id, const char* country, const char* start, const char* end) {
  model::Outage out;
  out.id = id;
  out.scope.country = country;
  out.start = model::parse_iso(start)->at;
  out.end = model::parse_iso(end)->at;
  return out;
}

const std::vector<Told> kTwoOutages = {
    {"kp1",
     "2014-12-22T18:00Z",
     "North Korea loses its Internet",
     "The Internet of North Korea has been down since 16:15 UTC.",
     {"kp"}},
    {"kp2", "2014-12-23T03:00Z", "North Korea back online", "It is back after nine hours.", {"kp"}},
    {"pk1",
     "2014-12-22T19:00Z",
     "Pakistan loses its Internet",
     "The Internet of Pakistan has been down since 17:15 UTC.",
     {"pk"}}};

TEST(Incidents, OfTwoCountriesStayApart) {
  std::vector<model::Outage> outages = {
      outage("kp", "KP", "2014-12-22T16:15Z", "2014-12-23T01:46Z"),
      outage("pk", "PK", "2014-12-22T17:15Z", "2014-12-22T23:00Z")};
  auto all = threaded(kTwoOutages, outages);
  EXPECT_EQ(all.of("kp1").id, all.of("kp2").id);
  EXPECT_NE(all.of("kp1").id, all.of("pk1").id);
  EXPECT_EQ(all.of("kp1").outage_ids, std::vector<std::string>{"kp"});
  EXPECT_EQ(all.strand_of("kp2"), "outage");
}

TEST(Incidents, KeepToWhatEditorsDecided) {
  auto parted = threaded(kStudio, {}, {{}, {{"hack", "sanctions", 1}}});
  EXPECT_NE(parted.of("hack").id, parted.of("sanctions").id);
  auto joined = threaded(kStudio, {}, {{{"hack", "bread", 1}}, {}});
  EXPECT_EQ(joined.of("hack").id, joined.of("bread").id);
  auto again = threaded(kStudio, {}, {{{"hack", "bread", 1}}, {{"bread", "hack", 2}}});
  EXPECT_NE(again.of("hack").id, again.of("bread").id);
}

TEST(References, PointBackByWordsOrByAName) {
  struct Row {
    const char* title;
    const char* words;
    model::Happening happening;
  };
  for (const auto& [title, words, happening] : std::initializer_list<Row>{
           {"Sanctions after the Sony hack", "after the Sony hack", model::Happening::kBreach},
           {"Calls for calm in response to the outage", "to the outage", model::Happening::kOutage},
           {"In the wake of a massive cyberattack, banks close", "of a massive cyberattack",
            model::Happening::kAttack},
           {"FBI looks into Sony Pictures breach", "Sony Pictures breach",
            model::Happening::kBreach},
           {"Pyongyang slams US over new sanctions", "over new sanctions",
            model::Happening::kSanctions},
           {"Wegen des Cyberangriffs ... nach dem Hackerangriff", "nach dem Hackerangriff",
            model::Happening::kBreach}}) {
    auto found = references_in(title, "");
    ASSERT_FALSE(found.empty()) << title;
    EXPECT_EQ(found.back().words, words);
    EXPECT_EQ(found.back().happening, happening);
  }
  for (const char* title : {"A hack and an outage", "Internet outage in Spain",
                            "Nationwide Power Outage Hits Cuba", "Massive Data Breach at a Bank"}) {
    EXPECT_TRUE(references_in(title, "").empty()) << title;
  }
}

// Headlines of outages are alike; nobody measured these.
TEST(Incidents, AreNotMadeOfOutagesOfOneWeek) {
  auto all = threaded(
      {{"spain", "2014-12-18T09:00Z", "Internet outage in Spain: cable cut near Cadiz",
        "The Internet of Spain was down for two hours after an anchor cut a cable off Cadiz."},
       {"ghana", "2014-12-18T15:00Z", "Internet outage in Ghana: power fails in Accra",
        "The Internet of Ghana was down when a substation in Accra burnt."},
       {"nepal", "2014-12-19T10:00Z", "Internet outage in Nepal: landslide hits Pokhara",
        "The Internet of Nepal was down since a landslide buried lines at Pokhara."}});
  EXPECT_NE(all.of("spain").id, all.of("ghana").id);
  EXPECT_NE(all.of("spain").id, all.of("nepal").id);
  EXPECT_NE(all.of("ghana").id, all.of("nepal").id);
}

TEST(Origins, OfWiresMeasurersAndPublishers) {
  model::Revision revision;
  model::Extraction extraction;
  revision.canonical_url = "https://www.example.org/a";
  EXPECT_EQ(origin_of(revision, extraction), "example.org");
  revision.publisher = "The Paper";
  EXPECT_EQ(origin_of(revision, extraction), "the paper");
  extraction.happening = model::Happening::kOutage;
  model::Mention measurer;
  measurer.kind = model::MentionKind::kMeasurer;
  measurer.name = "Dyn Research";
  extraction.mentions = {measurer};
  EXPECT_EQ(origin_of(revision, extraction), "Dyn Research");
  revision.body = "SEOUL, Dec 23 (Reuters) - The Internet is back.";
  EXPECT_EQ(origin_of(revision, extraction), "Reuters");
}

TEST(Origins, AreCountedNotEntries) {
  auto items = items_of({{"a", "2014-12-22T18:00Z", "North Korea loses Internet routes",
                          "SEOUL (Reuters) - All routes of North Korea vanished on Monday."},
                         {"b", "2014-12-22T18:10Z", "North Korea loses Internet routes",
                          "SEOUL (Reuters) - All routes of North Korea vanished on Monday."},
                         {"c", "2014-12-22T18:20Z", "All Internet routes of North Korea vanish",
                          "WASHINGTON (AP) - Nothing of North Korea's Internet is to be seen."}});
  auto clusters = cluster(items);
  ASSERT_EQ(clusters.size(), 1U);
  EXPECT_EQ(clusters[0].story.entry_ids.size(), 3U);
  EXPECT_EQ(clusters[0].story.origins, 2);
}

// Real stories ------------------------------------------------------------------------------------

// BCubed F1 (Amigó et al. 2009) of entries in clusters, each with its label.
double b_cubed(const std::map<std::string, std::vector<std::string>>& labels_by_cluster) {
  std::map<std::string, double> size;
  double entries = 0, precision = 0, recall = 0;
  for (const auto& [cluster, labels] : labels_by_cluster) {
    for (const auto& label : labels) {
      size[label] += 1;
      entries += 1;
    }
  }
  for (const auto& [cluster, labels] : labels_by_cluster) {
    std::map<std::string, double> here;
    for (const auto& label : labels) here[label] += 1;
    for (const auto& [label, n] : here) {
      precision += n * n / static_cast<double>(labels.size());
      recall += n * n / size[label];
    }
  }
  precision /= entries;
  recall /= entries;
  return 2 * precision * recall / (precision + recall);
}

TEST(Real, HeadlinesOfAnAggregator) {
  NEED_SHARED_DATA("stories/headlines.jsonl");
  std::vector<Item> items;
  std::map<std::string, std::string> label_of;
  for (const auto& object :
       support::read_jsonl(support::shared_data() / "stories/headlines.jsonl")) {
    model::Revision revision;
    revision.entry_id = support::text_of(object, "id");
    revision.title = support::text_of(object, "title");
    revision.published = model::parse_iso(support::text_of(object, "date"));
    revision.language = "en";
    label_of[revision.entry_id] = support::text_of(object, "cluster");
    items.push_back(item_of(revision, {}, {}, revision.published->at));
  }
  std::map<std::string, std::vector<std::string>> labels;
  for (const auto& one : cluster(items)) {
    for (const auto& id : one.story.entry_ids) labels[one.story.id].push_back(label_of[id]);
  }
  std::set<std::string> gold;
  for (const auto& [id, label] : label_of) gold.insert(label);
  EXPECT_GE(b_cubed(labels), 0.84);
  EXPECT_LE(labels.size(), 2 * gold.size());
}

}  // namespace
}  // namespace correlate
