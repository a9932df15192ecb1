#include "tests/store/contract.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/retain.h"
#include "tests/store/samples.h"

// What store/store.h promises, for every backend.
namespace {

using contract::Contract;
using samples::at;
using store::Put;
using testing::ElementsAre;
using testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(Backends, Contract, contract::backends(), contract::name_of);

TEST_P(Contract, AnEmptyStoreHasNothing) {
  EXPECT_EQ(*store_->counts(), store::Counts{});
  EXPECT_THAT(*store_->sources(), IsEmpty());
  EXPECT_EQ(*store_->entry("x"), std::nullopt);
  EXPECT_EQ(*store_->extraction("x", 1), std::nullopt);
  EXPECT_THAT(store_->entries("", 10)->ids, IsEmpty());
  EXPECT_EQ(*store_->meta("x"), "");
}

TEST_P(Contract, SourcesAreKeptByIdAndListedByUrl) {
  auto b = samples::source("b"), a = samples::source("a");
  EXPECT_EQ(put(b), Put::kAdded);
  EXPECT_EQ(put(a), Put::kAdded);
  auto later = a;
  later.added_at = at(99);
  EXPECT_EQ(put(later), Put::kUnchanged);
  open();
  EXPECT_THAT(*store_->sources(), ElementsAre(a, b));
  later.title = "New title";
  EXPECT_EQ(put(later), Put::kRevised);
  later.added_at = a.added_at;
  open();
  EXPECT_EQ(*store_->source(a.id), later);
}

TEST_P(Contract, TheSameBytesOfASourceAreOneDocument) {
  auto document = samples::document("src-1", "bytes");
  EXPECT_EQ(put(document), Put::kAdded);
  auto again = document;
  again.fetched_at = at(99);
  EXPECT_EQ(put(again), Put::kUnchanged);
  again.source_id = "src-2";
  EXPECT_EQ(put(again), Put::kAdded);
  open();
  EXPECT_EQ(*store_->document("src-1", document.id), document);
  EXPECT_THAT(*store_->documents(document.id), ElementsAre(document, again));
  EXPECT_EQ(*store_->document("src-3", document.id), std::nullopt);
}

TEST_P(Contract, ADocumentIsFoundByTheBeginningOfItsId) {
  auto document = samples::document("src-1", "bytes");
  put(document);
  put(samples::document("src-1", "other bytes"));
  open();
  EXPECT_THAT(*store_->documents(document.id.substr(0, 12)), ElementsAre(document));
  EXPECT_THAT(*store_->documents("g"), IsEmpty());
}

TEST_P(Contract, WhatWasReadIsKnownByItsFingerprint) {
  auto document = samples::document("src-1", "bytes");
  put(document);
  open();
  EXPECT_TRUE(*store_->was_read(document.url, document.fingerprint));
  EXPECT_FALSE(*store_->was_read(document.url, "other"));
  EXPECT_FALSE(*store_->was_read("elsewhere", document.fingerprint));
}

TEST_P(Contract, RawBytesAreKeptOnceAndByteForByte) {
  model::RawDocument raw{"d", "zstd", std::string("\0\xFF not text \0", 13)};
  EXPECT_EQ(put(raw), Put::kAdded);
  auto other = raw;
  other.bytes = "other";
  EXPECT_EQ(put(other), Put::kUnchanged);
  EXPECT_EQ(put(model::RawDocument{"empty", "", ""}), Put::kAdded);
  open();
  EXPECT_EQ(*store_->raw("d"), raw);
  EXPECT_EQ(*store_->raw("empty"), (model::RawDocument{"empty", "", ""}));
  EXPECT_EQ(*store_->raw("none"), std::nullopt);
  // Bytes that were given away and come again are kept again.
  model::RawDocument given{"given", std::string(store::kRemoved), "2014-12-22T16:15:00Z"};
  EXPECT_EQ(put(given), Put::kAdded);
  EXPECT_EQ(*store_->raw("given"), given);
  EXPECT_EQ(put(model::RawDocument{"given", "", "again"}), Put::kAdded);
  EXPECT_EQ(put(given), Put::kUnchanged);
  EXPECT_EQ((*store_->raw("given"))->bytes, "again");
}

TEST_P(Contract, WhatAFeedLeavesOutIsGoneAndMayComeBack) {
  auto dated = [](int day) {
    auto revision = samples::revision("Entry of day " + std::to_string(day));
    revision.published = model::Timestamp{at(day * 100), model::Precision::kSecond, "Z"};
    return revision;
  };
  for (int day : {1, 2, 3, 4}) put(samples::entry("e" + std::to_string(day)), dated(day));
  auto present = [&](const std::set<std::string>& ids, int now) {
    auto writer = begin();
    auto gone = writer->set_present("src-1", {at(200), at(401)}, ids, at(now));
    EXPECT_TRUE(writer->commit());
    return *gone;
  };
  // The first is older than what the feed tells of; it is not gone for that.
  EXPECT_EQ(present({"e2", "e4"}, 500), 1);
  EXPECT_EQ(present({"e2", "e4"}, 600), 0);
  open();
  EXPECT_EQ((*store_->entry("e1"))->gone_at, std::nullopt);
  EXPECT_EQ((*store_->entry("e2"))->gone_at, std::nullopt);
  EXPECT_EQ((*store_->entry("e3"))->gone_at, at(500));
  EXPECT_EQ(present({"e2", "e3", "e4"}, 700), 0);
  open();
  EXPECT_EQ((*store_->entry("e3"))->gone_at, std::nullopt);
  auto elsewhere = begin();
  EXPECT_EQ(*elsewhere->set_present("src-2", {at(0), at(900)}, {}, at(800)), 0);
}

TEST_P(Contract, ARevisionRoundTripsAndGetsItsNumberAndClock) {
  auto sent = samples::revision("Down", "All four networks.");
  EXPECT_EQ(put(samples::entry("e"), sent), Put::kAdded);
  open();
  EXPECT_EQ(*store_->entry("e"), samples::entry("e"));
  auto kept = *store_->revisions("e");
  ASSERT_EQ(kept.size(), 1U);
  sent.entry_id = "e";
  sent.number = 1;
  sent.content_hash = model::revision_hash(sent);
  sent.known_at = at(-1);  // the last second of the day of publication
  EXPECT_EQ(kept[0], sent);
}

TEST_P(Contract, BytesThatAreNoTextSurvive) {
  auto sent = samples::revision(std::string("nul \0 and \xFF", 11), "\xC3");
  sent.authors = {"\xFF\xFE", ""};
  put(samples::entry("e"), sent);
  open();
  auto kept = store_->revisions("e")->front();
  EXPECT_EQ(kept.title, sent.title);
  EXPECT_EQ(kept.body, sent.body);
  EXPECT_EQ(kept.authors, sent.authors);
}

TEST_P(Contract, TheSameTextIsNotRevisedAndAnotherIs) {
  auto first = samples::revision("one"), second = samples::revision("two");
  auto entry = samples::entry("e");
  EXPECT_EQ(put(entry, first), Put::kAdded);
  first.seen_at = at(50);
  first.updated = {at(60), model::Precision::kSecond, "Z"};
  EXPECT_EQ(put(entry, first), Put::kUnchanged) << "`updated` alone is no change";
  second.updated = {at(100), model::Precision::kSecond, "Z"};
  second.seen_at = at(200);
  EXPECT_EQ(put(entry, second), Put::kRevised);
  open();
  auto kept = *store_->revisions("e");
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[1].number, 2);
  EXPECT_EQ(kept[1].known_at, at(100)) << "a later revision was out when it was updated";
  EXPECT_EQ(store_->counts()->revisions, 2);
}

