// Stories and incidents that are kept while entries come, change and go.
#include "correlate/joining.h"

#include <functional>
#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace correlate {
namespace {

constexpr model::Seconds kHour{3600};
const model::Instant kBegin = model::parse_iso("2014-12-01T00:00Z")->at;

// Items about a few subjects that share words, names and outages, over some weeks.
class Stream {
 public:
  explicit Stream(unsigned seed) : random_(seed) {}

  Item next(std::size_t number) {
    auto subject = first_subject_ + below(14);
    Item out;
    out.entry_id = fmt::format("e{:04d}", number);
    for (int i = 0; i < 7; ++i) {
      bool own = below(3) > 0;
      out.title += fmt::format("{}{} ", own ? "subject" : "word",
                               own ? subject / 2 * 10 + below(8) : below(300));
    }
    if (below(7) == 0 && !last_.empty()) out.title = last_;
    last_ = out.title;
    out.language = below(9) == 0 ? "de" : "en";
    auto hours = static_cast<long>((subject - first_subject_) * 70 + below(90));
    out.published = out.happened = kBegin + hours * kHour;
    out.learned = kBegin + model::Seconds{static_cast<long>(below(1000))};
    out.words = count_terms(out.title, "");
    out.sketch = sketch_of(out.title, "");
    out.happening = static_cast<model::Happening>(below(15));
    for (auto many = below(3); many > 0; --many) name(subject, out);
    if (below(4) == 0) out.outages = {fmt::format("o{}", below(5))};
    if (below(20) == 0) out.outages.push_back(fmt::format("o{}", 5 + below(2)));
    if (below(5) == 0) {
      out.references.push_back({"after the hack",
                                model::Happening::kAttack,
                                {term_id(fmt::format("subject{}", subject / 2 * 10))}});
    }
    return out;
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  void begin_other_subjects() { first_subject_ += 14; }

 private:
  void name(std::size_t subject, Item& out) {
    auto name = fmt::format("Name{}", subject / 3 * 5 + below(4));
    auto id = term_id("@" + name);
    for (const auto& one : out.names) {
      if (one.id == id) return;
    }
    out.names.push_back({id, model::MentionKind::kActor, name});
  }

  std::mt19937 random_;
  std::string last_;
  std::size_t first_subject_ = 0;
};

OutageIndex some_outages() {
  std::vector<model::Outage> out(7);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].id = fmt::format("o{}", i);
    out[i].scope.country = i % 3 == 0 ? "KP" : i % 3 == 1 ? "SY" : "";
    out[i].start = kBegin + static_cast<long>(100 * i) * kHour;
    out[i].end = out[i].start + kHour;
  }
  return OutageIndex(out);
}

JoiningRules some_rules(Stream& stream, std::size_t entries, int many) {
  JoiningRules out;
  auto pair = [&](std::int64_t seq) {
    return Pair{fmt::format("e{:04d}", stream.below(entries)),
                fmt::format("e{:04d}", stream.below(entries)), seq};
  };
  for (int i = 0; i < many; ++i) {
    out.stories.must.push_back(pair(4 * i));
    out.stories.cannot.push_back(pair(4 * i + 1));
    out.incidents.must.push_back(pair(4 * i + 2));
    out.incidents.cannot.push_back(pair(4 * i + 3));
  }
  return out;
}

// Records as a store would have them: what was told is put, what is gone is taken away.
struct Held {
  std::map<std::string, model::Story> stories;
  std::map<std::string, model::Incident> incidents;

  void take(const Joining::Changes& changes) {
    for (const auto& id : changes.gone_stories) stories.erase(id);
    for (const auto& id : changes.gone_incidents) incidents.erase(id);
    for (const auto& one : changes.stories) stories[one.id] = one;
    for (const auto& one : changes.incidents) incidents[one.id] = one;
  }
};

Held anew(const std::map<std::string, Item>& items, const JoiningRules& rules,
          const OutageIndex& outages) {
  std::vector<Item> all;
  for (const auto& [id, item] : items) all.push_back(item);
  Held out;
  auto joined = join(all, outages, rules);
  for (const auto& one : joined.stories) out.stories[one.id] = one;
  for (const auto& one : joined.incidents) out.incidents[one.id] = one;
  return out;
}

