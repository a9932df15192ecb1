#include "feeds/opml/opml.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/shared_data.h"

namespace feeds::opml {
namespace {

std::string body(const std::string& outlines) {
  return "<opml version=\"2.0\"><head><title>Mine</title></head><body>" + outlines +
         "</body></opml>";
}

std::string in_words(const List& list) {
  std::string out;
  for (const auto& one : list.feeds) {
    out += "feed " + one.url + " “" + one.title + "”";
    for (const auto& path : one.categories) out += fmt::format(" [{}]", fmt::join(path, "/"));
    out += "\n";
  }
  for (const auto& one : list.lists) out += "list " + one.url + "\n";
  for (const auto& one : list.opportunities) out += "site " + one.url + "\n";
  return out;
}

struct Row {
  const char* name;
  std::string document;
  const char* expected;
};

class Lists : public testing::TestWithParam<Row> {};

TEST_P(Lists, AreRead) { EXPECT_EQ(in_words(parse(GetParam().document)), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    All, Lists,
    testing::Values(
        Row{"Plain", body("<outline text='A' xmlUrl='http://a/feed' htmlUrl='http://a/'/>"),
            "feed http://a/feed “A”\n"},
        Row{"Groups",
            body("<outline text='News'><outline text='Cyber'>"
                 "<outline title='A' type='rss' xmlURL=' http://a/feed '/></outline></outline>"),
            "feed http://a/feed “A” [News/Cyber]\n"},
        Row{"ListedTwice",
            body("<outline text='x'><outline text='A' xmlUrl='http://a/'/></outline>"
                 "<outline text='y'><outline text='A' xmlUrl='http://a/'/></outline>"),
            "feed http://a/ “A” [x] [y]\n"},
        Row{"Categories",
            body("<outline text='A' xmlUrl='http://a/' category='one, /two/three/ ,/'/>"),
            "feed http://a/ “A” [one] [two/three]\n"},
        Row{"OtherLists", body("<outline type='include' text='L' url='http://l/x.opml'/>"),
            "list http://l/x.opml\n"},
        Row{"SiteOnly", body("<outline type='rss' text='S' xmlUrl='' HTMLurl='http://s/'/>"),
            "site http://s/\n"},
        Row{"BareAmpersand", body("<outline text='Q&A &uuml;' xmlUrl='http://a/?x=1&y=2'/>"),
            "feed http://a/?x=1&y=2 “Q&A ü”\n"},
        Row{"CutOff", "<opml><body><outline text='A' xmlUrl='http://a/'/><outline text='B' xml",
            "feed http://a/ “A”\n"},
        Row{"NoValue", "<opml xmlns><body><outline text='A' xmlUrl=http://a/ /></body></opml>",
            "feed http://a/ “A”\n"},
        Row{"NotClosed", body("<outline text='g'><outline text='A' xmlUrl='http://a/'></body>"),
            "feed http://a/ “A” [g]\n"},
        Row{"NoList", "<rss><channel/></rss>", ""}, Row{"Empty", "", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Opml, WhatIsWrittenIsReadAsTheSame) {
  auto list =
      parse(body("<outline text='News'><outline text='A &amp; &quot;B&quot;' "
                 "xmlUrl='http://a/?x=1&amp;y=2'/></outline>"
                 "<outline text='C' xmlUrl='http://c/' htmlUrl='http://c/home'/>"));
  auto again = parse(write(list));
  EXPECT_EQ(in_words(again), in_words(list));
  EXPECT_EQ(again.title, "Mine");
  EXPECT_TRUE(again.warnings.empty());
}

TEST(Opml, DeepAndLongListsAreBounded) {
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "<outline text='g'>";
  deep += "<outline text='A' xmlUrl='http://a/'/>";
  auto list = parse(body(deep));
  ASSERT_EQ(list.feeds.size(), 1U);
  EXPECT_LE(list.feeds[0].categories[0].size(), 32U);
}

TEST(Opml, ARealListIsReadWhole) {
  NEED_SHARED_DATA("feeds/infosec-sources.opml");
  std::ifstream file(support::shared_data() / "feeds/infosec-sources.opml");
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  ASSERT_TRUE(is_list(bytes));
  auto list = parse(bytes);
  EXPECT_EQ(list.feeds.size(), 428U);  // of 432 outlines, four are there twice
  EXPECT_EQ(parse(write(list)).feeds.size(), 428U);
}

}  // namespace
}  // namespace feeds::opml
