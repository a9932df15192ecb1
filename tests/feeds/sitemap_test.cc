#include "feeds/sitemap/sitemap.h"

#include <gtest/gtest.h>

#include "feeds/parse.h"

namespace feeds::sitemap {
namespace {

constexpr const char* kNews = R"(<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>https://a.example/gone</loc>
    <n:news><n:publication><n:name>The Wire</n:name><n:language>en</n:language></n:publication>
      <n:publication_date>2014-12-23T02:00:00+09:00</n:publication_date>
      <n:title>Networks &amp; routes gone</n:title><n:keywords>routing, outage</n:keywords></n:news>
    <image:image><image:loc>https://a.example/p.jpg</image:loc></image:image></url>
  <url><loc>https://a.example/old</loc><lastmod>2013-01-01</lastmod></url>
  <url><loc>https://a.example/new</loc><lastmod>2014-01-01</lastmod></url>
  <url><lastmod>2014-01-01</lastmod></url>
</urlset>)";

TEST(Sitemap, NewsBecomesEntriesAndTheRestLinks) {
  ASSERT_EQ(*detect(kNews, "sitemap.xml"), Kind::kSitemap);
  auto document = parse(kNews, {});
  EXPECT_EQ(document.version, "sitemap");
  ASSERT_EQ(document.entries.size(), 1U);
  const auto& item = document.entries[0];
  EXPECT_EQ(item.title.value, "Networks & routes gone");
  EXPECT_EQ(item.link, "https://a.example/gone");
  EXPECT_EQ(item.publisher, "The Wire");
  EXPECT_EQ(item.language, "en");
  ASSERT_TRUE(item.published.time);
  EXPECT_EQ(model::to_iso(item.published.time->at), "2014-12-22T17:00:00Z");
  EXPECT_EQ(item.tags.size(), 2U);
  ASSERT_EQ(document.links.size(), 2U);
  EXPECT_EQ(document.links[0].href, "https://a.example/new");
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].place, "url[3]");
}

TEST(Sitemap, AnIndexNamesSitemapsTheNewestFirst) {
  auto document = parse(
      "<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2013</lastmod></sitemap>"
      "<sitemap><loc>https://a.example/b.xml</loc><lastmod>2014</lastmod></sitemap><sitemap><loc>",
      {"", "", "", "https://a.example/sitemap.xml", 1});
  EXPECT_EQ(document.version, "sitemapindex");
  ASSERT_EQ(document.links.size(), 2U);
  EXPECT_EQ(document.links[0].href, "https://a.example/b.xml");
  EXPECT_EQ(document.links[0].rel, "sitemap");
  EXPECT_EQ(document.links[1].href, "https://a.example/a.xml.gz");
  EXPECT_TRUE(document.bozo);
}

}  // namespace
}  // namespace feeds::sitemap
