#include "feeds/outages/mapping.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feeds::outages {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

Mapping mapping(const Settings& settings) {
  auto made = mapping_of("test", settings);
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  return made ? *made : Mapping();
}

struct Row {
  std::string name;
  Settings settings;
  std::string document, starts;
};

class MappedTable : public testing::TestWithParam<Row> {};

TEST_P(MappedTable, IsReadAsItsMappingSays) {
  auto parsed = parse_mapped(GetParam().document, mapping(GetParam().settings));
  ASSERT_EQ(parsed.outages.size(), 1U)
      << (parsed.warnings.empty() ? "" : parsed.warnings[0].message);
  EXPECT_EQ(model::to_iso(parsed.outages[0].start), GetParam().starts);
  EXPECT_EQ(parsed.outages[0].scope.country, "KP");
}

const std::string kStart = "2014-12-22T16:15:00Z";

INSTANTIATE_TEST_SUITE_P(
    Forms, MappedTable,
    testing::Values(Row{"csv",
                        {{"start", "Began"}, {"country", "Land"}},
                        "Land;Began\nNorth Korea;2014-12-22 16:15\n",
                        kStart},
                    Row{"constant",
                        {{"start", "Began"}, {"country", "=KP"}},
                        "Began,x\n2014-12-22T16:15Z,1\n",
                        kStart},
                    Row{"zone",
                        {{"start", "Began"}, {"country", "=KP"}, {"zone", "Asia/Pyongyang"}},
                        "Began,x\n2014-12-23 01:15,1\n",
                        kStart},
                    Row{"own_zone",
                        {{"start", "Began"}, {"country", "=KP"}, {"zone", "Asia/Pyongyang"}},
                        "Began,x\n2014-12-22T16:15Z,1\n",
                        kStart},
                    Row{"epoch",
                        {{"start", "t"}, {"country", "=KP"}, {"times", "epoch"}},
                        "t,x\n1419264900,1\n",
                        kStart},
                    Row{"milliseconds",
                        {{"start", "t"}, {"country", "=KP"}, {"times", "epoch-ms"}},
                        "{\"t\":1419264900000}\n",
                        kStart},
                    Row{"spreadsheet",
                        {{"start", "t"}, {"country", "=KP"}, {"times", "excel"}},
                        "t,x\n41995.677083333,1\n",
                        kStart},
                    Row{"path",
                        {{"start", "when.from"}, {"country", "where.cc"}},
                        R"({"when":{"from":"2014-12-22T16:15Z"},"where":{"cc":["KP"]}})",
                        kStart},
                    Row{"name_with_a_dot",
                        {{"start", "when.from"}, {"country", "=KP"}},
                        R"({"when.from":"2014-12-22T16:15Z"})",
                        kStart},
                    Row{"list_inside",
                        {{"start", "s"}, {"country", "=KP"}, {"records", "data.items"}},
                        R"({"data":{"items":[{"s":"2014-12-22T16:15Z"},7]}})",
                        kStart},
                    Row{"list",
                        {{"start", "s"}, {"country", "=KP"}},
                        R"([{"s":"2014-12-22T16:15Z"}])",
                        kStart}),
    [](const auto& row) { return row.param.name; });

TEST(Mapped, KeepsWhatIsNotMapped) {
  auto parsed = parse_mapped("Began,Crew\n2014-12-22T16:15Z,7\n",
                             mapping({{"start", "Began"}, {"country", "=KP"}}));
  ASSERT_EQ(parsed.outages.size(), 1U);
  EXPECT_EQ(parsed.outages[0].extra, R"({"Crew":"7"})");
}

TEST(Mapped, TellsOfWhatCannotBeRead) {
  auto map = mapping({{"start", "s"}, {"country", "c"}, {"records", "list"}});
  for (const char* document :
       {"{", "{}", R"({"list":7})", R"({"list":[7]})", R"({"list":[{"s":"soon","c":"KP"}]})",
        R"({"list":[{"s":"2014-12-22","c":["KP","YE"]}]})"}) {
    auto parsed = parse_mapped(document, map);
    EXPECT_TRUE(parsed.outages.empty()) << document;
    EXPECT_EQ(parsed.warnings.size(), 1U) << document;
  }
}

TEST(Mapped, RefusesWhatCannotBe) {
  auto says = [](const Settings& settings) {
    auto made = mapping_of("test", settings);
    return made ? std::string() : made.error().message;
  };
  EXPECT_EQ(says({{"country", "c"}}),
            "mapping.test: start and one of country, region, asn and prefix are needed");
  EXPECT_EQ(says({{"start", "s"}}),
            "mapping.test: start and one of country, region, asn and prefix are needed");
  EXPECT_EQ(says({{"begin", "s"}}), "mapping.test: there is no key \"begin\"");
  EXPECT_EQ(says({{"zone", "Asia/Atlantis"}}), "mapping.test: there is no zone \"Asia/Atlantis\"");
  EXPECT_EQ(says({{"times", "roman"}}),
            "mapping.test: times are iso, epoch, epoch-ms or excel, not \"roman\"");
}

}  // namespace
}  // namespace feeds::outages
