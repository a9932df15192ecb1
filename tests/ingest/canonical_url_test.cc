#include "ingest/canonical_url.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* url;
  const char* canonical;
};

const Row kRows[] = {
    {"AlreadyCanonical", "https://a.b/c?d=e", "https://a.b/c?d=e"},
    {"SchemeAndHostInSmallLetters", "HTTPS://WWW.A.B/Path", "https://www.a.b/Path"},
    {"DefaultPort", "http://a.b:80/", "http://a.b/"},
    {"DefaultPortOfHttps", "https://a.b:443/c", "https://a.b/c"},
    {"OtherPortStays", "https://a.b:80/c", "https://a.b:80/c"},
    {"EmptyPort", "http://a.b:/c", "http://a.b/c"},
    {"Fragment", "https://a.b/c#comments", "https://a.b/c"},
    {"NoPath", "https://a.b", "https://a.b/"},
    {"NoPathButQuery", "https://a.b?x=1", "https://a.b/?x=1"},
    {"DotSegments", "https://a.b/c/./d/../e", "https://a.b/c/e"},
    {"DotSegmentsAboveTheRoot", "https://a.b/../../c", "https://a.b/c"},
    {"DotAtTheEndOfTheHost", "https://a.b./c", "https://a.b/c"},
    {"Tracking", "https://a.b/c?utm_source=x&id=7&UTM_Medium=y&fbclid=z", "https://a.b/c?id=7"},
    {"OnlyTracking", "https://a.b/c?utm_source=x&gclid=1", "https://a.b/c"},
    {"MailTracking", "https://a.b/c?mc_cid=1&mc_eid=2&mtm_campaign=3&igshid=4", "https://a.b/c"},
    {"NotTracking", "https://a.b/c?ref=x&utmost=1&id", "https://a.b/c?ref=x&utmost=1&id"},
    {"OrderStays", "https://a.b/c?b=2&a=1", "https://a.b/c?b=2&a=1"},
    {"EscapesOfTheQueryStay", "https://a.b/c?q=a%26b+c", "https://a.b/c?q=a%26b+c"},
    {"EmptyQuery", "https://a.b/c?", "https://a.b/c"},
    {"TrailingSlashStays", "https://a.b/c/", "https://a.b/c/"},
    {"UnneededEscapes", "https://a.b/%7Euser/%61", "https://a.b/~user/a"},
    {"EscapesInCapitals", "https://a.b/%c3%a9", "https://a.b/%C3%A9"},
    {"OtherScripts", "https://a.b/평양", "https://a.b/%ED%8F%89%EC%96%91"},
    {"Blanks", " https://a.b/c d\n", "https://a.b/c%20d"},
    {"BarePercent", "https://a.b/100%", "https://a.b/100%25"},
    {"Ipv6", "http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"},
    {"HttpIsNotHttps", "http://a.b/", "http://a.b/"},
    {"NothingButAScheme", "https", "https"},
    {"TwoColons", "https://a.b::/c", "https://a.b::/c"},
    {"TwoDots", "https://a.b../c", "https://a.b/c"},
    {"BehindTheBracket", "https://[::1]'::/c", "https://[::1]'::/c"},
    {"AmpAsParameter", "https://a.b/c?amp=1&id=7", "https://a.b/c?id=7"},
    {"AmpWithoutValue", "https://a.b/c?AMP", "https://a.b/c"},
    {"AmpAsOutput", "https://a.b/c?outputType=amp", "https://a.b/c"},
    {"AmpIsSomethingElse", "https://a.b/c?amp=20&amps=1", "https://a.b/c?amp=20&amps=1"},
    {"AmpInThePathStays", "https://a.b/2014/12/c/amp/", "https://a.b/2014/12/c/amp/"},
    {"AmpCache", "https://www-a-b.cdn.ampproject.org/c/s/www.a.b/c?amp=1&x=y#z",
     "https://www.a.b/c?x=y"},
    {"AmpCacheOfHttp", "https://a-b.cdn.ampproject.org/c/a.b/c", "http://a.b/c"},
    {"AmpCacheViewer", "https://cdn.ampproject.org/v/s/a.b/c?utm_source=x", "https://a.b/c"},
    {"AmpCacheOfPictures", "https://a-b.cdn.ampproject.org/i/s/a.b/c.png",
     "https://a-b.cdn.ampproject.org/i/s/a.b/c.png"},
    {"AmpCacheOfBing", "https://www-a-b.bing-amp.com/c/s/www.a.b/c", "https://www.a.b/c"},
    {"AmpViewerOfGoogle", "https://www.google.com/amp/s/www.a.b/c/amp/", "https://www.a.b/c/amp/"},
    {"AmpViewerOfBing", "https://www.bing.com/amp/s/www.a.b/c", "https://www.a.b/c"},
    {"AmpCacheInACache", "https://a.cdn.ampproject.org/c/s/b.cdn.ampproject.org/c/s/a.b/c",
     "https://a.b/c"},
    {"NoAmpViewer", "https://www.google.com/amp/help", "https://www.google.com/amp/help"},
    {"NoAmpCache", "https://ampproject.org/c/s/a.b/c", "https://ampproject.org/c/s/a.b/c"},
    {"MobileHostStays", "https://m.a.b/c", "https://m.a.b/c"},
    {"Mail", "mailto:Ann@A.B", "mailto:Ann@A.B"},
    {"Urn", "urn:uuid:ABC#x", "urn:uuid:ABC#x"},
    {"Relative", "/c/../d", "/c/../d"},
    {"NoHost", "http:///c", "http:///c"},
    {"Junk", "http://a b c", "http://a%20b%20c/"},
    {"BadPort", "http://a.b:port/", "http://a.b:port/"},
    {"Empty", "", ""},
    {"Words", "see our site", "see our site"},
};

class CanonicalUrl : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, CanonicalUrl, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST_P(CanonicalUrl, Is) {
  auto canonical = ingest::canonical_url(GetParam().url);
  EXPECT_EQ(canonical, GetParam().canonical);
  EXPECT_EQ(ingest::canonical_url(canonical), canonical) << "a second time changes nothing";
}

TEST(CanonicalUrl, ALongOneStaysAsItIs) {
  std::string url = "HTTP://A.B/";
  for (int i = 0; i < 100000; ++i) url += "../x/";
  EXPECT_EQ(ingest::canonical_url(url), url);
}

}  // namespace
