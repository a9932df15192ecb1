#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/store/contract.h"
#include "tests/store/samples.h"

// Random operations on a store on disk and the memory store side by side must agree.
namespace {

constexpr int kOperations = 2000;
constexpr int kSeeds = 3;

// Words that indexes have stumbled over: marks, scripts, syntax, numbers.
const std::vector<std::string> kWords = {
    "korea",  "Korea's",  "Sony",   "résumé", "ÅNGSTRÖM", "ﬁne",    "İstanbul", "ΣΊΣΥΦΟΣ", "हिन्दी",
    "ไทย",    "ภาษาไทย",  "北朝鮮", "ネット", "が",       "한국어", "x北y",     "don't",   "9.5",
    "10,000", "AS131279", "a_b",    "C++",    "\"q\"",    "NOT",    "*",        "🙂",    "ß",
    "ЙОД",    "عربي",     "עברית",  "ǅ",      "Ⅷ",        "½",      "ａｂｃ",   "e\u0301", "ø"};

class Machine {
 public:
  Machine(unsigned seed, contract::Kind kind) : random_(seed), place_(kind) { reopen(); }

  void run() {
    for (int i = 0; i < kOperations && !testing::Test::HasFailure(); ++i) {
      step();
      if (i % 10 == 0) compare_searches();
      if (i % 400 == 0) compare_all();
    }
    finish(true);
    reopen();
    compare_all();
  }

 private:
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  std::string id(const char* prefix, int n) { return prefix + std::to_string(below(n)); }

  std::string words(int most) {
    std::string out;
    for (int n = below(most + 1); n > 0; --n) {
      out += kWords[static_cast<std::size_t>(below(static_cast<int>(kWords.size())))];
      if (below(4) > 0) out += ' ';
    }
    return out;
  }

  void reopen() {
    disk_.reset();
    auto opened = place_.open(std::chrono::seconds(10));
    ASSERT_TRUE(opened) << opened.error().message;
    disk_ = std::move(*opened);
  }

  // Does the same to both writers, which must answer alike.
  template <typename Act>
  void both(Act act) {
    if (!memory_writer_) {
      memory_writer_ = *memory_->begin();
      disk_writer_ = *disk_->begin();
    }
    auto expected = act(*memory_writer_);
    auto got = act(*disk_writer_);
    ASSERT_TRUE(expected);
    ASSERT_TRUE(got) << got.error().message;
    if constexpr (!std::is_same_v<decltype(got), model::Status>) {
      ASSERT_EQ(*got, *expected);
    }
  }

  void finish(bool commit) {
    if (memory_writer_ && commit) {
      ASSERT_TRUE(memory_writer_->commit());
      ASSERT_TRUE(disk_writer_->commit());
    }
    memory_writer_.reset();
    disk_writer_.reset();
  }

  void step() {
    int dice = below(100);
    if (dice < 35) {
      put_revision();
    } else if (dice < 55) {
      put_measurement();
    } else if (dice < 65) {
      put_document();
    } else if (dice < 80) {
      set_derived();
    } else {
      finish(dice < 94);
    }
  }

  void put_revision() {
    auto entry = samples::entry(id("e", 12));
    auto revision = samples::revision(words(2), words(3));
    revision.publisher = words(1);
    revision.tags = {words(2), words(1)};
    if (below(2) > 0) revision.updated = {samples::at(below(50)), model::Precision::kMinute, "Z"};
    if (below(4) == 0) revision.published.reset();
    both([&](store::Writer& w) { return w.put(entry, revision); });
  }

  void put_measurement() {
    auto outage = samples::outage(id("o", 6), samples::at(below(3) * 100));
    if (below(2) > 0) outage.end.reset();
    outage.scope.country = below(2) > 0 ? "KP" : "PK";
    both([&](store::Writer& w) { return w.put(outage); });
    auto signal = samples::signal(id("s", 3), {});
    for (int n = below(4); n > 0; --n) {
      signal.values.push_back(below(3) > 0 ? std::optional<double>(below(2) / 3.0) : std::nullopt);
    }
    both([&](store::Writer& w) { return w.put(signal); });
  }

  void put_document() {
    auto source = samples::source(id("url", 3));
    source.title = words(1);
    auto document = samples::document(source.id, id("bytes", 5));
    both([&](store::Writer& w) { return w.put(source); });
    both([&](store::Writer& w) { return w.put(document); });
    if (below(3) == 0) both([&](store::Writer& w) { return w.append(samples::edit("x")); });
  }

