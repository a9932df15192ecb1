#include "feeds/page/page.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feeds/page/article.h"
#include "feeds/page/discover.h"
#include "feeds/page/tame.h"
#include "tests/support/pages.h"

namespace feeds::page {
namespace {

news::Document read(const std::string& html, const std::string& url = "") {
  news::Hints hints;
  hints.url = url;
  return page::parse(html, hints);
}

std::string paragraphs(int n) {
  std::string out;
  for (int i = 0; i < n; ++i) {
    out += fmt::format(
        "<p>Paragraph {} tells, in more than a few words, what happened to the network.</p>", i);
  }
  return out;
}

std::string page_of(const std::string& head, const std::string& body) {
  return "<!doctype html><html lang=en><head>" + head + "</head><body>" + body + "</body></html>";
}

TEST(Page, ReadsTheArticleAndNothingAroundIt) {
  auto document = read(
      page_of("<title>Site | Networks gone</title><meta property=og:title content='Networks gone'>",
              "<nav><a href=/>Home</a> <a href=/world>World</a></nav><div class=story><h1>Networks "
              "gone</h1>" +
                  paragraphs(8) +
                  "<p>Advertisement</p><ul><li><a href=/1>Another story, of yesterday</a>"
                  "<li><a href=/2>A third story of today</a></ul><blockquote "
                  "class=twitter-tweet>All routes "
                  "are gone.</blockquote></div><div class=comments>" +
                  paragraphs(3) + "</div>"));
  ASSERT_EQ(document.entries.size(), 1U);
  const auto& item = document.entries[0];
  EXPECT_EQ(item.title.value, "Networks gone");
  const auto& text = item.content[0].value;
  EXPECT_TRUE(text.starts_with("Paragraph 0 tells")) << text;
  EXPECT_TRUE(text.ends_with("\n\nAll routes are gone.")) << text;
  EXPECT_EQ(text.find("Advertisement"), std::string::npos);
  EXPECT_EQ(text.find("Another story"), std::string::npos);
  EXPECT_EQ(item.language, "en");
}

TEST(Page, TakesWhatJsonLdStates) {
  auto document = read(
      page_of(
          "<link rel=canonical href='/2014/gone'><script type='application/ld+json'>{\"@graph\":"
          "[{\"@type\":\"WebSite\",\"name\":\"X\"},{\"@type\":[\"NewsArticle\"],\"headline\":"
          "\"Gone &amp; back\",\"datePublished\":\"2014-12-23T02:00:00Z\",\"dateModified\":"
          "\"2014-12-24\",\"author\":[{\"@type\":\"Person\",\"name\":\"Kim\"},\"By Lee\"],"
          "\"publisher\":{\"name\":\"The Wire\"}}]}</script>",
          "<article>" + paragraphs(4) + "</article>"),
      "https://wire.example/x?y");
  ASSERT_EQ(document.entries.size(), 1U);
  const auto& item = document.entries[0];
  EXPECT_EQ(item.title.value, "Gone & back");
  EXPECT_EQ(item.link, "https://wire.example/2014/gone");
  ASSERT_TRUE(item.published.time && item.updated.time);
  EXPECT_EQ(model::to_iso(item.published.time->at), "2014-12-23T02:00:00Z");
  EXPECT_EQ(item.updated.time->precision, model::Precision::kDay);
  ASSERT_EQ(item.authors.size(), 2U);
  EXPECT_EQ(item.authors[1].name, "Lee");
  EXPECT_EQ(item.publisher, "The Wire");
  EXPECT_EQ(document.id, "https://wire.example/");
}

TEST(Page, ACanonicalAddressThatIsTheHomePageIsNoAddressOfAnArticle) {
  auto document = read(page_of("<link rel=canonical href='https://a.example/'>", paragraphs(9)),
                       "https://a.example/2014/gone");
  ASSERT_EQ(document.entries.size(), 1U);
  EXPECT_EQ(document.entries[0].link, "https://a.example/2014/gone");
}

struct CanonicalRow {
  const char* name;
  const char* head;
  const char* url;
  const char* link;
};
const CanonicalRow kCanonicals[] = {
    {"Relative", "<link rel=canonical href='/b'>", "https://a.example/c?x=1",
     "https://a.example/b"},
    {"OtherHost", "<link rel=canonical href='https://b.example/c'>", "https://a.example/c",
     "https://b.example/c"},
    {"FirstOfTwo", "<link rel=canonical href='/b'><link rel=canonical href='/d'>",
     "https://a.example/c", "https://a.example/b"},
    {"OtherScheme", "<link rel=canonical href='javascript:alert(1)'>", "https://a.example/c",
     "https://a.example/c"},
    {"OpenGraph", "<meta property='og:url' content='https://a.example/b'>", "https://a.example/c",
     "https://a.example/b"},
    {"LinkBeforeOpenGraph",
     "<meta property='og:url' content='/d'><link rel=canonical href='https://a.example/b'>",
     "https://a.example/c", "https://a.example/b"},
    {"Section", "<link rel=canonical href='/world/'>", "https://a.example/world/what-was-cut",
     "https://a.example/world/what-was-cut"},
    {"SectionThenOpenGraph",
     "<link rel=canonical href='/world/'><meta property='og:url' content='/world/what-was-cut'>",
     "https://a.example/world/what-was-cut?x=1", "https://a.example/world/what-was-cut"},
    {"Month", "<link rel=canonical href='/2014/12/'>", "https://a.example/2014/12/cut.html",
     "https://a.example/2014/12/cut.html"},
    {"Amp", "<link rel=canonical href='/2014/12/cut'>", "https://a.example/2014/12/cut/amp",
     "https://a.example/2014/12/cut"},
    {"SecondPage", "<link rel=canonical href='/world/what-was-cut'>",
     "https://a.example/world/what-was-cut/2", "https://a.example/world/what-was-cut"},
};
class Canonical : public testing::TestWithParam<CanonicalRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Canonical, testing::ValuesIn(kCanonicals),
                         [](const auto& row) { return row.param.name; });
TEST_P(Canonical, IsTheLinkOfThePagesEntry) {
  auto document = read(page_of(GetParam().head, paragraphs(9)), GetParam().url);
  ASSERT_EQ(document.entries.size(), 1U);
  EXPECT_EQ(document.entries[0].link, GetParam().link);
}

TEST(Page, WithoutAnArticleItNamesItsFeeds) {
  auto document =
      read(page_of("<link rel=alternate type=application/rss+xml href=/comments/feed/>"
                   "<link rel='alternate' type='application/atom+xml; charset=utf-8' href=atom.xml>"
                   "<link rel=alternate type=application/json href=/wp-json/1>",
                   "<a href=/1>One</a>"),
           "https://a.example/");
  EXPECT_TRUE(document.entries.empty());
  ASSERT_EQ(document.links.size(), 2U);
  EXPECT_EQ(document.problems.back().message,
            "this is a web page without an article, not a feed; it names these feeds: "
            "https://a.example/atom.xml https://a.example/comments/feed/");
}

TEST(Discovery, ReadsTheLinkHeader) {
  auto feeds = feeds_of_header(
      "</style.css>; rel=preload, <https://b.example/feed>; rel=\"alternate\"; "
      "type=\"application/rss+xml\"; title=\"A, \\\"B\\\"\", <x>",
      "https://a.example/");
  ASSERT_EQ(feeds.size(), 1U);
  EXPECT_EQ(feeds[0].href, "https://b.example/feed");
  EXPECT_EQ(feeds[0].title, "A, \"B\"");
}

TEST(Discovery, GuessesOnTheSameHost) {
  auto guesses = well_known("https://a.example/blog/post");
  ASSERT_FALSE(guesses.empty());
  EXPECT_EQ(guesses[0].href, "https://a.example/blog/feed/");
  for (const auto& guess : guesses)
    EXPECT_TRUE(guess.guess && guess.href.starts_with("https://a.example/"));
  EXPECT_TRUE(well_known("file:///etc/passwd").empty());
}

// Each would cost a naive tree builder its stack, its memory or hours.
TEST(Hostile, PagesAreReadInBoundedDepthAndTime) {
  auto many = [](const std::string& what, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += what;
    return out;
  };
  const std::string pages[] = {many("<div>", 300'000),
                               many("<span><div></span>", 150'000),
                               many("<b><p>", 150'000),
                               many("<table><td>", 150'000),
                               many("<a href=x><div>", 150'000),
                               many("<ul><li>", 200'000),
                               many("<form><p></form>", 100'000),
                               many("<svg>", 300'000) + paragraphs(3),
                               many("<button><p>", 150'000),
                               "<script type='application/ld+json'>" + many("[", 1'000'000)};
  for (const auto& page : pages) {
    auto document = read(page);
    EXPECT_EQ(document.version, "html");
    Tree tree(page);
    std::vector<std::size_t> depth(tree.size());
    std::size_t deepest = 0;
    for (std::size_t i = 1; i < tree.size(); ++i) {
      depth[i] = depth[tree[i].parent] + 1;
      deepest = std::max(deepest, depth[i]);
    }
    EXPECT_LT(deepest, 5 * kDeepest) << page.substr(0, 30);
  }
}

TEST(Gold, ArticlesOfRealPages) {
  auto pages = support::read_pages();
  if (pages.empty()) GTEST_SKIP() << "needs ../shared/data/pages (or FAULTLINE_SHARED_DATA)";
  auto score = support::score_pages(pages, [](const std::string& html) {
    auto document = read(html);
    return document.entries.empty() ? std::string() : document.entries[0].content[0].value;
  });
  fmt::print("{} pages: precision {:.4f}, recall {:.4f}, F1 {:.4f}, mean of F1 {:.4f}\n",
             pages.size(), score.precision, score.recall, score.f1, score.mean_f1);
  EXPECT_GE(score.f1, 0.93);
  EXPECT_GE(score.mean_f1, 0.93);
}

}  // namespace
}  // namespace feeds::page