// How far the journal reaches back; after how many steps people decide anew, and whether they then
// only say more, or take something back, instead of saying all otherwise.
struct Case {
  unsigned seed;
  std::size_t journal;
  std::size_t decide;
  bool little = false;
};

void decide_a_little(Stream& stream, std::size_t entries, JoiningRules& rules) {
  auto more = some_rules(stream, entries, 1);
  auto say = [&](std::vector<Pair>& to, Pair pair) {
    pair.seq = static_cast<std::int64_t>(entries);
    if (stream.below(2) == 0) to.push_back(pair);
    if (stream.below(4) == 0 && !to.empty()) {
      to.erase(to.begin() + static_cast<long>(stream.below(to.size())));
    }
  };
  say(rules.stories.must, more.stories.must[0]);
  say(rules.stories.cannot, more.stories.cannot[0]);
  say(rules.incidents.must, more.incidents.must[0]);
  say(rules.incidents.cannot, more.incidents.cannot[0]);
}

class Kept : public testing::TestWithParam<Case> {};

TEST_P(Kept, EqualsAnewWhateverComesChangesOrGoes) {
  constexpr std::size_t kSteps = 150;
  auto [seed, journal, decide, little] = GetParam();
  Stream stream(seed);
  auto outages = some_outages();
  JoiningRules rules;
  Joining joining(rules, journal);
  std::map<std::string, Item> items;
  Held held;
  std::size_t merged = 0;
  for (std::size_t i = 0; i < kSteps; ++i) {
    std::vector<std::string> gone;
    std::vector<Item> fresh;
    for (auto many = 1 + stream.below(3); many > 0; --many) {
      auto item = stream.next(stream.below(3) == 0 ? stream.below(i + 1) : 3 * i + many);
      locate(item, outages);
      bool again = std::any_of(fresh.begin(), fresh.end(),
                               [&](const Item& one) { return one.entry_id == item.entry_id; });
      if (!again) fresh.push_back(item);
    }
    if (stream.below(4) == 0) {
      gone.push_back(fmt::format("e{:04d}", stream.below(3 * i + 1)));
      std::erase_if(fresh, [&](const Item& one) { return one.entry_id == gone[0]; });
      items.erase(gone[0]);
    }
    for (const auto& item : fresh) items[item.entry_id] = item;
    if (decide > 0 && i % decide == 0) {
      little ? decide_a_little(stream, 3 * i + 1, rules)
             : static_cast<void>(rules = some_rules(stream, 3 * i + 1, 6));
    }
    joining.constrain(rules);
    joining.change(gone, fresh);
    held.take(joining.take_changes(outages));
    auto want = anew(items, rules, outages);
    ASSERT_EQ(held.stories, want.stories) << "step " << i;
    ASSERT_EQ(held.incidents, want.incidents) << "step " << i;
    merged = std::max(merged, held.stories.size() - held.incidents.size());
  }
  EXPECT_GT(merged, 5U) << "nothing was threaded: nothing was tested";
}

