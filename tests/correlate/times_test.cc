#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/extract.h"
#include "tests/support/files.h"

// Time expressions, one row a rule: text → "words = value [mod] [edge] [from/to of the extent]".
namespace correlate {
namespace {

std::vector<model::Timex> times_in(const std::string& text, const std::string& language,
                                   const std::string& anchor = "2014-12-23T12:00:00Z") {
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = text;
  article.language = language;
  article.anchor = *model::parse_iso(anchor);
  return extract(article).times;
}

std::string said(const std::vector<model::Timex>& times) {
  std::vector<std::string> parts;
  for (const auto& time : times) {
    parts.push_back(fmt::format("{} = {}{}", time.span.text, time.value,
                                time.mod.empty() ? "" : " " + time.mod));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

struct Row {
  const char* name;
  const char* language;
  const char* text;
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.text; }

class Expressions : public testing::TestWithParam<Row> {};

// All are read on Tuesday, 23 December 2014, 12:00 UTC.
TEST_P(Expressions, HaveAValue) {
  const auto& row = GetParam();
  EXPECT_EQ(said(times_in(row.text, row.language)), row.expected);
}

std::string name_of(const testing::TestParamInfo<Row>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    English, Expressions,
    testing::Values(
        Row{"YearRange", "en", "The war of 1861-63 was long.", "1861 = 1861; 63 = 1863"},
        Row{"DayRange", "en", "It failed from 15 to 22 November and on 6-7 May 2014.",
            "15 = 2014-11-15; 22 November = 2014-11-22; 6 = 2014-05-06; 7 May 2014 = 2014-05-07"},
        Row{"DaysBehindMonth", "en", "They gave up on December 4 and 5.",
            "December 4 = 2014-12-04; 5 = 2014-12-05"},
        Row{"SharedYear", "en", "It lasted from November to March 2013.",
            "November = 2012-11; March 2013 = 2013-03"},
        Row{"YearOfDeixis", "en", "In July of that year and the spring of last year it failed.",
            "July of that year = 2014-07; spring of last year = 2013-SP"},
        Row{"WeekOfMonth", "en", "In the last week of August 2013 routes vanished.",
            "the last week of August 2013 = 2013-08 END"},
        Row{"HoursOfDay", "en", "In the early morning hours of 22 December it broke.",
            "the early morning hours of 22 December = 2014-12-22TMO"},
        Row{"Clocks", "en", "At ten past nine, at half past four and at seven thirty p.m.",
            "ten past nine = 2014-12-23T09:10; half past four = 2014-12-23T04:30; "
            "seven thirty p.m. = 2014-12-23T19:30"},
        Row{"HourRange", "en", "Between 2 and 4 a.m. on Monday all was dark.",
            "2 = 2014-12-22T02:00; 4 a.m. = 2014-12-22T04:00; Monday = 2014-12-22"},
        Row{"NthWeekday", "en", "It happened on Thanksgiving.", "Thanksgiving = 2014-11-27"},
        Row{"Easter", "en", "Phones fell silent on Easter Monday 2013.",
            "Easter Monday 2013 = 2013-04-01"},
        Row{"DayFour", "en", "On day four of the outage nothing worked.", "day four = XXXX-XX-XX"},
        Row{"DayFourDated", "en",
            "North Korea's Internet went down on Saturday. On day four nothing worked.",
            "Saturday = 2014-12-20; day four = 2014-12-23"},
        Row{"ThirdDay", "en", "The network has been out since Sunday, dark for a third day.",
            "Sunday = 2014-12-21; a third day = 2014-12-23"},
        Row{"WeekdaysAgo", "en", "That was two Thursdays ago.", "two Thursdays ago = 2014-12-11"},
        Row{"Adjective", "en", "After two bloody weeks it ended.", "two bloody weeks = P2W"},
        Row{"PastLength", "en", "In the past decade it rose.", "the past decade = 200"},
        Row{"PassiveFuture", "en", "Work should be completed in March.", "March = 2015-03"},
        Row{"Compact", "en", "It was filed on 20141222.", "20141222 = 2014-12-22"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Languages, Expressions,
    testing::Values(
        Row{"SpanishClock", "es", "Cayó a las tres y media de la tarde del lunes.",
            "tres y media de la tarde del lunes = 2014-12-22T15:30"},
        Row{"SpanishDay", "es", "Volvió el 17, dijo.", "el 17 = 2014-12-17"},
        Row{"SpanishVague", "es", "Días después volvió.", "Días = PXD"},
        Row{"GermanHalf", "de", "Die Firma teilte mit, dass das Netz um halb vier ausgefallen war.",
            "halb vier = 2014-12-23T03:30"},
        Row{"GermanQuarter", "de",
            "Die Firma teilte mit, dass es um viertel nach drei Uhr zurück war.",
            "viertel nach drei Uhr = 2014-12-23T03:15"},
        Row{"GermanHourRange", "de", "Von 10 bis 12 Uhr war es weg.",
            "10 = 2014-12-23T10:00; 12 Uhr = 2014-12-23T12:00"},
        Row{"Dutch", "nl", "Het bedrijf zegt dat het net om kwart over twee was uitgevallen.",
            "kwart over twee = 2014-12-23T02:15"},
        Row{"Portuguese", "pt", "A operadora disse que a rede caiu às três e meia em todo o país.",
            "três e meia = 2014-12-23T03:30"},
        Row{"Italian", "it", "Il 19 dicembre, alle otto e un quarto, tornò.",
            "19 dicembre = 2014-12-19; otto e un quarto = 2014-12-19T08:15"},
        Row{"Russian", "ru", "Связь вернулась через час.", "через час = 2014-12-23T13:00"},
        Row{"Chinese", "zh", "十二月二十二日下午三点半断网。",
            "十二月二十二日下午三点半 = 2014-12-22T15:30"},
        Row{"JapaneseEra", "ja", "平成26年12月22日に切断された。", "平成26年12月22日 = 2014-12-22"},
        Row{"Hindi", "hi", "कंपनी ने कहा कि सेवा आज सुबह नहीं बल्कि साढ़े सात बजे बंद हुई थी।",
            "आज सुबह = 2014-12-23TMO; साढ़े सात बजे = 2014-12-23T07:30"},
        Row{"PersianCalendar", "fa", "اینترنت در ۱ دی ۱۳۹۳ قطع شد.", "۱ دی ۱۳۹۳ = 2014-12-22"},
        Row{"IslamicCalendar", "ar", "انقطع في ٢٩ صفر ١٤٣٦", "٢٩ صفر ١٤٣٦ = 2014-12-21"},
        Row{"ThaiCalendar", "th", "เมื่อวันที่ 22 ธันวาคม 2557", "22 ธันวาคม 2557 = 2014-12-22"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    NoTimes, Expressions,
    testing::Values(Row{"ThirtyFebruary", "en", "It was 30 February 2014, they said.", ""},
                    Row{"NoLeapDay", "en", "It was 29 February 2014, they said.", ""},
                    Row{"LeapDay", "en", "It was 29 February 2012, they said.",
                        "29 February 2012 = 2012-02-29"},
                    Row{"ThirtyTwo", "en", "On 32 August 2014 nobody came.", ""},
                    Row{"NoOrder", "en", "The file of 18/13/2022 is lost.", ""},
                    Row{"Phone", "en", "Call +86 138-2010-2015 or (206) 555-1212.", ""},
                    Row{"Aircraft", "en", "Two A330s and F-105s took off.", ""},
                    Row{"Dimension", "en", "The 3D model cost $2000.", ""},
                    Row{"People", "en", "It hurt more than 1000 people.", ""},
                    Row{"Fraction", "de", "0.8/15 ist ein Bruch.", ""},
                    Row{"Modal", "en", "The mountain may not move at all today.",
                        "today = 2014-12-23"},
                    Row{"Greeting", "fr", "Bonne nuit à tous", ""},
                    Row{"Minutes", "ja", "5時70分", ""}),
    name_of);

// languages.tsv: dates, weekdays, clock times, relative expressions and lengths of sixteen
// languages.
TEST(Languages, AreReadAsTheirTableSays) {
  std::istringstream table(tests::read_file(tests::root() / "tests/correlate/languages.tsv"));
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::string language, text, expected;
    ASSERT_TRUE(std::getline(cells, language, '\t') && std::getline(cells, text, '\t') &&
                std::getline(cells, expected, '\t'))
        << line;
    EXPECT_EQ(said(times_in(text, language)), expected) << text;
    ++rows;
  }
  EXPECT_GE(rows, 16 * 25);
}

// Ranges and what is open on one side.
TEST(TimeRanges, HaveEdgesAndAnExtent) {
  auto times = times_in("It was dark from 10 am to noon on Monday.", "en");
  ASSERT_EQ(times.size(), 3U);
  EXPECT_EQ(times[0].edge, model::TimexEdge::kFrom);
  EXPECT_EQ(times[1].edge, model::TimexEdge::kUntil);
  ASSERT_TRUE(times[0].extent);
  EXPECT_EQ(model::to_iso(times[0].extent->from), "2014-12-22T10:00:00Z");
  EXPECT_EQ(model::to_iso(times[0].extent->to), "2014-12-22T12:00:00Z");
}

TEST(TimeRanges, SinceGoesOnUntilNow) {
  auto times = times_in("It has been down since 01:00 UTC.", "en");
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].edge, model::TimexEdge::kFrom);
  ASSERT_TRUE(times[0].extent);
  EXPECT_EQ(model::to_iso(times[0].extent->to), "2014-12-23T12:00:00Z");
}

TEST(TimeRanges, APastLengthEndsNow) {
  auto times = times_in("It was down for the past three hours.", "en");
  ASSERT_EQ(times.size(), 1U);
  ASSERT_TRUE(times[0].extent);
  EXPECT_EQ(model::to_iso(times[0].extent->from), "2014-12-23T09:00:00Z");
}

// So many days, up to the time of writing at the latest.
TEST(TimeRanges, ACountWithoutABeginningIsBounded) {
  auto times = times_in("On day four of the outage nothing worked.", "en");
  ASSERT_EQ(times.size(), 1U);
  EXPECT_FALSE(times[0].interval);
  ASSERT_TRUE(times[0].extent);
  EXPECT_EQ(model::to_iso(times[0].extent->from), "2014-12-19T12:00:00Z");
  EXPECT_EQ(model::to_iso(times[0].extent->to), "2014-12-23T12:00:00Z");
}

TEST(Times, KeepTheOtherReading) {
  auto times = times_in("Service returned on Saturday.", "en");
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].value, "2014-12-20");
  ASSERT_TRUE(times[0].other);
  EXPECT_EQ(model::to_iso(times[0].other->from), "2014-12-27T00:00:00Z");
}

TEST(Times, SayTheirRuleAndGranularity) {
  auto times = times_in("On Monday at 10 am, in March 2013, for nine hours.", "en");
  ASSERT_EQ(times.size(), 3U);
  EXPECT_EQ(times[0].rule + " " + times[0].granularity, "date/weekday hour");
  EXPECT_EQ(times[1].rule + " " + times[1].granularity, "date/month_first-year month");
  EXPECT_EQ(times[2].rule + " " + times[2].granularity, "length hour");
}

// The date below the headline is the page's, not the report's.
TEST(Times, LeaveOutThePagesOwnDate) {
  auto times = times_in("Cables cut\nDecember 22, 2014\nThe cut came on Sunday.", "en");
  EXPECT_EQ(said(times), "Sunday = 2014-12-21");
}

}  // namespace
}  // namespace correlate
