#include "correlate/stories.h"

#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/features.h"

namespace correlate {
namespace {

constexpr model::Seconds kHour{3600};
const model::Instant kBegin = model::parse_iso("2014-12-22T16:00Z")->at;

Item item(const std::string& id, model::Instant at, const std::string& title,
          const std::string& body = "") {
  Item out;
  out.entry_id = id;
  out.title = title;
  out.language = "en";
  out.published = out.happened = out.learned = at;
  out.words = count_terms(title, body);
  out.sketch = sketch_of(title, body);
  return out;
}

// What stories there are: the ids of the entries of each.
std::set<std::vector<std::string>> partition(const Stories& stories) {
  std::set<std::vector<std::string>> out;
  for (const auto& cluster : stories.clusters()) {
    std::vector<std::string> ids;
    for (auto i : cluster.items) ids.push_back(stories.item(i).entry_id);
    out.insert(ids);
  }
  return out;
}

// Headlines about a few subjects each of which goes on for hours, some of them copies.
class Stream {
 public:
  explicit Stream(unsigned seed) : random_(seed) {}

  Item next(int number) {
    auto subject = random_() % 12;
    std::string title;
    for (int i = 0; i < 7; ++i) {
      bool own = random_() % 3 > 0;
      title += fmt::format("{}{} ", own ? "subject" : "word",
                           own ? subject * 10 + random_() % 8 : random_() % 400);
    }
    if (random_() % 6 == 0 && !last_.empty()) title = last_;
    last_ = title;
    auto at = kBegin + kHour * static_cast<int>(subject * 5) +
              model::Seconds{static_cast<int>(random_() % 40'000)};
    auto out = item(fmt::format("e{:04d}", number), at, title);
    if (random_() % 9 == 0) out.happening = model::Happening::kOutageEnd;
    if (random_() % 7 == 0) out.happening = model::Happening::kOutageStart;
    if (random_() % 5 == 0) out.outages = {fmt::format("o{}", random_() % 3)};
    return out;
  }

  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::mt19937 random_;
  std::string last_;
};

TEST(Stories, DependOnTheItemsAloneNotOnWhenTheyCameOrWent) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    Stream stream(seed);
    // A short journal, so that some are too late for it; the other reaches back to all.
    Stories some(Constraints{}, 40), all(Constraints{}, 100'000);
    std::vector<Item> held;
    for (int i = 0; i < 200; ++i) {
      std::vector<Item> batch;
      for (auto many = 1 + stream.below(4); many > 0; --many)
        batch.push_back(stream.next(10 * i + static_cast<int>(many)));
      held.insert(held.end(), batch.begin(), batch.end());
      some.add(batch);
      all.add(batch);
      if (stream.below(5) > 0) continue;
      auto gone = held.begin() + static_cast<std::ptrdiff_t>(stream.below(held.size()));
      ASSERT_TRUE(some.remove(gone->entry_id));
      ASSERT_TRUE(all.remove(gone->entry_id));
      held.erase(gone);
    }
    Stories anew;
    anew.add(held);
    auto want = partition(anew);
    for (const auto& cluster : anew.clusters()) ASSERT_FALSE(cluster.whole.empty());
    EXPECT_GT(want.size(), 10U);
    EXPECT_LT(want.size(), held.size() / 2);
    ASSERT_EQ(partition(some), want) << "seed " << seed;
    ASSERT_EQ(partition(all), want) << "seed " << seed;
  }
}

TEST(Stories, WhatComesLaterChangesNoDecisionButByRepair) {
  // Two words are rare when the first two come, and common later; they stay together.
  Stories stories;
  stories.add(item("a", kBegin, "Quokka census of Rottnest"));
  stories.add(item("b", kBegin + kHour, "Rottnest quokka numbers"));
  auto before = stories.story_of("a");
  EXPECT_EQ(stories.story_of("b"), before);
  for (int i = 0; i < 300; ++i) {
    stories.add(item(fmt::format("c{}", i), kBegin + kHour * (300 + i),
                     fmt::format("quokka Rottnest number{} other{} thing{}", i, i, i)));
  }
  EXPECT_EQ(stories.story_of("a"), stories.story_of("b"));
}

TEST(Stories, RemoveOfWhatIsNotThereSaysSo) {
  Stories stories;
  EXPECT_FALSE(stories.remove("x"));
  stories.add(item("x", kBegin, "Title"));
  EXPECT_TRUE(stories.remove("x"));
  EXPECT_EQ(stories.size(), 0U);
  EXPECT_TRUE(stories.clusters().empty());
}

TEST(Stories, TheIdStaysWhenAnOlderEntryComesLate) {
  std::vector<Item> items = {item("b", kBegin + kHour, "Studio cancels release of the film"),
                             item("c", kBegin + 2 * kHour, "Studio cancels film release")};
  auto before = cluster(items);
  ASSERT_EQ(before.size(), 1U);
  auto older = item("a", kBegin, "Film release cancelled by studio: studio cancels film");
  older.learned = kBegin + 10 * kHour;
  items.push_back(older);
  auto after = cluster(items);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].story.entry_ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(after[0].story.id, before[0].story.id);
}

TEST(Stories, RepairBringsTogetherWhatBeganApart) {
  Stories stories;
  int n = 0;
  auto tell = [&](const char* title) {
    stories.add(item(fmt::format("e{}", n), kBegin + model::Seconds{600 * n}, title));
    ++n;
  };
  tell("Ferry sinks off Jindo");
  tell("Students missing after disaster");
  auto first = stories.story_of("e0"), second = stories.story_of("e1");
  EXPECT_NE(first, second);
  for (int i = 0; i < 3; ++i) {
    tell("Students missing: ferry sinks off Jindo, disaster");
    tell("Jindo ferry disaster: students still missing");
  }
  EXPECT_EQ(stories.story_of("e0"), stories.story_of("e1"));
}

TEST(Stories, AcrossLanguagesByWhatIsNamed) {
  auto make = [](const char* id, const char* language, int minutes, const char* title,
                 const std::vector<std::string>& facts) {
    auto out = item(id, kBegin + model::Seconds{60 * minutes}, title);
    out.language = language;
    out.happening = model::Happening::kOutageStart;
    for (const auto& fact : facts) out.facts.push_back({term_id(fact), 256});
    std::sort(out.facts.begin(), out.facts.end(),
              [](const Term& a, const Term& b) { return a.id < b.id; });
    return out;
  };
  Stories stories;
  stories.add(make("en", "en", 0, "North Korea offline", {"@KP/", "@Dyn", "#duration PT9H31M"}));
  stories.add(make("de", "de", 30, "Nordkorea ist vom Netz", {"@KP/", "#duration PT9H31M"}));
  stories.add(make("fr", "fr", 60, "Le Pakistan coupe", {"@PK/", "#duration PT2H"}));
  EXPECT_EQ(stories.story_of("en"), stories.story_of("de"));
  EXPECT_NE(stories.story_of("en"), stories.story_of("fr"));
}

// Bad input ---------------------------------------------------------------------------------------

struct Counts {
  std::size_t stories = 0;
  std::size_t items = 0;
};

// Were it quadratic the tests below would meet their time limit (TIMEOUT in tests/CMakeLists.txt).
Counts clustered(std::vector<Item> items) {
  Counts out;
  for (const auto& one : cluster(items)) {
    ++out.stories;
    out.items += one.items.size();
  }
  return out;
}

TEST(StoriesBadInput, AHundredThousandCopiesOfOneText) {
  std::vector<Item> items;
  auto one = item("x", kBegin, "Routes of North Korea vanish",
                  "All four networks vanished from the table, said a firm that watches them.");
  for (int i = 0; i < 100'000; ++i) {
    one.entry_id = fmt::format("x{:06d}", i);
    one.published = kBegin + model::Seconds{i};
    items.push_back(one);
  }
  auto made = clustered(std::move(items));
  EXPECT_EQ(made.stories, 1U);
  EXPECT_EQ(made.items, 100'000U);
}

TEST(StoriesBadInput, OneStoryOfFiftyThousand) {
  std::mt19937 random(3);
  std::vector<Item> items;
  for (int i = 0; i < 50'000; ++i) {
    std::string title = "Blackout grid collapse Iberia ";
    for (int j = 0; j < 6; ++j) title += fmt::format("w{} ", random() % 30'000);
    items.push_back(item(fmt::format("x{:06d}", i), kBegin + model::Seconds{i}, title));
  }
  auto made = clustered(std::move(items));
  EXPECT_EQ(made.items, 50'000U);
  EXPECT_LT(made.stories, 500U);
}

TEST(StoriesBadInput, FutureUndatedAndEmptyAreKept) {
  std::vector<Item> items = {
      item("future", model::parse_iso("2999-01-01")->at, "Ferry sinks"),
      item("past", model::Instant{model::Seconds{-99999999999}}, "Ferry sinks"),
      item("now", kBegin, "Ferry sinks"), item("empty", kBegin, ""),
      item("marks", kBegin, "!!! ???")};
  for (int i = 0; i < 20; ++i) {
    items.push_back(
        item(fmt::format("undated{}", i), model::Instant{}, fmt::format("Topic{} other{}", i, i)));
    items.back().coarse = true;
  }
  auto made = clustered(items);
  EXPECT_EQ(made.items, items.size());
  EXPECT_EQ(made.stories, items.size());  // nothing of it belongs together
}

// Editors -----------------------------------------------------------------------------------------

TEST(Constrained, EntriesMustOrCannotBeTogether) {
  std::vector<Item> items = {item("a", kBegin, "Ferry sinks off Jindo"),
                             item("b", kBegin + kHour, "Ferry sinks off Jindo island"),
                             item("c", kBegin + 2 * kHour, "Bread prices rise"),
                             item("d", kBegin + 900 * kHour, "Summer fair opens")};
  struct Row {
    const char* what;
    Constraints constraints;
    std::set<std::vector<std::string>> want;
  };
  const Row rows[] = {
      {"nothing", {}, {{"a", "b"}, {"c"}, {"d"}}},
      {"apart", {{}, {{"a", "b", 1}}}, {{"a"}, {"b"}, {"c"}, {"d"}}},
      {"together", {{{"a", "c", 1}}, {}}, {{"a", "b", "c"}, {"d"}}},
      {"together after weeks", {{{"a", "d", 1}}, {}}, {{"a", "b", "d"}, {"c"}}},
      {"through a third", {{{"c", "d", 1}, {"d", "a", 2}}, {}}, {{"a", "b", "c", "d"}}},
      {"the newer holds", {{{"a", "b", 1}}, {{"a", "b", 2}}}, {{"a"}, {"b"}, {"c"}, {"d"}}},
      {"the newer holds", {{{"a", "b", 2}}, {{"a", "b", 1}}}, {{"a", "b"}, {"c"}, {"d"}}},
      {"through others too",
       {{{"a", "c", 3}, {"c", "b", 4}}, {{"a", "b", 2}}},
       {{"a", "b", "c"}, {"d"}}},
      {"what is not there", {{{"a", "zz", 1}}, {{"yy", "b", 2}}}, {{"a", "b"}, {"c"}, {"d"}}}};
  for (const auto& row : rows) {
    Stories stories(row.constraints);
    stories.add(items);
    EXPECT_EQ(partition(stories), row.want) << row.what;
  }
}

TEST(Constrained, HoldInARandomStreamAndWhenItIsReplayed) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    Stream stream(seed);
    Constraints constraints;
    auto id = [&] { return fmt::format("e{:04d}", stream.below(300)); };
    for (int i = 0; i < 40; ++i) {
      constraints.must.push_back({id(), id(), 2 * i});
      constraints.cannot.push_back({id(), id(), 2 * i + 1});
    }
    Bounds bounds(constraints);
    Stories stories(constraints, 50);
    std::vector<Item> held;
    for (int i = 0; i < 300; ++i) {
      held.push_back(stream.next(i));
      stories.add(held.back());
    }
    Stories anew(constraints);
    anew.add(held);
    ASSERT_EQ(partition(stories), partition(anew));
    for (const auto& a : held) {
      for (const auto& b : held) {
        auto x = bounds.group_of(a.entry_id), y = bounds.group_of(b.entry_id);
        if (x == Bounds::kNone || y == Bounds::kNone) continue;
        bool together = stories.story_of(a.entry_id) == stories.story_of(b.entry_id);
        bool right = x == y ? together : !together || !bounds.apart(x, y);
        ASSERT_TRUE(right) << a.entry_id << " " << b.entry_id;
      }
    }
  }
}

}  // namespace
}  // namespace correlate
