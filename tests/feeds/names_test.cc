#include "feeds/names/names.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace feeds::names {
namespace {

std::string shown(const model::Result<Parsed>& parsed) {
  if (!parsed) return "error: " + parsed.error().message;
  std::string out = parsed->title;
  for (const auto& thing : parsed->things) {
    out += fmt::format("\n{}/{}/{}/{}/{}", thing.kind, thing.id, thing.name,
                       fmt::join(thing.aliases, "+"), thing.country);
  }
  for (const auto& warning : parsed->warnings) {
    out += fmt::format("\n! {}: {}", warning.place, warning.message);
  }
  return out;
}

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

class Names : public testing::TestWithParam<Case> {};

TEST_P(Names, AreRead) { EXPECT_EQ(shown(parse(GetParam().text)), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Lists, Names,
    testing::Values(
        Case{"Cluster",
             R"({"name": "Threat Actor", "type": "threat-actor", "values": [
               {"value": "Guardians of Peace", "uuid": "u1", "meta": {"synonyms": ["GOP", "", 7], "country": "kp"}},
               {"value": "Alone"}, {"meta": {}}, 7]})",
             "Threat Actor\nthreat-actor/u1/Guardians of Peace/GOP/KP\nthreat-actor//Alone//\n"
             "! values[2]: has no name; left out\n! values[3]: is no JSON object; left out"},
        Case{"Lines",
             "{\"list\": \"ransomware\", \"name\": \"One\", \"synonyms\": [\"Uno\"], \"country\": "
             "\"XXX\"}\n\n{\"name\"\n[]\n{\"kind\": \"actor\", \"name\": \" Two \", \"aliases\": "
             "[\"Due\"]}\n",
             "\nransomware//One/Uno/\nactor//Two/Due/\n! line 3: the JSON cannot be read: "
             "incomplete "
             "JSON\n! line 4: is no JSON object; left out"},
        Case{
            "Table",
            "\xEF\xBB\xBFKind;Name;Aliases;Country\nactor;\"One; two\";Uno| Due |;KP\n;;;\nactor\n",
            "\nactor//One; two/Uno+Due/KP\n! line 3: has no name; left out\n! line 4: has no name; "
            "left out"},
        Case{"Other", "<html>",
             "error: is no list of names: neither a MISP galaxy's cluster, nor JSON lines, nor a "
             "table with a column \"name\", nor AS numbers with their names"},
        Case{"Empty", "",
             "error: is no list of names: neither a MISP galaxy's cluster, nor JSON lines, nor a "
             "table with a column \"name\", nor AS numbers with their names"}),
    [](const auto& row) { return row.param.name; });

TEST(NamesLimits, ALongNameIsLeftOut) {
  auto parsed = parse("name\n" + std::string(201, 'x') + "\nshort\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->things.size(), 1U);
  EXPECT_EQ(parsed->warnings.size(), 1U);
}

TEST(NamesLimits, DeepNestingIsNoCrash) {
  auto parsed = parse("{\"values\": " + std::string(100'000, '['));
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->things.empty());
}

// RIPE's asnames, a line "number name, country".
TEST(AsNames, OfTheRegistry) {
  auto list = parse(
      "17557 PKTELECOM-AS-PK Pakistan Telecommunication Company Limited, PK\n"
      "3356 LEVEL3, US\nnot one\n4200000000 -Reserved AS-, ZZ\n");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->things.size(), 3U);
  EXPECT_EQ(list->things[0].kind, "network");
  EXPECT_EQ(list->things[0].id, "AS17557");
  EXPECT_EQ(list->things[0].name, "Pakistan Telecommunication Company Limited");
  EXPECT_EQ(list->things[0].aliases.front(), "PKTELECOM-AS-PK");
  EXPECT_EQ(list->things[0].country, "PK");
  EXPECT_EQ(list->things[1].name, "LEVEL3");
  EXPECT_EQ(list->warnings.size(), 1U);
}

// ip-location-db: ranges of addresses, many of one AS.
TEST(AsNames, OfRangesOfAddresses) {
  auto list = parse(
      "1.0.0.0,1.0.0.255,13335,\"Cloudflare, Inc.\"\n1.1.1.0,1.1.1.255,13335,\"Cloudflare, Inc.\"\n"
      "2001:db8::,2001:db8::ff,64500,Example\nx,y,z\n");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->things.size(), 2U);
  EXPECT_EQ(list->things[0].id, "AS13335");
  EXPECT_EQ(list->things[0].name, "Cloudflare, Inc.");
  EXPECT_EQ(list->warnings.size(), 1U);
}

}  // namespace
}  // namespace feeds::names