TEST_P(Contract, AnOldTextComesBackOnlyWhenItSaysSo) {
  auto one = samples::revision("one"), two = samples::revision("two");
  auto entry = samples::entry("e");
  two.updated = {at(100), model::Precision::kSecond, "Z"};
  put(entry, one);
  put(entry, two);
  EXPECT_EQ(put(entry, one), Put::kUnchanged) << "a stale copy";
  one.updated = {at(100), model::Precision::kSecond, "Z"};
  EXPECT_EQ(put(entry, one), Put::kUnchanged) << "not later";
  one.updated = {at(101), model::Precision::kSecond, "Z"};
  EXPECT_EQ(put(entry, one), Put::kRevised) << "changed back";
  EXPECT_EQ(store_->revisions("e")->back().number, 3);
}

TEST_P(Contract, EntriesComeInPages) {
  write([](store::Writer& w) {
    for (const char* id : {"c", "a", "e", "b", "d"}) {
      ASSERT_TRUE(w.put(samples::entry(id), samples::revision("same words")));
    }
  });
  auto first = *store_->entries("", 2);
  EXPECT_THAT(first.ids, ElementsAre("a", "b"));
  EXPECT_EQ(first.next, "b");
  auto last = *store_->entries("c", 2);
  EXPECT_THAT(last.ids, ElementsAre("d", "e"));
  EXPECT_EQ(last.next, "") << "nothing after them";
  auto matches = *store_->search({{"same"}, {}, {}}, "b", 2);
  EXPECT_THAT(matches.ids, ElementsAre("c", "d"));
  EXPECT_EQ(matches.next, "d");
  EXPECT_THAT(store_->entries("", 0)->ids, IsEmpty());
}

