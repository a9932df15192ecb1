#include "ingest/language.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* in;
  const char* out;
};

const Row kTags[] = {
    {"Plain", "en", "en"},
    {"Region", "EN-us", "en-US"},
    {"Underscore", "ko_KP", "ko-KP"},
    {"Script", "ZH-HANS-cn", "zh-Hans-CN"},
    {"Number", "es-419", "es-419"},
    {"Extension", "de-DE-u-co-PHONEBK", "de-DE-u-co-phonebk"},
    {"Trimmed", " fr ", "fr"},
    {"Word", "English", ""},
    {"Encoding", "en_US.UTF-8", ""},
    {"Empty", "", ""},
    {"OneLetter", "x", ""},
    {"DashAtTheEnd", "en-", ""},
    {"TooLong", "en-abcdefghi", ""},
};

const Row kTexts[] = {
    {"English", "The country's Internet was down for more than nine hours on Monday.", "en"},
    {"German", "Das Internet des Landes war am Montag mehr als neun Stunden lang gestört.", "de"},
    {"Korean", "북한의 인터넷이 월요일 아홉 시간 넘게 끊겼다고 전했다.", "ko"},
    {"Japanese", "北朝鮮のインターネットが月曜日に九時間以上停止した。", "ja"},
    {"Russian", "Интернет в стране не работал более девяти часов в понедельник.", "ru"},
    {"Short", "Internet down", ""},
    {"Digits", "1234 5678 9012 3456 7890 1234 5678 9012", ""},
    {"NoUtf8",
     "\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE"
     "\xFF\xFE\xFF\xFE\xFF\xFE",
     ""},
    {"Empty", "", ""},
};

class LanguageTag : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, LanguageTag, testing::ValuesIn(kTags),
                         [](const auto& row) { return row.param.name; });
TEST_P(LanguageTag, IsNormalised) {
  EXPECT_EQ(ingest::normalise_language(GetParam().in), GetParam().out);
}

class LanguageOfText : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, LanguageOfText, testing::ValuesIn(kTexts),
                         [](const auto& row) { return row.param.name; });
TEST_P(LanguageOfText, IsDetected) {
  EXPECT_EQ(ingest::detect_language(GetParam().in), GetParam().out);
}

TEST(Language, WhatIsStatedHoldsWhenItIsATag) {
  EXPECT_EQ(ingest::language_of("de_at", kTexts[0].in), "de-AT");
  EXPECT_EQ(ingest::language_of("English", kTexts[0].in), "en");
}

}  // namespace
