#include <memory>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/contract.h"

// All stores answer the same question alike: the one in memory looks at every record, those on disk
// ask their indexes.
namespace {

using model::Instant;
using model::Seconds;
using store::FindOptions;

constexpr auto kPatience = std::chrono::milliseconds(20);
constexpr Instant kNow{Seconds{1'419'400'000}};

class Made {
 public:
  explicit Made(unsigned seed) : random_(seed) {}

  void write(store::Writer& to) {
    for (int i = 0; i < 4; ++i) put_source(to, i);
    for (int i = 0; i < 12; ++i) put_outage(to, i);
    for (int i = 0; i < 40; ++i) put_entry(to, i);
    put_stories(to);
    for (int i = 0; i < 5; ++i) {
      model::Edit edit;
      edit.at = kNow - Seconds{number(1000)};
      edit.who = pick({"ann", "bob"});
      edit.kind = pick({model::EditKind::kNote, model::EditKind::kPin, model::EditKind::kDelete});
      edit.target = fmt::format("ent-{}", number(40));
      edit.value = pick({"sony hack", "power cut", ""});
      ASSERT_TRUE(to.append(edit));
    }
  }

  // A query of some parts.
  std::string query() {
    std::string out;
    int parts = 1 + number(3);
    for (int i = 0; i < parts; ++i) {
      if (i > 0) out += pick({" ", " ", " OR "});
      if (number(4) == 0) out += "-";
      out += part();
    }
    return number(3) == 0 ? out + pick({" kind:claim", " kind:entry", " -kind:outage"}) : out;
  }

  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

 private:
  template <typename T>
  T pick(std::initializer_list<T> from) {
    return *(from.begin() + number(static_cast<int>(from.size())));
  }
  std::string pick(std::initializer_list<const char*> from) {
    return *(from.begin() + number(static_cast<int>(from.size())));
  }

  std::string part() {
    switch (number(16)) {
      case 0:
        return "sony";
      case 1:
        return "\"north korea\"";
      case 2:
        return "평양";
      case 3:
        return "country:" + pick({"KP", "\"North Korea\"", "US", "(KP,IR)"});
      case 4:
        return "asn:" + pick({"131279", "AS1"});
      case 5:
        return "prefix:" + pick({"175.45.176.0/22", "175.45.177.0/24", "10.0.0.0/8"});
      case 6:
        return "actor:" + pick({"guardians", "\"guardians of peace\"", "\"of guardians\""});
      case 7:
        return "source:" + pick({"post", "example", "wire"});
      case 8:
        return "lang:" + pick({"en", "ko"});
      case 9:
        return "type:" + pick({"breach", "outage", "duration", "pin"});
      case 10:
        return "verdict:" + pick({"agrees", "disagrees"});
      case 11:
        return "confidence:" + pick({">0.5", "<=0.25", "0.2..0.8"});
      case 12:
        return pick({"happened:", "published:", "learned:"}) +
               pick({"2014-12-22", "2014-12-20..2014-12-23", "..2014-12-22", "2014-12/P3W"});
      case 13:
        return pick({"story:sty-", "incident:inc-"}) + std::to_string(number(3));
      case 14:
        return fmt::format("entry:ent-{}", number(40));
      default:
        return "(outage OR hack place:" + pick({"pyongyang)", "korea)"});
    }
  }

  void put_source(store::Writer& to, int i) {
    model::Source source;
    source.id = fmt::format("src-{}", i);
    source.url = fmt::format("https://{}.example/feed", pick({"post", "wire"}));
    source.title = pick({"The Post", "Wire News", ""});
    source.added_at = kNow;
    ASSERT_TRUE(to.put(source));
  }

  Instant moment() { return kNow - Seconds{number(400'000)}; }

  void put_outage(store::Writer& to, int i) {
    model::Outage outage;
    outage.id = fmt::format("out-{}", i);
    outage.number = 1;
    outage.scope.country = pick({"KP", "US", "IR"});
    if (number(2) == 0) outage.scope.asn = 131279;
    if (number(3) == 0) outage.scope.prefix = pick({"175.45.176.0/22", "175.45.177.0/24"});
    outage.start = moment();
    outage.open = number(3) == 0;
    if (number(2) == 0) outage.end = outage.start + Seconds{number(90'000)};
    outage.cause = pick({"power cut", ""});
    outage.measurements.push_back({pick({"Dyn Research", "IODA"}), "four networks", "", {}, {}});
    outage.first_seen_at = outage.seen_at = moment();
    ASSERT_TRUE(to.set_fused(outage));
  }

  void put_entry(store::Writer& to, int i) {
    auto id = fmt::format("ent-{}", i);
    model::Entry entry{id, fmt::format("src-{}", number(5)), id, model::IdentityKind::kGuid, kNow,
                       {}};
    int revisions = 1 + number(2);
    for (int n = 1; n <= revisions; ++n) {
      model::Revision revision;
      revision.title = pick({"Sony hack", "North Korea outage", "평양 인터넷", "Korea north"}) +
                       fmt::format(" {}", n);
      revision.body = pick({"the sony breach", "an outage in north korea", "nothing at all"});
      revision.publisher = pick({"The Post", "Other Wire", ""});
      if (number(4) > 0) {
        auto precision = pick({model::Precision::kSecond, model::Precision::kDay});
        auto at = moment();
        if (precision == model::Precision::kDay) at = std::chrono::floor<std::chrono::days>(at);
        revision.published = model::Timestamp{at, precision, "Z"};
      }
      revision.seen_at = kNow;
      ASSERT_TRUE(to.put(entry, revision));
    }
    if (number(5) > 0) put_extraction(to, id, 1 + number(revisions));
  }

  void put_extraction(store::Writer& to, const std::string& id, int revision) {
    model::Extraction extraction;
    extraction.entry_id = id;
    extraction.revision = revision;
    extraction.language = pick({"en", "ko"});
    extraction.happening = pick({model::Happening::kBreach, model::Happening::kOutage});
    extraction.happened = {moment(), model::Precision::kSecond, "Z"};
    model::Mention place;
    place.scope.country = pick({"KP", "US"});
    place.name = pick({"Pyongyang", "North Korea"});
    extraction.mentions.push_back(place);
    model::Mention actor;
    actor.kind = model::MentionKind::kActor;
    actor.name = "Guardians of Peace";
    if (number(2) == 0) extraction.mentions.push_back(actor);
    std::vector<model::Verdict> verdicts;
    for (int i = 0; i < number(3); ++i) {
      model::Claim claim;
      claim.id = fmt::format("clm-{}-{}-{}", id, revision, i);
      claim.kind = pick({model::ClaimKind::kDuration, model::ClaimKind::kStart});
      claim.countries = {pick({"KP", "US"})};
      if (number(2) == 0) claim.interval = model::Interval{moment(), kNow};
      extraction.claims.push_back(claim);
      model::Verdict verdict;
      verdict.id = "vrd-" + claim.id;
      verdict.claim_id = claim.id;
      verdict.entry_id = id;
      verdict.outage_id = fmt::format("out-{}", number(12));
      verdict.verdict = pick({model::VerdictKind::kAgrees, model::VerdictKind::kDisagrees});
      verdicts.push_back(verdict);
    }
    ASSERT_TRUE(to.set_extraction(extraction));
    ASSERT_TRUE(to.set_verdicts(id, verdicts));
    model::Link link;
    link.id = "lnk-" + id;
    link.entry_id = id;
    link.outage_id = fmt::format("out-{}", number(12));
    link.probability = number(100) / 100.0;
    ASSERT_TRUE(to.set_links(id, {link}));
  }

  void put_stories(store::Writer& to) {
    std::vector<model::Story> stories(6);
    for (int i = 0; i < 40; ++i) {
      if (number(5) == 0) continue;
      stories[static_cast<std::size_t>(number(6))].entry_ids.push_back(fmt::format("ent-{}", i));
    }
    std::vector<model::Incident> incidents(3);
    for (int i = 0; i < 6; ++i) {
      stories[static_cast<std::size_t>(i)].id = fmt::format("sty-{}", i);
      stories[static_cast<std::size_t>(i)].origins = number(4);
      auto& incident = incidents[static_cast<std::size_t>(i % 3)];
      incident.id = fmt::format("inc-{}", i % 3);
      incident.span = {moment(), moment()};
      incident.story_ids.push_back(fmt::format("sty-{}", i));
      if (i < 3) incident.outage_ids = {fmt::format("out-{}", i), fmt::format("out-{}", i + 3)};
    }
    ASSERT_TRUE(to.set_stories(stories));
    ASSERT_TRUE(to.set_incidents(incidents));
  }

  std::mt19937 random_;
};

using Row = std::tuple<unsigned, contract::Backend>;

class Find : public testing::TestWithParam<Row> {
 protected:
  static unsigned seed() { return std::get<0>(GetParam()); }

  void SetUp() override {
    auto kind = std::get<1>(GetParam()).kind;
    if (contract::is_missing(kind)) GTEST_SKIP() << support::kNoPostgres;
    memory_ = store::memory::open(kPatience);
    place_.emplace(kind);
    auto opened = place_->open(kPatience);
    ASSERT_TRUE(opened) << opened.error().message;
    disk_ = std::move(*opened);
    for (auto* store : {memory_.get(), disk_.get()}) {
      auto writer = *store->begin();
      Made(seed()).write(*writer);
      ASSERT_TRUE(writer->commit());
    }
  }

  static std::vector<store::Hit> all(store::Store& store, const store::query::Query& query,
                                     FindOptions options) {
    std::vector<store::Hit> out;
    do {
      auto page = store.find(query, options);
      EXPECT_TRUE(page) << page.error().message;
      if (!page) break;
      EXPECT_LE(page->hits.size(), options.limit);
      out.insert(out.end(), page->hits.begin(), page->hits.end());
      options.after = page->next;
    } while (!options.after.empty());
    return out;
  }

  std::optional<contract::Place> place_;
  std::unique_ptr<store::Store> memory_, disk_;
};

INSTANTIATE_TEST_SUITE_P(Seeds, Find,
                         testing::Combine(testing::Range(0U, 6U), contract::disk_backends()),
                         [](const auto& row) {
                           return fmt::format("{}{}", std::get<1>(row.param).name,
                                              std::get<0>(row.param));
                         });

TEST_P(Find, BothStoresAnswerAlike) {
  Made made(seed() + 1000);
  std::size_t found = 0;
  for (int i = 0; i < 100; ++i) {
    auto text = made.query();
    auto query = store::query::parse(text, kNow);
    if (!query) continue;
    for (auto order : {FindOptions::Order::kRelevance, FindOptions::Order::kNewest,
                       FindOptions::Order::kOldest}) {
      FindOptions options{order, {}, static_cast<std::size_t>(1 + made.number(20))};
      auto here = all(*memory_, *query, options), there = all(*disk_, *query, options);
      ASSERT_EQ(here.size(), there.size()) << text;
      for (std::size_t n = 0; n < here.size(); ++n) {
        ASSERT_EQ(here[n].id, there[n].id) << text << " at " << n;
        ASSERT_NEAR(here[n].score, there[n].score, 1e-9) << text;
        ASSERT_EQ(here[n].at, there[n].at) << text;
      }
      found += here.size();
    }
    auto here = memory_->facets(*query, 5), there = disk_->facets(*query, 5);
    ASSERT_TRUE(there) << there.error().message;
    for (std::size_t n = 0; n < std::min(here->size(), there->size()); ++n) {
      EXPECT_EQ((*here)[n].field, (*there)[n].field) << text;
      EXPECT_EQ((*here)[n].values, (*there)[n].values) << text << " " << (*here)[n].field;
    }
    EXPECT_EQ(here->size(), there->size()) << text;
    EXPECT_EQ(*memory_->find_incidents(*query, 5), *disk_->find_incidents(*query, 5)) << text;
  }
  EXPECT_GT(found, 400U);
}

// Queries that name an incident, a story or entries take another way through the database.
TEST_P(Find, WhatIsNamedIsFoundAlike) {
  Made made(seed() + 2000);
  std::size_t found = 0;
  for (int i = 0; i < 60; ++i) {
    auto named = i % 3 == 0   ? fmt::format("incident:inc-{}", made.number(3))
                 : i % 3 == 1 ? fmt::format("story:sty-{}", made.number(6))
                              : fmt::format("(entry:ent-{} OR entry:ent-{} OR story:sty-{})",
                                            made.number(40), made.number(40), made.number(6));
    auto text = i % 6 < 3 ? fmt::format("({}) {}", made.query(), named) : named;
    auto query = store::query::parse(text, kNow);
    if (!query) continue;
    for (auto order : {FindOptions::Order::kRelevance, FindOptions::Order::kNewest,
                       FindOptions::Order::kOldest}) {
      FindOptions options{order, {}, static_cast<std::size_t>(1 + made.number(20))};
      auto here = all(*memory_, *query, options);
      EXPECT_EQ(here, all(*disk_, *query, options)) << text;
      found += here.size();
    }
    EXPECT_EQ(*memory_->find_incidents(*query, 5), *disk_->find_incidents(*query, 5)) << text;
  }
  EXPECT_GT(found, 200U);
}

TEST_P(Find, BothStoresLookUpAlike) {
  for (int i = 0; i < 41; ++i) {
    auto entry = fmt::format("ent-{}", i), story = fmt::format("sty-{}", i);
    EXPECT_EQ(*memory_->story_of(entry), *disk_->story_of(entry));
    EXPECT_EQ(*memory_->incident_of(story), *disk_->incident_of(story));
    EXPECT_EQ(*memory_->story(story), *disk_->story(story));
    auto incident = fmt::format("inc-{}", i);
    EXPECT_EQ(*memory_->incident(incident), *disk_->incident(incident));
  }
  EXPECT_EQ(*memory_->newest_change(), *disk_->newest_change());
  std::string after;
  std::size_t pages = 0;
  do {
    auto here = *memory_->incident_page(after, 2), there = *disk_->incident_page(after, 2);
    EXPECT_EQ(here.ids, there.ids);
    ASSERT_EQ(here.next, there.next);
    after = here.next;
    ++pages;
  } while (!after.empty());
  EXPECT_EQ(pages, 2U);
}

TEST_P(Find, CursorsThatAreNoneAreRefused) {
  auto query = *store::query::parse("sony", kNow);
  for (const char* cursor : {"x", "1.2", "0.0.9.a", "zz.1.1.a"}) {
    FindOptions options;
    options.after = cursor;
    EXPECT_FALSE(memory_->find(query, options)) << cursor;
    EXPECT_FALSE(disk_->find(query, options)) << cursor;
  }
  EXPECT_FALSE(disk_->incident_page("x", 1));
}

}  // namespace
