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
             "table with a column \"name\""},
        Case{"Empty", "",
             "error: is no list of names: neither a MISP galaxy's cluster, nor JSON lines, nor a "
             "table with a column \"name\""}),
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

}  // namespace
}  // namespace feeds::names
