#include "correlate/extract.h"

#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/model/text.h"

// What a text says, in one line: tables that can be read as a specification of the pass `extract`.
namespace correlate {
namespace {

Article article_in(const std::string& text, const std::string& anchor, const std::string& language,
                   std::size_t title_length = 0) {
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = text;
  article.title_length = title_length;
  article.anchor = *model::parse_iso(anchor);
  article.language = language;
  return article;
}

std::string join(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "; "));
}

struct TimeRow {
  const char* name;
  const char* language;
  const char* text;
  const char* expected;  // "words = TYPE value [mod]"
};

std::ostream& operator<<(std::ostream& out, const TimeRow& row) { return out << row.text; }

class Times : public testing::TestWithParam<TimeRow> {};

// All are read on Tuesday, 23 December 2014, 12:00 UTC.
TEST_P(Times, AreReadAsTimex3) {
  const auto& row = GetParam();
  auto found = extract(article_in(row.text, "2014-12-23T12:00:00Z", row.language));
  std::vector<std::string> said;
  for (const auto& time : found.times) {
    said.push_back(fmt::format("{} = {} {}{}", time.span.text, to_string(time.type), time.value,
                               time.mod.empty() ? "" : " " + time.mod));
  }
  EXPECT_EQ(join(said), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, Times,
    testing::Values(
        TimeRow{"Clock", "en", "Routes vanished at 16:15 UTC on Monday.",
                "16:15 UTC = TIME 2014-12-22T16:15; Monday = DATE 2014-12-22"},
        TimeRow{"MoreThan", "en", "It was down for more than 9 hours.",
                "more than 9 hours = DURATION PT9H MORE_THAN"},
        TimeRow{"Compound", "en", "The outage lasted 9 hours and 31 minutes.",
                "9 hours and 31 minutes = DURATION PT9H31M"},
        TimeRow{"Half", "en", "It took about nine and a half hours.",
                "about nine and a half hours = DURATION PT9.5H APPROX"},
        TimeRow{"Adjective", "en", "A 10-hour blackout ended.", "10-hour = DURATION PT10H"},
        TimeRow{"Weekday", "en", "Service returned on Saturday.", "Saturday = DATE 2014-12-20"},
        TimeRow{"Future", "en", "The film will open on Thursday.", "Thursday = DATE 2014-12-25"},
        TimeRow{"DayOfMonth", "en", "It began on 22 December.", "22 December = DATE 2014-12-22"},
        TimeRow{"NightBefore", "en", "The network was down overnight.",
                "overnight = TIME 2014-12-22TNI"},
        TimeRow{"Evening", "en", "It failed on Monday evening.",
                "Monday evening = TIME 2014-12-22TEV"},
        TimeRow{"Ago", "en", "It came back three hours ago.",
                "three hours ago = TIME 2014-12-23T09:00"},
        TimeRow{"NoTime", "en", "May Marchand has 24 servers in Summerville.", ""},
        TimeRow{"French", "fr", "Le réseau a été coupé lundi pendant près de dix heures.",
                "lundi = DATE 2014-12-22; près de dix heures = DURATION PT10H LESS_THAN"},
        TimeRow{"German", "de", "Am Montag um 17.15 Uhr fiel das Netz für neun Stunden aus.",
                "Montag um 17.15 Uhr = TIME 2014-12-22T17:15; neun Stunden = DURATION PT9H"},
        TimeRow{"Spanish", "es", "El lunes se cortó durante más de nueve horas.",
                "lunes = DATE 2014-12-22; más de nueve horas = DURATION PT9H MORE_THAN"},
        TimeRow{"Russian", "ru", "Интернет не работал более девяти часов.",
                "более девяти часов = DURATION PT9H MORE_THAN"},
        TimeRow{"Bulgarian", "bg", "Връзката е възстановена след повече от девет часа.",
                "повече от девет часа = DURATION PT9H MORE_THAN"},
        TimeRow{"Korean", "ko", "9시간 31분 만에 복구됐다.", "9시간 31분 = DURATION PT9H31M"},
        TimeRow{"Japanese", "ja", "22日午後3時27分から約1時間半。",
                "22日午後3時27分 = TIME 2014-12-22T15:27; 約1時間半 = DURATION PT1.5H APPROX"},
        TimeRow{"Chinese", "zh", "网络中断超过9小时。", "超过9小时 = DURATION PT9H MORE_THAN"}),
    [](const auto& row) { return row.param.name; });

struct PlaceRow {
  const char* name;
  const char* language;
  const char* text;
  const char* expected;  // country codes in the order of the text
};

std::ostream& operator<<(std::ostream& out, const PlaceRow& row) { return out << row.text; }

class Places : public testing::TestWithParam<PlaceRow> {};

TEST_P(Places, AreReadAsCountries) {
  const auto& row = GetParam();
  auto found = extract(article_in(row.text, "2014-12-23T12:00:00Z", row.language));
  std::vector<std::string> said;
  for (const auto& mention : found.mentions) {
    if (mention.kind == model::MentionKind::kPlace) said.push_back(mention.scope.country);
  }
  EXPECT_EQ(join(said), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, Places,
    testing::Values(PlaceRow{"Name", "en", "The Internet in North Korea is down.", "KP"},
                    PlaceRow{"Genitive", "en", "Yemen's only cable broke.", "YE"},
                    PlaceRow{"Demonym", "en", "Syrian networks are unreachable.", "SY"},
                    PlaceRow{"Capital", "en", "Users in Pyongyang were cut off.", "KP"},
                    PlaceRow{"Glued", "en", "Outage reported. #NorthKorea", "KP"},
                    PlaceRow{"Person", "en", "Michael Jordan was not asked.", ""},
                    PlaceRow{"Arabic", "ar", "انقطاع الإنترنت في العراق", "IQ"},
                    PlaceRow{"Korean", "ko", "북한 인터넷 접속 불가", "KP"},
                    PlaceRow{"Bulgarian", "bg", "Интернетът в Северна Корея е възстановен", "KP"},
                    PlaceRow{"French", "fr", "Internet coupé en République démocratique du Congo",
                             "CD"}),
    [](const auto& row) { return row.param.name; });

struct ClaimRow {
  const char* name;
  const char* title;
  const char* text;
  const char* expected;  // "kind words value[ mod][ denied][ ongoing][ says]"
};

std::ostream& operator<<(std::ostream& out, const ClaimRow& row) { return out << row.text; }

class Claims : public testing::TestWithParam<ClaimRow> {};

TEST_P(Claims, AreTyped) {
  const auto& row = GetParam();
  auto article = article_in(std::string(row.title) + "\n\n" + row.text, "2014-12-23T18:00:00Z",
                            "en", model::code_points(row.title));
  std::vector<std::string> said;
  for (const auto& claim : extract(article).claims) {
    said.push_back(fmt::format("{} “{}” {}", to_string(claim.kind), claim.span.text, claim.value));
    if (!claim.mod.empty()) said.back() += " " + claim.mod;
    if (claim.denied) said.back() += " denied";
    if (claim.ongoing) said.back() += " ongoing";
    if (!claim.speaker.empty()) said.back() += ", says " + claim.speaker;
  }
  EXPECT_EQ(join(said), row.expected);
}

constexpr const char* kTitle = "North Korea's Internet outage";

INSTANTIATE_TEST_SUITE_P(
    All, Claims,
    testing::Values(
        ClaimRow{"Duration", kTitle,
                 "It was down for more than 9 hours, according to Dyn Research.",
                 "duration “more than 9 hours” PT9H MORE_THAN, says Dyn Research"},
        ClaimRow{"StartAndEnd", kTitle,
                 "The routes were withdrawn at 16:15 UTC on Monday and came back at 01:46 UTC.",
                 "start “16:15 UTC” 2014-12-22T16:15; end “01:46 UTC” 2014-12-23T01:46"},
        ClaimRow{"AgainIsALoss", kTitle, "The network went down again at 15:41 UTC.",
                 "start “15:41 UTC” 2014-12-23T15:41; recurs “again” again"},
        ClaimRow{"LengthBeforeTheReturn", kTitle,
                 "It had been offline for nine hours and 31 minutes before it was restored.",
                 "duration “nine hours and 31 minutes” PT9H31M"},
        ClaimRow{"DayAfter", kTitle, "The sites were offline one day after the outage.", ""},
        ClaimRow{"Instability", kTitle, "Routes flapped for 24 hours.", ""},
        ClaimRow{"AttackBegan", kTitle, "There was attack traffic since 18 December.", ""},
        ClaimRow{"Within", kTitle, "Within about 10 minutes the routes were gone.", ""},
        ClaimRow{"Statement", kTitle, "The State Department said on Monday it had no comment.",
                 "statement “said” statement, says State Department"},
        ClaimRow{"Ongoing", kTitle, "The country has been offline for more than two hours.",
                 "duration “more than two hours” PT2H MORE_THAN ongoing"},
        ClaimRow{"NotBackYet", kTitle, "Service had not returned by 17:30 UTC.",
                 "end “17:30 UTC” 2014-12-23T17:30 denied"},
        ClaimRow{"DenialOfAnother", kTitle,
                 "It did not hold: at 08:00 UTC the country went offline once more.",
                 "start “08:00 UTC” 2014-12-23T08:00; recurs “once more” again"},
        ClaimRow{"ScopeOfTheReturn", kTitle, "Internet service was partially restored.", ""},
        ClaimRow{"ThreatOfOne", kTitle, "The Internet might be disrupted in the coming days.", ""},
        ClaimRow{"PowerCut", "Coastal town without power",
                 "The power cut lasted nearly 10 hours, the grid operator said.", ""}),
    [](const auto& row) { return row.param.name; });

// Hostile texts: bounded work, offsets that still point at what they quote.
TEST(Extract, OffsetsAreCodePoints) {
  auto found = extract(article_in("😀😀 북한 offline for 9 hours", "2014-12-23T12:00:00Z", "en"));
  ASSERT_EQ(found.times.size(), 1U);
  EXPECT_EQ(found.times[0].span.begin, 18U);
  EXPECT_EQ(found.times[0].span.text, "9 hours");
}

TEST(Extract, SurvivesHostileText) {
  const std::vector<std::string> texts = {
      "",
      std::string(1, '\0'),
      "\xff\xfe\x80 at 16:15",
      std::string(200'000, '9'),
      std::string(200'000, 'x'),
      std::string(50'000, ':'),
      "on 30 February 2014 and in the year 99999",
      "\xE2\x80\xAE at 16:15 UTC \xE2\x80\xAC",
  };
  for (const auto& text : texts) {
    auto found = extract(article_in(text, "2014-12-23T12:00:00Z", ""));
    EXPECT_LE(found.times.size(), text.size());
  }
}

}  // namespace
}  // namespace correlate