INSTANTIATE_TEST_SUITE_P(Streams, Kept,
                         testing::Values(Case{1, 20'000, 0}, Case{2, 20'000, 20}, Case{3, 30, 0},
                                         Case{4, 30, 15}, Case{5, 5, 0}, Case{6, 20'000, 7},
                                         Case{7, 20'000, 0}, Case{8, 100, 40},
                                         Case{9, 20'000, 1, true}, Case{10, 20'000, 3, true},
                                         Case{11, 40, 2, true}));

// An editor who merges two new stories does not make all be decided again, though old ones were
// merged before.
TEST(Joining, ADecisionCostsWhatItIsAbout) {
  Stream stream(12);
  auto outages = some_outages();
  std::vector<Item> items;
  for (std::size_t i = 0; i < 400; ++i) {
    items.push_back(stream.next(i));
    items.back().published = kBegin + static_cast<long>(i) * kHour;
    locate(items.back(), outages);
  }
  JoiningRules rules;
  rules.stories.must = {{"e0001", "e0050", 1}};
  rules.incidents.cannot = {{"e0002", "e0060", 2}};
  Joining joining(rules);
  joining.change({}, items);
  joining.take_changes(outages);
  auto before = joining.replayed();
  rules.stories.must.push_back({"e0390", "e0395", 3});
  joining.constrain(rules);
  EXPECT_LE(joining.replayed() - before, 10U);
  auto changes = joining.take_changes(outages);
  bool together = std::any_of(changes.stories.begin(), changes.stories.end(), [](const auto& one) {
    auto has = [&](const char* id) {
      return std::find(one.entry_ids.begin(), one.entry_ids.end(), id) != one.entry_ids.end();
    };
    return has("e0390") && has("e0395");
  });
  EXPECT_TRUE(together);
  EXPECT_LE(changes.stories.size(), 20U);
}

TEST(Joining, WhatIsToldFitsTogether) {
  Stream stream(9);
  auto outages = some_outages();
  std::vector<Item> items;
  for (std::size_t i = 0; i < 500; ++i) items.push_back(stream.next(i));
  auto rules = some_rules(stream, 500, 20);
  auto joined = join(items, outages, rules);
  Bounds bounds(rules.incidents);
  std::map<std::string, const model::Story*> stories;
  for (const auto& one : joined.stories) stories[one.id] = &one;
  std::size_t in_incidents = 0, ties = 0;
  for (const auto& incident : joined.incidents) {
    std::vector<std::uint32_t> bound;
    for (const auto& id : incident.story_ids) {
      ++in_incidents;
      ASSERT_TRUE(stories.contains(id));
      for (const auto& entry : stories[id]->entry_ids) {
        auto group = bounds.group_of(entry);
        if (group != Bounds::kNone) bound.push_back(group);
      }
    }
    for (const auto& tie : incident.ties) {
      ++ties;
      EXPECT_TRUE(
          std::binary_search(incident.story_ids.begin(), incident.story_ids.end(), tie.from));
      EXPECT_NE(tie.from, tie.to);
      EXPECT_FALSE(tie.text.empty());
    }
    EXPECT_FALSE(bounds.apart(bound, bound)) << incident.id;
  }
  EXPECT_EQ(in_incidents, joined.stories.size());
  EXPECT_GT(ties, 50U);
}

// Beside the stories, on a second thread, or after each: the same.
TEST(Joining, DoesNotDependOnTheNumberOfThreads) {
  Stream stream(10);
  auto outages = some_outages();
  std::vector<Item> items;
  for (std::size_t i = 0; i < 6000; ++i) {
    items.push_back(stream.next(i));
    items.back().published += static_cast<long>(i) * kHour;
    locate(items.back(), outages);
  }
  Held one, two;
  Joining alone({}, 100, false), beside({}, 100, true);
  alone.change({}, items);
  beside.change({}, items);
  one.take(alone.take_changes(outages));
  two.take(beside.take_changes(outages));
  EXPECT_EQ(one.stories, two.stories);
  EXPECT_EQ(one.incidents, two.incidents);
  EXPECT_LT(one.incidents.size(), one.stories.size());
}

// One an hour, of other subjects every twelve days.
std::vector<Item> hourly(Stream& stream, std::size_t many) {
  std::vector<Item> out;
  for (std::size_t i = 0; i < many; ++i) {
    if (i % 300 == 0) stream.begin_other_subjects();
    out.push_back(stream.next(i));
    out.back().published = kBegin + static_cast<long>(i) * kHour;
  }
  return out;
}

// What long silence makes forgotten, or lets go of, and what is taken in one go without being
// recorded, is as it is where nothing was forgotten.
TEST(Joining, ForgettingChangesNothing) {
  Stream stream(11);
  auto outages = some_outages();
  auto items = hourly(stream, 5000);
  for (auto& item : items) {
    if (stream.below(50) > 0) item.outages.clear();
    locate(item, outages);
  }
  Held one, two;
  Joining forgets({}, 10, false), remembers({}, 100'000, false);
  remembers.change({}, items);
  two.take(remembers.take_changes(outages));
  for (std::size_t i = 0; i < items.size(); i += 500) {
    std::vector<Item> piece(items.begin() + static_cast<long>(i),
                            items.begin() + static_cast<long>(i + 500));
    forgets.change({}, piece);
    one.take(forgets.take_changes(outages));
  }
  EXPECT_EQ(one.stories, two.stories);
  EXPECT_EQ(one.incidents, two.incidents);
  EXPECT_LT(forgets.bytes(), remembers.bytes() / 2);
  EXPECT_EQ(remembers.held(), items.size());
  EXPECT_LT(forgets.held(), items.size() * 3 / 5);
  EXPECT_EQ(forgets.size(), items.size());
}

TEST(Joining, SaysThatItLacksWhatItLetGo) {
  Stream stream(13);
  auto outages = some_outages();
  auto items = hourly(stream, 3000);
  for (auto& item : items) item.outages.clear();
  Joining joining({}, 10, false);
  joining.change({}, items);
  joining.take_changes(outages);
  ASSERT_LT(joining.held(), items.size());
  // What has not changed is known as it was.
  EXPECT_TRUE(joining.contains(items[5].entry_id));
  EXPECT_TRUE(joining.is_as_held(items[5]));
  EXPECT_TRUE(joining.is_as_held(items[2990]));
  items[5].title += "!";
  EXPECT_FALSE(joining.is_as_held(items[5]));
  joining.change({}, {items[2995]});
  EXPECT_FALSE(joining.gave_up());
  joining.change({}, {items[5]});
  EXPECT_TRUE(joining.lacks_items());
  EXPECT_TRUE(joining.gave_up());
}

TEST(Print, IsOfAllThatAnItemSays) {
  Stream stream(14);
  Item item = stream.next(1);
  item.names = {{7, model::MentionKind::kActor, "Lazarus"}};
  item.facts = {{8, 256}};
  item.references = {{"after the hack", model::Happening::kAttack, {9}}};
  item.outages = {"o1"};
  item.countries = {"KP"};
  item.places = {"SY"};
  item.sketch.lead = {3};
  item.sketch.link = "wire.example/a";
  const std::function<void(Item&)> changes[] = {
      [](Item& one) { one.entry_id += "x"; },
      [](Item& one) { one.title += "x"; },
      [](Item& one) { one.language = "fr"; },
      [](Item& one) { one.published += kHour; },
      [](Item& one) { one.coarse = !one.coarse; },
      [](Item& one) { one.learned += kHour; },
      [](Item& one) { one.happening = model::Happening::kSanctions; },
      [](Item& one) { one.happened += kHour; },
      [](Item& one) { ++one.words[0].weight; },
      [](Item& one) { one.names[0].name = "Guardians"; },
      [](Item& one) { one.names[0].kind = model::MentionKind::kOrganisation; },
      [](Item& one) { one.facts.clear(); },
      [](Item& one) { one.references[0].words = "after the breach"; },
      [](Item& one) { one.references[0].happening = model::Happening::kBreach; },
      [](Item& one) { one.references[0].terms.push_back(10); },
      [](Item& one) { one.outages.push_back("o2"); },
      [](Item& one) { one.countries[0] = "SY"; },
      [](Item& one) { one.places.clear(); },
      [](Item& one) { ++one.sketch.least[0]; },
      [](Item& one) { ++one.sketch.bands[0]; },
      [](Item& one) { ++one.sketch.shingles; },
      [](Item& one) { ++one.sketch.lead[0]; },
      [](Item& one) { one.sketch.all_lead = !one.sketch.all_lead; },
      [](Item& one) { one.sketch.link += "x"; },
      [](Item& one) { ++one.sketch.title[0]; },
      [](Item& one) { one.origin = "wire"; },
      // The same letters in another field.
      [](Item& one) { std::swap(one.countries, one.places); },
      [](Item& one) {
        one.outages = {"o"};
        one.countries = {"1KP"};
      },
  };
  EXPECT_EQ(print_of(item), print_of(Item(item)));
  std::size_t number = 0;
  for (const auto& change : changes) {
    auto other = item;
    change(other);
    EXPECT_NE(print_of(other), print_of(item)) << "change " << number++;
  }
}

}  // namespace
}  // namespace correlate