struct SearchRow {
  const char* name;
  store::TextQuery query;
  std::vector<std::string> ids;
};

TEST_P(Contract, Search) {
  write([](store::Writer& w) {
    auto put_text = [&](const char* id, const char* title, const char* body) {
      auto revision = samples::revision(title, body);
      revision.publisher = "Gazette";
      revision.tags = {"Sony hack", "Phénix"};
      ASSERT_TRUE(w.put(samples::entry(id), revision));
    };
    put_text("1", "North Korea's Internet is back", "It was down for 9.5 hours on 175.45.176.0/22");
    put_text("2", "北朝鮮のネットが停止", "平壌から");
    put_text("3", "Korea, North and South", "Café « Phénix » — AND OR NOT \"quoted\"");
    put_text("4", "북한 인터넷 Sony해킹", "조선");
    put_text("5", "old wording", "");
    put_text("5", "new wording", "");
  });
  const std::vector<SearchRow> rows = {
      {"folded", {{"CAFE"}, {}, {}}, {"3"}},
      {"possessive", {{"korea"}, {}, {}}, {"1", "3"}},
      {"all words", {{"korea", "south"}, {}, {}}, {"3"}},
      {"across fields", {{"hours", "gazette", "internet"}, {}, {}}, {"1"}},
      {"phrase", {{}, {"north korea"}, {}}, {"1"}},
      {"phrase not across tags", {{}, {"hack gazette"}, {}}, {}},
      {"without", {{"korea"}, {}, {"south"}}, {"1"}},
      {"number", {{"9.5"}, {}, {}}, {"1"}},
      {"prefix", {{"175.45.176.0/22"}, {}, {}}, {"1"}},
      {"only a whole word", {{"kore"}, {}, {}}, {}},
      {"cjk word", {{"朝鮮"}, {}, {}}, {"2"}},
      {"cjk inside", {{"鮮のネ"}, {}, {}}, {"2"}},
      {"cjk not there", {{"北鮮"}, {}, {}}, {}},
      {"one cjk character", {{"北"}, {}, {}}, {"2"}},
      {"last cjk character", {{"止"}, {}, {}}, {"2"}},
      {"hangul", {{"인터넷"}, {}, {}}, {"4"}},
      {"mixed scripts", {{"sony해킹"}, {}, {}}, {"4"}},
      {"without cjk", {{"sony"}, {}, {"북", "朝鮮"}}, {"1", "3", "5"}},
      {"without a mixed one", {{"sony"}, {}, {"sony해킹"}}, {"1", "2", "3", "5"}},
      {"query syntax is text", {{"\"quoted\"", "AND", "NOT", "(", "*"}, {}, {}}, {"3"}},
      {"column syntax is text", {{"title:korea"}, {}, {}}, {}},
      {"newest revision only", {{"old"}, {}, {}}, {}},
      {"newest revision", {{"new"}, {}, {}}, {"5"}},
      {"nothing asked", {{}, {}, {"korea"}}, {}},
      {"nothing but marks", {{"?!"}, {}, {}}, {}},
      {"marks are passed over", {{"?!", "café"}, {}, {}}, {"3"}},
      {"in tags", {{"phenix"}, {"sony hack"}, {"wording"}}, {"1", "2", "3", "4"}},
  };
  for (const auto& row : rows) EXPECT_EQ(found(row.query), row.ids) << row.name;
  auto refused = store_->search({std::vector<std::string>(65, "a"), {}, {}}, "", 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, model::Errc::kInvalid);
}

