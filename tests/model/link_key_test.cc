#include "store/model/link_key.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* url;
  const char* key;
};
const Row kRows[] = {
    {"Plain", "https://a.org/b-c-d", "https://a.org/b-c-d"},
    {"Http", "http://a.org/b", "https://a.org/b"},
    {"Www", "https://www.a.org/b", "https://a.org/b"},
    {"Slash", "https://a.org/b/", "https://a.org/b"},
    {"MobileHost", "https://m.a.org/b", "https://a.org/b"},
    {"MobileHostInWords", "https://mobile.a.org/b", "https://a.org/b"},
    {"MobileSecond", "https://en.m.wikipedia.org/wiki/B", "https://en.wikipedia.org/wiki/B"},
    {"AmpHost", "https://amp.a.org/b", "https://a.org/b"},
    {"OtherHostStays", "https://media.a.org/b", "https://media.a.org/b"},
    {"MobileIsTheSite", "https://m.com/b", "https://m.com/b"},
    {"MobileIsTheName", "https://m.co.uk/b", "https://m.co.uk/b"},
    {"MobileAboveName", "https://m.bbc.co.uk/b", "https://bbc.co.uk/b"},
    {"AmpBehindSlug", "https://a.org/what-was-cut/amp", "https://a.org/what-was-cut"},
    {"AmpBehindDate", "https://a.org/2014/12/cut/amp/", "https://a.org/2014/12/cut"},
    {"AmpBehindNumber", "https://a.org/news/1234567/amp", "https://a.org/news/1234567"},
    {"AmpBehindSection", "https://a.org/guitars/amp", "https://a.org/guitars/amp"},
    {"AmpAlone", "https://a.org/amp/", "https://a.org/amp"},
    {"AmpBefore", "https://a.org/amp/news/what-was-cut", "https://a.org/news/what-was-cut"},
    {"AmpBeforeSection", "https://a.org/amp/news", "https://a.org/amp/news"},
    {"AmpAsEnding", "https://a.org/what-was-cut.amp.html", "https://a.org/what-was-cut.html"},
    {"AmpAsShortEnding", "https://a.org/what-was-cut.amp", "https://a.org/what-was-cut"},
    {"AmpInAWord", "https://a.org/2014/12/stamp", "https://a.org/2014/12/stamp"},
    {"QueryStays", "https://www.a.org/b?id=7", "https://a.org/b?id=7"},
    {"QueryOfHome", "https://www.a.org/?p=7", "https://a.org?p=7"},
    {"Blogger", "http://a.org/2014/12/b.html?m=1", "https://a.org/2014/12/b.html"},
    {"NotBlogger", "http://a.org/b?m=1", "https://a.org/b?m=1"},
    {"Port", "http://www.a.org:8080/b", "https://a.org:8080/b"},
    {"Address", "http://[2001:db8::1]/b", "https://[2001:db8::1]/b"},
    {"Home", "https://www.a.org/", ""},
    {"HomeOfMobile", "https://m.a.org", ""},
    {"OtherScheme", "urn:uuid:7", ""},
    {"Empty", "", ""},
};

class LinkKey : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, LinkKey, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(LinkKey, Is) {
  auto key = model::link_key(GetParam().url);
  EXPECT_EQ(key, GetParam().key);
  EXPECT_EQ(model::link_key(key), key) << "a second time changes nothing";
}

TEST(AsHttps, ChangesTheSchemeAlone) {
  EXPECT_EQ(model::as_https("http://a.org/?p=7"), "https://a.org/?p=7");
  EXPECT_EQ(model::as_https("HTTP://A.org/"), "https://A.org/");
  for (const char* same : {"https://a.org/", "7 at http://a.org", "http://", "tag:a.org,2014:7",
                           "httpx://a", "urn:uuid:7", ""}) {
    EXPECT_EQ(model::as_https(same), same);
  }
}

}  // namespace
