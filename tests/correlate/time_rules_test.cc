#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "correlate/extract.h"
#include "correlate/extract/rules/automaton.h"
#include "correlate/extract/rules/parse.h"

// Every rule of correlate/extract/rules/*.rules reads its own examples, as it says.
namespace correlate {
namespace {

class Rules : public testing::TestWithParam<extraction::rules::Example> {};

// On Tuesday, 23 December 2014, 12:00 UTC.
TEST_P(Rules, ReadTheirExamples) {
  const auto& example = GetParam();
  Article article;
  article.id = "a";
  article.revision = 1;
  article.text = example.text;
  article.language = example.language;
  article.anchor = *model::parse_iso("2014-12-23T12:00:00Z");
  auto times = extract(article).times;
  std::string said;
  for (const auto& time : times) {
    said += fmt::format("{}{} = {}{}", said.empty() ? "" : "; ", time.span.text, time.value,
                        time.mod.empty() ? "" : " " + time.mod);
  }
  EXPECT_EQ(said, example.expected) << example.file << ":" << example.line;
  bool read = std::any_of(times.begin(), times.end(),
                          [&](const auto& time) { return time.rule == example.rule; });
  EXPECT_TRUE(read) << example.file << ":" << example.line << ": " << example.rule << " read none";
}

std::string name_of(const testing::TestParamInfo<extraction::rules::Example>& row) {
  return fmt::format("{:03}_{}", row.index, row.param.line);
}

INSTANTIATE_TEST_SUITE_P(Examples, Rules,
                         testing::ValuesIn(extraction::rules::examples().begin(),
                                           extraction::rules::examples().end()),
                         name_of);

struct Broken {
  const char* name;
  const char* text;
  const char* why;
};

class BrokenRules : public testing::TestWithParam<Broken> {};

// What the build says of a rule that cannot be compiled.
TEST_P(BrokenRules, FailWithFileAndLine) {
  auto compile = [] {
    extraction::rules::Parser parser;
    parser.read("some.rules", GetParam().text);
    parser.check();
  };
  EXPECT_EXIT(compile(), testing::ExitedWithCode(1), GetParam().why);
}

std::string broken_name(const testing::TestParamInfo<Broken>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenRules,
    testing::Values(
        Broken{"Class", "family x\na: MOTNH => month=$1\n",
               "some.rules:2: no class of words: MOTNH"},
        Broken{"NoExample", "family x\n\na: MONTH => month=$1\n", "some.rules:3: a has no example"},
        Broken{"NoFamily", "a: MONTH => month=$1\n", "some.rules:1: a rule outside of a family"},
        Broken{"Nothing", "family x\nuse <y>\n", "some.rules:2: nothing reads <y>"},
        Broken{"Field", "family x\na: MONTH => moon=$1\n",
               "some.rules:2: no field of an expression"},
        Broken{"Place", "family x\na: MONTH => month=$2\n", "some.rules:2: no such place"},
        Broken{"Guard", "family x\na: MONTH => month=$1\n  when blue\n",
               "some.rules:3: no condition"},
        Broken{"Words", "family x\na: @none => month=1\n", "some.rules:2: no words @none"},
        Broken{"Numbers", "family x\na: 9..1 => day=$1\n", "some.rules:2: no numbers: 9..1"},
        Broken{"Empty", "family x\na: MONTH? => month=$1\n", "matches nothing at all"},
        Broken{"Twice", "family x\na: DAY => day=1\n  example en: b => c = d\na: WDAY => day=1\n",
               "some.rules:4: a second rule a"}),
    broken_name);

}  // namespace
}  // namespace correlate