TEST_P(Contract, OutagesRoundTripAndAreRevised) {
  auto outage = samples::outage("o", at(0));
  EXPECT_EQ(put(outage), Put::kAdded);
  auto again = outage;
  again.seen_at = at(77);
  again.document_id = "other";
  EXPECT_EQ(put(again), Put::kUnchanged);
  again.end.reset();
  again.open = true;
  again.depth.reset();
  again.end_uncertainty = model::Seconds(5);
  EXPECT_EQ(put(again), Put::kRevised);
  EXPECT_EQ(put(outage), Put::kRevised) << "unlike text, a measurement may go back";
  open();
  outage.number = 1;
  again.number = 2;
  auto third = outage;
  third.number = 3;
  EXPECT_THAT(*store_->outage_revisions("o"), ElementsAre(outage, again, third));
  EXPECT_THAT(*store_->outages({}), ElementsAre(third));
  EXPECT_EQ(store_->counts()->outages, 1);
}

TEST_P(Contract, OutagesAreFilteredByPlaceAndTime) {
  write([](store::Writer& w) {
    auto one = samples::outage("z", at(0)), two = samples::outage("a", at(100)),
         three = samples::outage("b", at(100)), four = samples::outage("c", at(-500));
    one.end = at(10);
    two.end.reset();
    three.scope = {"PK", "Sindh", std::nullopt, ""};
    three.end = at(200);
    four.end = at(-400);
    for (const auto& o : {one, two, three, four}) ASSERT_TRUE(w.put(o));
  });
  auto ids = [&](const store::OutageFilter& filter) {
    std::vector<std::string> out;
    for (const auto& o : *store_->outages(filter)) out.push_back(o.id);
    return out;
  };
  EXPECT_THAT(ids({}), ElementsAre("c", "z", "a", "b"));
  EXPECT_THAT(ids({"PK", {}}), ElementsAre("b"));
  EXPECT_THAT(ids({"", model::Interval{at(9), at(100)}}), ElementsAre("z"));
  EXPECT_THAT(ids({"", model::Interval{at(10), at(101)}}), ElementsAre("a", "b"));
  EXPECT_THAT(ids({"KP", model::Interval{at(9999), at(99999)}}), ElementsAre("a"));
}

TEST_P(Contract, SignalsAreReplacedByFullerOnes) {
  auto signal = samples::signal("s", {4, std::nullopt, 0.1 + 0.2, 1e300, -0.0});
  EXPECT_EQ(put(signal), Put::kAdded);
  EXPECT_EQ(put(signal), Put::kUnchanged);
  open();
  EXPECT_THAT(*store_->signals("KP"), ElementsAre(signal));
  EXPECT_THAT(*store_->signals("PK"), IsEmpty());
  auto fewer = signal;
  fewer.values = {4};
  EXPECT_EQ(put(fewer), Put::kUnchanged);
  signal.values[1] = 7;
  EXPECT_EQ(put(signal), Put::kRevised);
  signal.values.emplace_back(0);
  EXPECT_EQ(put(signal), Put::kRevised);
  open();
  EXPECT_THAT(*store_->signals(""), ElementsAre(signal));
}

// A signal of many blocks, as a store may keep it: grown, changed in the middle, moved.
TEST_P(Contract, LongSignalsGrowAndChange) {
  auto signal = samples::signal("long", {});
  for (int i = 0; i < 9000; ++i) {
    signal.values.push_back(i % 97 == 0 ? std::nullopt : std::optional<double>(i % 13 + 0.5));
  }
  auto other = samples::signal("other", {1, 2});
  EXPECT_EQ(put(signal), Put::kAdded);
  EXPECT_EQ(put(other), Put::kAdded);
  for (int i = 0; i < 3; ++i) signal.values.emplace_back(i);
  EXPECT_EQ(put(signal), Put::kRevised);
  signal.values[4500] = -1e-9;
  EXPECT_EQ(put(signal), Put::kRevised);
  open();
  EXPECT_THAT(*store_->signals("KP"), ElementsAre(signal, other));
  // Another step: another series under the same id, and a shorter one.
  signal.step = model::Seconds(60);
  signal.values.resize(10);
  EXPECT_EQ(put(signal), Put::kRevised);
  open();
  EXPECT_THAT(*store_->signals("KP"), ElementsAre(signal, other));
}

