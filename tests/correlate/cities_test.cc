#include "correlate/extract/cities.h"

#include <string>

#include <gtest/gtest.h>

#include "correlate/article.h"
#include "correlate/extract.h"
#include "correlate/extract/known_names.h"
#include "correlate/gazetteer/list.h"

namespace correlate {
namespace {

Article article_of(const std::string& text, const std::string& language) {
  Article article;
  article.id = "a";
  article.text = text;
  article.language = language;
  article.anchor = {model::Instant{model::Seconds{1'419'336'000}}, model::Precision::kMinute,
                    "UTC"};
  return article;
}

// The cities that have a reference, with region and country.
std::string cities_in(const std::string& text, const std::string& language) {
  std::string out;
  for (const auto& mention : extract(article_of(text, language)).mentions) {
    if (mention.kind != model::MentionKind::kPlace || mention.ref.empty()) continue;
    EXPECT_TRUE(mention.latitude && mention.longitude) << mention.name;
    out += (out.empty() ? "" : "; ") + mention.span.text + " = " + mention.name + ", " +
           (mention.scope.region.empty() ? "" : mention.scope.region + ", ") +
           mention.scope.country;
  }
  return out;
}

struct Row {
  const char* name;
  const char* language;
  const char* text;
  const char* cities;
};

class CitiesInText : public testing::TestWithParam<Row> {};

TEST_P(CitiesInText, AreFound) {
  EXPECT_EQ(cities_in(GetParam().text, GetParam().language), GetParam().cities);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CitiesInText,
    testing::Values(
        Row{"Plain", "en", "Power failed in Gaziantep on Monday.",
            "Gaziantep = Gaziantep, Gaziantep Province, TR"},
        Row{"ByItsCountry", "en", "The Internet was cut in San José, Costa Rica.",
            "San José = San José, San José, CR"},
        Row{"ByItsRegion", "en",
            "Springfield, Illinois lost its network. In Springfield nobody knew.",
            "Springfield = Springfield, Illinois, US; Springfield = Springfield, Illinois, US"},
        Row{"People", "en", "Jack London wrote about Austin Powers. Paris Hilton met Jordan Peele.",
            ""},
        Row{"CommonWords", "en",
            "Nice work. Reading is fun. Mobile networks in Nigeria failed, Police said.", ""},
        Row{"SmallOfManyNames", "en", "The network in Springfield failed.", ""},
        Row{"Headline", "en",
            "Blackout Hits Mobile Networks Across Argentina As Rosario Goes Dark Again",
            "Rosario = Rosario, Santa Fe Province, AR"},
        Row{"Korean", "ko", "함흥에서 인터넷이 끊겼다", "함흥 = Hamhung, Hamgyŏng-namdo, KP"},
        Row{"Chinese", "zh", "阿勒颇停电", "阿勒颇 = Aleppo, Aleppo Governorate, SY"},
        Row{"RussianCases", "ru", "В Хабаровске и Казани пропал интернет",
            "Хабаровске = Khabarovsk, Khabarovsk Krai, RU; Казани = Kazan’, Tatarstan Republic, "
            "RU"}),
    [](const auto& row) { return row.param.name; });

TEST(CitiesInText, OfThePublishersCountryAreMeantAtHome) {
  auto article = article_of("The network failed in Valencia on Monday.", "en");
  auto country = [&](const std::string& home) {
    article.home = home;
    for (const auto& mention : extract(article).mentions) {
      if (!mention.ref.empty()) return mention.scope.country;
    }
    return std::string();
  };
  EXPECT_EQ(country("ES"), "ES");
  EXPECT_EQ(country("VE"), "VE");
  EXPECT_EQ(country("US"), "");
  EXPECT_EQ(country(""), "");
}

TEST(HomeCountry, IsThatOfTheLanguageElseOfTheAddress) {
  EXPECT_EQ(home_country("en-IN", "https://www.example.co.uk/a"), "IN");
  EXPECT_EQ(home_country("en", "https://www.example.co.uk/a"), "GB");
  EXPECT_EQ(home_country("zh-Hant", "https://example.tw:8443?x"), "TW");
  EXPECT_EQ(home_country("", "https://example.IO/"), "");
  EXPECT_EQ(home_country("", "https://example.com/de"), "");
  EXPECT_EQ(home_country("", "no address"), "");
  EXPECT_EQ(home_country("", "https://de"), "");
  EXPECT_EQ(home_country("", ""), "");
}

std::string names_in(const std::string& text, const extraction::KnownNames& names) {
  std::string out;
  for (const auto& mention : extract(article_of(text, "en"), names).mentions) {
    if (mention.kind == model::MentionKind::kPlace || mention.kind == model::MentionKind::kName) {
      continue;
    }
    out += (out.empty() ? "" : "; ") + std::string(to_string(mention.kind)) + " " + mention.name;
  }
  return out;
}

TEST(KnownNames, OursHaveOneNameForAllForms) {
  extraction::KnownNames names;
  EXPECT_EQ(names.fingerprint(), "");
  EXPECT_EQ(
      names_in("Guardians of Peace broke into Sony Pictures; #GOP used Destover.", names),
      "actor Guardians of Peace; organisation Sony Pictures Entertainment; actor Guardians of "
      "Peace; malware Destover");
  EXPECT_EQ(names_in("the guardians of peace in the valley", names), "");
}

TEST(KnownNames, ACommonWordOfAListNeedsOneThatTells) {
  std::vector<model::NamedThing> things{{"ransomware", "", "Royal", {"Zeon"}, ""},
                                        {"threat-actor", "", "APT99", {"Group 3"}, ""}};
  extraction::KnownNames names({gazetteer::make_list(things, "List", "", std::nullopt)});
  EXPECT_NE(names.fingerprint(), "");
  EXPECT_EQ(names_in("The Royal family arrived.", names), "");
  EXPECT_EQ(names_in("The Royal ransomware hit hospitals.", names), "malware Royal");
  EXPECT_EQ(names_in("It was APT99, also called Group 3.", names), "actor APT99; actor APT99");
}

TEST(KnownNames, AListThatCannotBeReadIsLeftOut) {
  model::NameList list;
  list.bytes = "no gazetteer";
  EXPECT_EQ(extraction::KnownNames({list}).fingerprint(), "");
}

}  // namespace
}  // namespace correlate