  void set_derived() {
    auto entry = id("e", 12);
    std::vector<model::Link> links;
    std::vector<model::Verdict> verdicts;
    for (int n = below(3); n > 0; --n) {
      links.push_back(samples::link(entry, id("o", 6)));
      verdicts.push_back(samples::verdict(id("v", 9), entry));
    }
    std::vector<model::Story> stories;
    std::vector<model::Incident> incidents;
    for (int n = below(3); n > 0; --n) {
      stories.push_back({id("st", 4), words(1), {id("e", 12), id("e", 12)}, below(4)});
      incidents.push_back({id("in", 4), words(1), {}, {id("st", 4)}, {id("o", 6)}});
      incidents.back().ties.push_back({id("st", 4), id("o", 6), "outage", 0.5, words(2)});
    }
    auto extraction = samples::extraction(entry, below(3));
    if (below(2) > 0) extraction.claims.clear();
    both([&](store::Writer& w) { return w.set_links(entry, links); });
    both([&](store::Writer& w) { return w.set_verdicts(entry, verdicts); });
    both([&](store::Writer& w) { return w.set_stories(stories); });
    both([&](store::Writer& w) { return w.set_incidents(incidents); });
    model::Story story{id("st", 4), words(2), {id("e", 12)}, 1};
    model::Incident incident{id("in", 4), words(1), {}, {story.id}, {}};
    auto gone_story = id("st", 4), gone_incident = id("in", 4);
    both([&](store::Writer& w) { return w.set_story(story); });
    both([&](store::Writer& w) { return w.set_incident(incident); });
    if (below(3) == 0) {
      both([&](store::Writer& w) { return w.remove_story(gone_story); });
      both([&](store::Writer& w) { return w.remove_incident(gone_incident); });
    }
    both([&](store::Writer& w) { return w.set_extraction(extraction); });
    auto fused = samples::fused(id("f", 4), id("o", 6), id("r", 3));
    auto series = id("series", 2), gone = id("f", 4);
    both([&](store::Writer& w) { return w.set_fused(fused); });
    both([&](store::Writer& w) { return w.set_detections(series, {fused}); });
    if (below(3) == 0) both([&](store::Writer& w) { return w.remove_fused(gone); });
    auto key = id("k", 3), value = words(1);
    both([&](store::Writer& w) { return w.set_meta(key, value); });
    if (below(20) == 0) both([](store::Writer& w) { return w.clear_derived(); });
  }

  template <typename Read>
  void agree(const char* what, Read read) {
    auto expected = read(*memory_);
    auto got = read(*disk_);
    ASSERT_TRUE(expected);
    ASSERT_TRUE(got) << got.error().message;
    ASSERT_EQ(*got, *expected) << what;
  }

  void compare_searches() {
    store::TextQuery query;
    for (int n = below(2); n >= 0; --n) query.words.push_back(words(1));
    if (below(3) == 0) query.phrases.push_back(words(3));
    if (below(3) == 0) query.without.push_back(words(2));
    auto limit = static_cast<std::size_t>(below(4));
    auto after = id("e", 12);
    auto expected = memory_->search(query, after, limit);
    auto got = disk_->search(query, after, limit);
    ASSERT_TRUE(expected);
    ASSERT_TRUE(got) << got.error().message;
    ASSERT_EQ(got->ids, expected->ids)
        << testing::PrintToString(query.words) << testing::PrintToString(query.phrases)
        << testing::PrintToString(query.without);
    ASSERT_EQ(got->next, expected->next);
  }

  void compare_all() {
    using store::Store;
    agree("counts", [](Store& s) { return s.counts(); });
    agree("sources", [](Store& s) { return s.sources(); });
    agree("changes", [](Store& s) { return s.changes(0, 100000); });
    agree("edits", [](Store& s) { return s.edits(0); });
    agree("outages", [](Store& s) { return s.outages({}); });
    agree("KP now", [](Store& s) {
      return s.outages({"KP", model::Interval{samples::at(50), samples::at(150)}});
    });
    agree("signals", [](Store& s) { return s.signals("KP"); });
    agree("signal", [](Store& s) { return s.signal("s1"); });
    agree("heads of signals", [](Store& s) { return s.signal_heads(); });
    agree("stories", [](Store& s) { return s.stories(); });
    agree("incidents", [](Store& s) { return s.incidents(); });
    agree("fused", [](Store& s) { return s.fused({}); });
    agree("detections", [](Store& s) { return s.detections(""); });
    for (int n = 0; n < 12; ++n) {
      auto e = "e" + std::to_string(n), o = "o" + std::to_string(n);
      agree("entry", [&](Store& s) { return s.entry(e); });
      agree("revisions", [&](Store& s) { return s.revisions(e); });
      agree("extraction", [&](Store& s) { return s.extraction(e, n % 3); });
      agree("links", [&](Store& s) { return s.links_of_entry(e); });
      agree("links", [&](Store& s) { return s.links_of_outage(o); });
      agree("verdicts", [&](Store& s) { return s.verdicts_of_entry(e); });
      agree("outage", [&](Store& s) { return s.outage_revisions(o); });
      agree("fused of", [&](Store& s) { return s.fused_of(o); });
      agree("meta", [&](Store& s) { return s.meta("k" + std::to_string(n)); });
    }
  }

  std::mt19937 random_;
  contract::Place place_;
  std::unique_ptr<store::Store> memory_ = store::memory::open();
  std::unique_ptr<store::Store> disk_;
  std::unique_ptr<store::Writer> memory_writer_;
  std::unique_ptr<store::Writer> disk_writer_;
};

class RandomOperations : public testing::TestWithParam<contract::Backend> {};
INSTANTIATE_TEST_SUITE_P(Backends, RandomOperations, contract::disk_backends(), contract::name_of);

TEST_P(RandomOperations, AgreeWithMemory) {
  if (contract::is_missing(GetParam().kind)) GTEST_SKIP() << support::kNoPostgres;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Machine(seed, GetParam().kind).run();
    if (HasFailure()) return;
  }
}

}  // namespace
