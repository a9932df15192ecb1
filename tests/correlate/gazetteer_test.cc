#include "correlate/gazetteer/gazetteer.h"

#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/extract/tokens.h"
#include "correlate/gazetteer/cities.h"
#include "correlate/gazetteer/list.h"
#include "correlate/gazetteer/words.h"

namespace correlate::gazetteer {
namespace {

using testing::ElementsAre;

// The canonical names of what a text begins with, and how many words that is.
std::string found_in(const Gazetteer& gazetteer, const std::string& text) {
  extraction::Tokens tokens(text);
  auto found = gazetteer.find([&](std::size_t i) { return tokens.word(i); });
  if (found.words == 0) return "";
  std::string out = std::to_string(found.words) + ":";
  for (auto id : found.ids) {
    out += " " + std::string(gazetteer.country(id)) + " " + std::string(gazetteer.name(id));
  }
  return out;
}

TEST(Cities, AreKnownInManyLanguages) {
  for (const auto* text :
       {"Pyongyang", "平壤 was", "평양에서", "Пхеньян", "بيونغيانغ", "प्योंगयांग"}) {
    auto found = found_in(cities(), text);
    EXPECT_NE(found.find(": KP Pyongyang"), std::string::npos) << text << ": " << found;
  }
  EXPECT_EQ(found_in(cities(), "New York City is"), "3: US New York");
  EXPECT_EQ(found_in(cities(), "nowhere at all"), "");
  EXPECT_EQ(found_in(cities(), ""), "");
  EXPECT_GT(cities().size(), 20'000U);
  EXPECT_GT(cities().names(), 90'000U);
  EXPECT_EQ(cities().licence(), "CC BY 4.0, geonames.org");
}

TEST(Cities, TheLargestOfANameComesFirst) {
  extraction::Tokens tokens("San José");
  auto found = cities().find([&](std::size_t i) { return tokens.word(i); });
  ASSERT_GT(found.ids.size(), 3U);
  for (std::size_t i = 1; i < found.ids.size(); ++i) {
    EXPECT_GE(cities().population(found.ids[i - 1]), cities().population(found.ids[i]));
  }
  EXPECT_EQ(cities().country(found.ids[0]), "US");
}

TEST(Cities, HaveTheirPlaceOnEarth) {
  extraction::Tokens tokens("Pyongyang");
  auto record =
      cities().record(cities().find([&](std::size_t i) { return tokens.word(i); }).ids[0]);
  EXPECT_EQ(record.kind, Kind::kCity);
  EXPECT_EQ(record.id, "geonames:1871859");
  EXPECT_NEAR(record.latitude, 39.03, 0.1);
  EXPECT_NEAR(record.longitude, 125.75, 0.1);
  EXPECT_GT(record.population, 2'000'000U);
}

std::vector<model::NamedThing> things() {
  return {{"threat-actor", "1", "Guardians of Peace", {"GOP", "#GOP", "God'sApstls"}, ""},
          {"malware", "2", "Destover", {"Wiper"}, ""},
          {"threat-actor", "3", "Guardians", {"Destover"}, "KP"},
          {"", "", "It", {"a b c d e f g h i"}, ""}};
}

TEST(List, TheLongestNameIsFound) {
  auto list = make_list(things(), "Ours", "CC0", std::nullopt);
  EXPECT_EQ(list.records, 4);
  auto gazetteer = Gazetteer::of(list.bytes).value();
  EXPECT_EQ(found_in(gazetteer, "guardians of peace"), "3:  Guardians of Peace");
  EXPECT_EQ(found_in(gazetteer, "Guardians of the"), "1: KP Guardians");
  EXPECT_EQ(found_in(gazetteer, "God'sApstls"), "3:  Guardians of Peace");
  EXPECT_EQ(found_in(gazetteer, "destover"), "1:  Destover KP Guardians");
  EXPECT_EQ(found_in(gazetteer, "it is"), "");  // two letters
  EXPECT_EQ(found_in(gazetteer, "a b c d e f g h i"), "");
  EXPECT_EQ(gazetteer.kind(0), Kind::kActor);
  EXPECT_EQ(gazetteer.kind(1), Kind::kMalware);
  EXPECT_EQ(gazetteer.title(), "Ours");
}

TEST(List, IsTheSameEachTimeAndTheKindIsTheUsers) {
  auto list = make_list(things(), "Ours", "CC0", Kind::kOrganisation);
  EXPECT_EQ(list, make_list(things(), "Ours", "CC0", Kind::kOrganisation));
  EXPECT_EQ(Gazetteer::of(list.bytes)->kind(2), Kind::kOrganisation);
}

TEST(List, AnEmptyOneFindsNothing) {
  auto list = make_list({}, "", "", std::nullopt);
  EXPECT_EQ(found_in(Gazetteer::of(list.bytes).value(), "anything"), "");
}

TEST(List, KindsAsListsNameThem) {
  EXPECT_EQ(kind_of("mitre-intrusion-set"), Kind::kActor);
  EXPECT_EQ(kind_of("microsoft-activity-group"), Kind::kActor);
  EXPECT_EQ(kind_of("Ransomware"), Kind::kMalware);
  EXPECT_EQ(kind_of("malpedia"), Kind::kMalware);
  EXPECT_EQ(kind_of("organisation"), Kind::kOrganisation);
  EXPECT_EQ(kind_of("operation"), Kind::kOther);
  EXPECT_EQ(kind_of(""), Kind::kOther);
}

// A damaged file is refused, or finds what is inside its own bytes.
TEST(List, DamageIsNoCrash) {
  auto bytes = make_list(things(), "Ours", "CC0", std::nullopt).bytes;
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(Gazetteer::of(bytes.substr(0, size)));
  }
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    auto bad = bytes;
    for (int n = 0; n < 4; ++n) bad[random() % bad.size()] = static_cast<char>(random());
    auto gazetteer = Gazetteer::of(bad);
    if (!gazetteer) continue;
    for (const auto* text : {"guardians of peace", "destover", "wiper", "gop"}) {
      extraction::Tokens tokens(text);
      auto found = gazetteer->find([&](std::size_t at) { return tokens.word(at); });
      for (auto id : found.ids) EXPECT_LT(gazetteer->record(id).name.size(), bad.size());
    }
  }
}

TEST(Words, ShortNamesAreNone) {
  EXPECT_THAT(words_of("Saint-Denis"), ElementsAre("saint", "-", "denis"));
  EXPECT_TRUE(words_of("Of").empty());
  EXPECT_TRUE(words_of("津").empty());
  EXPECT_TRUE(words_of("").empty());
  EXPECT_EQ(words_of("平壤").size(), 2U);
}

}  // namespace
}  // namespace correlate::gazetteer
