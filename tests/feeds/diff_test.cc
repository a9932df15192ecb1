#include "feeds/render/diff.h"

#include <random>

#include <gtest/gtest.h>

namespace {

using feeds::render::Change;
using feeds::render::diff;
using feeds::render::to_text;

std::string shown(const std::string& before, const std::string& after) {
  return to_text(diff(before, after), false);
}

// What a script leaves of the two texts.
void expect_whole(const std::string& before, const std::string& after) {
  std::string a, b;
  for (const auto& [kind, text] : diff(before, after)) {
    if (kind != Change::Kind::kAdded) a += text;
    if (kind != Change::Kind::kRemoved) b += text;
  }
  EXPECT_EQ(a, before);
  EXPECT_EQ(b, after);
}

struct Row {
  const char* name;
  const char* before;
  const char* after;
  const char* text;
};
const Row kRows[] = {
    {"Same", "It is down.", "It is down.", "…"},
    {"Empty", "", "", ""},
    {"FromNothing", "", "It is down.", "{+It is down.+}"},
    {"ToNothing", "It is down.", "", "[-It is down.-]"},
    {"Word", "The network was down.", "The network is down.", "The network [-was-]{+is+} down."},
    {"Figure", "for 9 hours", "for 9.5 hours", "for [-9-]{+9.5+} hours"},
    {"Inserted", "routes are gone", "all routes are gone", "{+all +}routes are gone"},
    {"Blank", "a  b", "a b", "a[-  -]{+ +}b"},
    {"Korean", "북한 인터넷 불통", "북한 인터넷 복구", "북한 인터넷 [-불통-]{+복구+}"},
    {"Paragraph", "one.\n\ntwo", "one. two", "one[-.¶-]{+. +}two"},
    {"Controls", "is \x1b[31mred", "is \x1b[32mred", "is \xEF\xBF\xBD[[-31mred-]{+32mred+}"},
    {"Two", "one two three four", "one 2 three 4", "one [-two-]{+2+} three [-four-]{+4+}"},
};
class Diff : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, Diff, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(Diff, ShowsWhatChanged) {
  EXPECT_EQ(shown(GetParam().before, GetParam().after), GetParam().text);
  expect_whole(GetParam().before, GetParam().after);
}

TEST(DiffOf, AnyTwoTextsKeepsBothWhole) {
  std::mt19937 random(7);
  auto text = [&] {
    std::string out;
    for (auto n = random() % 40; n > 0; --n) out += "abcd "[random() % 5];
    return out;
  };
  for (int n = 0; n < 3000; ++n) expect_whole(text(), text());
}

TEST(DiffOf, TextsThatHaveNothingInCommonIsAReplacement) {
  std::string before, after;
  for (int n = 0; n < 20000; ++n) {
    before += "a" + std::to_string(n) + " ";
    after += "b" + std::to_string(n) + " ";
  }
  auto changes = diff("same " + before + "end", "same " + after + "end");
  ASSERT_EQ(changes.size(), 4U);
  expect_whole("same " + before + "end", "same " + after + "end");
}

// Each diagonal runs along the whole texts, which the search must not do a thousand times.
TEST(DiffOf, LongTextsOfFewWordsEnds) {
  std::string before = "start ", after = "begin ";
  for (int n = 0; n < 200'000; ++n) {
    before += n % 500 == 0 ? "x " : "a ";
    after += n % 501 == 0 ? "y " : "a ";
  }
  expect_whole(before + "end", after + "stop");
}

TEST(Text, LeavesOutWhatIsLongAndTheSame) {
  std::string long_text(200, 'x');
  auto text = shown("old " + long_text + " end", "new " + long_text + " end");
  EXPECT_EQ(text, "[-old-]{+new+} " + std::string(39, 'x') + "…");
}

}  // namespace