TEST_P(Contract, ChangesTellWhatIsNewAndPutsThatChangeNothingTellNothing) {
  write([](store::Writer& w) {
    for (int round = 0; round < 2; ++round) {
      ASSERT_TRUE(w.put(samples::source("a")));
      ASSERT_TRUE(w.put(samples::document("a", "b")));
      ASSERT_TRUE(w.put(samples::entry("e"), samples::revision("one")));
      ASSERT_TRUE(w.put(samples::outage("o", at(0))));
      ASSERT_TRUE(w.put(samples::signal("s", {1})));
    }
    EXPECT_EQ(*w.append(samples::edit("lnk-1")), 1);
  });
  using store::ChangeKind;
  store::Change entry{1, ChangeKind::kEntry, "e"}, outage{2, ChangeKind::kOutage, "o"},
      signal{3, ChangeKind::kSignal, "s"}, edit{4, ChangeKind::kEdit, "1"};
  EXPECT_THAT(*store_->changes(0, 10), ElementsAre(entry, outage, signal, edit));
  EXPECT_THAT(*store_->changes(1, 2), ElementsAre(outage, signal));
  EXPECT_THAT(*store_->changes(4, 10), IsEmpty());
}

TEST_P(Contract, EditsAreAppendedAndNumbered) {
  auto one = samples::edit("lnk-1"), two = samples::edit("lnk-2");
  write([&](store::Writer& w) {
    EXPECT_EQ(*w.append(one), 1);
    EXPECT_EQ(*w.append(two), 2);
  });
  one.seq = 1;
  two.seq = 2;
  EXPECT_THAT(*store_->edits(0), ElementsAre(one, two));
  EXPECT_THAT(*store_->edits(1), ElementsAre(two));
}

TEST_P(Contract, ExtractionsRoundTripAndAreReplaced) {
  auto full = samples::extraction("e", 1), bare = model::Extraction{};
  bare.entry_id = "e";
  bare.revision = 2;
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_extraction(full));
    ASSERT_TRUE(w.set_extraction(bare));
  });
  EXPECT_EQ(*store_->extraction("e", 1), full);
  EXPECT_EQ(*store_->extraction("e", 2), bare);
  full.claims.pop_back();
  write([&](store::Writer& w) { ASSERT_TRUE(w.set_extraction(full)); });
  EXPECT_EQ(*store_->extraction("e", 1), full);
}

TEST_P(Contract, LinksAndVerdictsReplaceThoseOfTheirEntry) {
  auto a = samples::link("e1", "a"), b = samples::link("e1", "b"), c = samples::link("e2", "a");
  auto v1 = samples::verdict("v1", "e1"), v2 = samples::verdict("v2", "e2");
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_links("e1", {b, a}));
    ASSERT_TRUE(w.set_links("e2", {c}));
    ASSERT_TRUE(w.set_verdicts("e1", {v1}));
    ASSERT_TRUE(w.set_verdicts("e2", {v2}));
  });
  EXPECT_THAT(*store_->links_of_entry("e1"), ElementsAre(a, b));
  EXPECT_THAT(*store_->links_of_outage("a"), ElementsAre(a, c));
  EXPECT_EQ(*store_->link(b.id), b);
  EXPECT_EQ(*store_->verdict("v2"), v2);
  a.reasons.clear();
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_links("e1", {a}));
    ASSERT_TRUE(w.set_verdicts("e1", {}));
  });
  EXPECT_THAT(*store_->links_of_entry("e1"), ElementsAre(a));
  EXPECT_EQ(*store_->link(b.id), std::nullopt);
  EXPECT_THAT(*store_->verdicts_of_entry("e1"), IsEmpty());
  EXPECT_THAT(*store_->verdicts_of_entry("e2"), ElementsAre(v2));
}

TEST_P(Contract, StoriesAndIncidentsAreReplacedAsAWhole) {
  model::Story s1{"s1", "One", {"e3", "e1"}, 2}, s2{"s2", "Two", {}};
  model::Incident i1{"i1", "Sony", {at(0), at(9)}, {"s2", "s1"}, {"o1"}},
      i2{"i2", "", {}, {}, {"o2"}};
  i1.strands = {{"attack", "Sony “hacked”", {"s1", "s2"}, {}}, {"outage", "", {}, {"o1"}}};
  i1.ties = {{"s2", "s1", "actors", 7.25, "both name Sony\nPictures"}};
  i1.summary = {{"The studio’s network is down.", "e1"}};
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_stories({s2, s1}));
    ASSERT_TRUE(w.set_incidents({i2, i1}));
  });
  EXPECT_THAT(*store_->stories(), ElementsAre(s1, s2));
  EXPECT_THAT(*store_->incidents(), ElementsAre(i1, i2));
  s1.entry_ids = {"e9"};
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_stories({s1}));
    ASSERT_TRUE(w.set_incidents({}));
  });
  EXPECT_THAT(*store_->stories(), ElementsAre(s1));
  EXPECT_THAT(*store_->incidents(), IsEmpty());
}

TEST_P(Contract, StoriesAndIncidentsArePutAndTakenAwayOneByOne) {
  model::Story s1{"s1", "One", {"e3", "e1"}, 2}, s2{"s2", "Two", {"e2"}, 1};
  model::Incident i1{"i1", "Sony", {at(0), at(9)}, {"s1"}, {"o1"}},
      i2{"i2", "Other", {at(1), at(2)}, {"s2"}, {}};
  i1.strands = {{"attack", "", {"s1"}, {}}};
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_story(s2));
    ASSERT_TRUE(w.set_story(s1));
    ASSERT_TRUE(w.set_incident(i2));
    ASSERT_TRUE(w.set_incident(i1));
  });
  EXPECT_THAT(*store_->stories(), ElementsAre(s1, s2));
  EXPECT_THAT(*store_->incidents(), ElementsAre(i1, i2));
  s1 = {"s1", "One, told longer", {"e9", "e3", "e1"}, 3};
  i1.story_ids = {"s1", "s2"};
  i1.strands.clear();
  i1.outage_ids.clear();
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_story(s1));
    ASSERT_TRUE(w.set_incident(i1));
    ASSERT_TRUE(w.remove_incident("i2"));
    ASSERT_TRUE(w.remove_story("none"));
    ASSERT_TRUE(w.remove_incident("none"));
  });
  EXPECT_THAT(*store_->stories(), ElementsAre(s1, s2));
  EXPECT_THAT(*store_->incidents(), ElementsAre(i1));
  write([&](store::Writer& w) { ASSERT_TRUE(w.remove_story("s1")); });
  EXPECT_THAT(*store_->stories(), ElementsAre(s2));
  // Its members went with it: they do not come back with another of that id.
  s1.entry_ids = {"e4"};
  write([&](store::Writer& w) { ASSERT_TRUE(w.set_story(s1)); });
  EXPECT_THAT(*store_->stories(), ElementsAre(s1, s2));
}

TEST_P(Contract, ARecordBelongsToTheFusedOutageThatWasPutLast) {
  auto one = samples::fused("f1", "o1", "o2"), two = samples::fused("f2", "o2", "o3");
  two.scope.country = "PK";
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_fused(one));
    ASSERT_TRUE(w.set_fused(two));
  });
  EXPECT_THAT(*store_->fused({}), ElementsAre(one, two));
  EXPECT_THAT(*store_->fused({"PK", {}}), ElementsAre(two));
  EXPECT_EQ(*store_->fused_outage("f1"), one);
  EXPECT_EQ(*store_->fused_of("o1"), "f1");
  EXPECT_EQ(*store_->fused_of("o2"), "f2");
  auto shorter = one;
  shorter.measurements.pop_back();
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_fused(shorter));
    ASSERT_TRUE(w.remove_fused("f2"));
    ASSERT_TRUE(w.remove_fused("none"));
  });
  EXPECT_THAT(*store_->fused({}), ElementsAre(shorter));
  EXPECT_EQ(*store_->fused_outage("f2"), std::nullopt);
  EXPECT_EQ(*store_->fused_of("o3"), "");
}

TEST_P(Contract, DetectionsAreReplacedSeriesBySeries) {
  auto early = samples::outage("d1", at(1)), late = samples::outage("d2", at(5)),
       other = samples::outage("d0", at(3));
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.set_detections("a", {late, early}));
    ASSERT_TRUE(w.set_detections("b", {other}));
  });
  EXPECT_THAT(*store_->detections("a"), ElementsAre(early, late));
  EXPECT_THAT(*store_->detections(""), ElementsAre(early, other, late));
  write([&](store::Writer& w) { ASSERT_TRUE(w.set_detections("a", {})); });
  EXPECT_THAT(*store_->detections(""), ElementsAre(other));
}

TEST_P(Contract, ClearingForgetsWhatWasDerivedAndKeepsFactsAndEdits) {
  write([&](store::Writer& w) {
    ASSERT_TRUE(w.put(samples::entry("e"), samples::revision("one")));
    ASSERT_TRUE(w.append(samples::edit("x")));
    ASSERT_TRUE(w.set_extraction(samples::extraction("e", 1)));
    ASSERT_TRUE(w.set_links("e", {samples::link("e", "o")}));
    ASSERT_TRUE(w.set_verdicts("e", {samples::verdict("v", "e")}));
    ASSERT_TRUE(w.set_stories({{"s", "", {"e"}}}));
    ASSERT_TRUE(w.set_incidents({{"i", "", {}, {"s"}, {}}}));
    ASSERT_TRUE(w.set_meta("k", "v"));
    ASSERT_TRUE(w.set_fused(samples::fused("f", "o", "p")));
    ASSERT_TRUE(w.set_detections("d", {samples::outage("d", at(0))}));
  });
  EXPECT_EQ(*store_->meta("k"), "v");
  write([](store::Writer& w) { ASSERT_TRUE(w.clear_derived()); });
  store::Counts left;
  left.entries = left.revisions = left.edits = 1;
  EXPECT_EQ(*store_->counts(), left);
  EXPECT_EQ(*store_->extraction("e", 1), std::nullopt);
  EXPECT_EQ(*store_->meta("k"), "");
  EXPECT_THAT(*store_->fused({}), IsEmpty());
  EXPECT_EQ(*store_->fused_of("o"), "");
  EXPECT_THAT(*store_->detections(""), IsEmpty());
}

TEST_P(Contract, AReaderSeesTheLastCommittedState) {
  put(samples::entry("a"), samples::revision("first"));
  auto writer = begin();
  ASSERT_TRUE(writer->put(samples::entry("b"), samples::revision("second")));
  EXPECT_THAT(store_->entries("", 9)->ids, ElementsAre("a"));
  EXPECT_THAT(found({{"second"}, {}, {}}), IsEmpty());
  ASSERT_TRUE(writer->commit());
  EXPECT_THAT(store_->entries("", 9)->ids, ElementsAre("a", "b"));
  EXPECT_THAT(found({{"second"}, {}, {}}), ElementsAre("b"));
}

TEST_P(Contract, AWriterThatGoesLeavesNothingBehind) {
  put(samples::entry("a"), samples::revision("first"));
  {
    auto writer = begin();
    ASSERT_TRUE(writer->put(samples::entry("a"), samples::revision("other")));
    ASSERT_TRUE(writer->put(samples::outage("o", at(0))));
    ASSERT_TRUE(writer->append(samples::edit("x")));
  }
  EXPECT_EQ(store_->changes(0, 9)->size(), 1U);
  EXPECT_THAT(found({{"first"}, {}, {}}), ElementsAre("a"));
  EXPECT_EQ(put(samples::outage("o", at(0))), Put::kAdded);
  EXPECT_EQ(store_->changes(1, 9)->at(0).seq, 2) << "numbers of what never was are free";
}

TEST_P(Contract, OneWriterAtATime) {
  auto writer = begin();
  auto second = store_->begin();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, model::Errc::kIo);
  ASSERT_TRUE(writer->commit());
  EXPECT_TRUE(store_->begin()) << "free once the first has committed";
}

}  // namespace
