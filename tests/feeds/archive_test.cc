#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "feeds/archive/items.h"
#include "feeds/archive/paging.h"
#include "feeds/archive/warc.h"

namespace feeds::archive {
namespace {

std::string gzip(const std::string& bytes) {
  z_stream zlib{};
  EXPECT_EQ(deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&zlib, bytes.size()) + 32, '\0');
  std::string in = bytes;
  zlib.next_in = reinterpret_cast<Bytef*>(in.data());
  zlib.avail_in = static_cast<uInt>(in.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

std::string record(const std::string& type, const std::string& url, const std::string& block) {
  return "WARC/1.1\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nWARC-Date: 2014-12-23T02:00:00Z\r\nContent-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + block + "\r\n\r\n";
}

std::string http(const std::string& fields, const std::string& body) {
  return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

struct Read {
  std::vector<Capture> captures;
  std::size_t passed_over = 0;
  bool broken = false;
};

Read read(std::string file, std::size_t limit = 1U << 20U) {
  WarcReader reader(
      [file, at = std::size_t{0}](char* to, std::size_t size) mutable {
        auto some = std::min(file.size() - at, size);
        std::copy_n(file.data() + at, some, to);
        at += some;
        return some;
      },
      limit);
  Read out;
  Capture capture;
  while (reader.next(capture)) out.captures.push_back(capture);
  out.passed_over = reader.passed_over();
  out.broken = reader.broken();
  return out;
}

const std::string kPage =
    record("response", "<http://a.example/1>",
           http("Content-Type: text/html\r\nContent-Language: ko\r\n", "<p>1"));

TEST(Warc, ReadsResponsesPackedOrNot) {
  auto other =
      record("response", "https://a.example/2",
             http("Transfer-Encoding: chunked\r\n", "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
  for (const auto& file : {kPage + other, gzip(kPage + other), gzip(kPage) + gzip(other)}) {
    auto got = read(file);
    ASSERT_EQ(got.captures.size(), 2U);
    EXPECT_FALSE(got.broken);
    EXPECT_EQ(got.captures[0].url, "http://a.example/1");
    EXPECT_EQ(got.captures[0].body, "<p>1");
    EXPECT_EQ(got.captures[0].content_language, "ko");
    ASSERT_TRUE(got.captures[0].at);
    EXPECT_EQ(model::to_iso(got.captures[0].at->at), "2014-12-23T02:00:00Z");
    EXPECT_EQ(got.captures[1].body, "abcde");
  }
}

TEST(Warc, ABodyWhoseChunksWereUndoneStays) {
  auto got = read(record("response", "http://a.example/",
                         http("Transfer-Encoding: chunked\r\n", "<p>no chunks\n")));
  ASSERT_EQ(got.captures.size(), 1U);
  EXPECT_EQ(got.captures[0].body, "<p>no chunks\n");
}

TEST(Warc, OtherRecordsAreNoDocuments) {
  auto got = read(record("warcinfo", "", "software: x") +
                  record("revisit", "http://a.example/", http("", "")) +
                  record("request", "http://a.example/", "GET / HTTP/1.1\r\n\r\n") +
                  record("response", "http://a.example/404", "HTTP/1.1 404 Not Found\r\n\r\nx") +
                  record("response", "dns:a.example", "20141223 a.example 1.2.3.4") +
                  record("resource", "http://a.example/feed", "<rss/>"));
  ASSERT_EQ(got.captures.size(), 1U);
  EXPECT_EQ(got.captures[0].body, "<rss/>");
}

TEST(Warc, WhatIsBrokenIsPassedOver) {
  auto large = record("response", "http://a.example/", http("", std::string(5000, 'x')));
  auto got = read("junk\r\n" + large + "more junk\r\n" + kPage, 1000);
  ASSERT_EQ(got.captures.size(), 1U);
  EXPECT_EQ(got.passed_over, 1U);
  EXPECT_EQ(read(kPage.substr(0, kPage.size() - 10)).passed_over, 1U);
  auto packed = gzip(kPage) + gzip(kPage).substr(0, 30);
  auto cut = read(packed);
  EXPECT_EQ(cut.captures.size(), 1U);
  EXPECT_TRUE(cut.broken);
  EXPECT_TRUE(read("WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n").captures.empty());
}

TEST(Items, ReadsOursAndJsonFeeds) {
  auto document = parse_items(
      "{\"id\":\"1\",\"published\":\"2014-12-23T02:00:00Z\",\"title\":\"Gone\",\"text\":"
      "\"A\\n\\nB\","
      "\"lang\":\"en\",\"url\":\"https://a.example/1\"}\n\nno json\n"
      "{\"id\":\"2\",\"content_html\":\"<p>Back\",\"date_published\":\"2014-12-24\"}\r\n"
      "{\"id\":\"3\",\"published\":\"soon\"}",
      {}, 100);
  ASSERT_EQ(document.entries.size(), 3U);
  EXPECT_EQ(document.entries[0].content[0].value, "A\n\nB");
  EXPECT_EQ(document.entries[0].place, "line 100");
  EXPECT_EQ(news::plain_text(document.entries[1].content[0]), "Back");
  ASSERT_TRUE(document.entries[1].published.time);
  ASSERT_EQ(document.problems.size(), 2U);
  EXPECT_EQ(document.problems[0].place, "line 102");
  EXPECT_EQ(document.problems[1].place, "line 104.published");
}

struct PagingRow {
  const char* name;
  const char* rel;
  const char* href;
  const char* generator;
  const char* url;
  std::vector<std::string> next;
};

class Paging : public testing::TestWithParam<PagingRow> {};

TEST_P(Paging, GoesOn) {
  const auto& row = GetParam();
  news::Document document;
  document.links.push_back({"https://a.example/", "alternate", "", "", "", ""});
  if (row.rel[0] != '\0') document.links.push_back({row.href, row.rel, "", "", "", ""});
  document.generator = row.generator;
  document.entries.emplace_back();
  EXPECT_EQ(next_pages(document, row.url), row.next);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Paging,
    testing::Values(
        PagingRow{"archive",
                  "prev-archive",
                  "2014-11",
                  "",
                  "https://a.example/f/2014-12",
                  {"https://a.example/f/2014-11"}},
        PagingRow{
            "next", "next", "?page=2", "", "https://a.example/f", {"https://a.example/f?page=2"}},
        PagingRow{"itself", "next", "https://a.example/f", "", "https://a.example/f", {}},
        PagingRow{"wordpress",
                  "",
                  "",
                  "https://wordpress.org/?v=6.1",
                  "https://a.example/feed/",
                  {"https://a.example/feed/?paged=2"}},
        PagingRow{"wordpress_again",
                  "",
                  "",
                  "WordPress",
                  "https://a.example/feed/?x=1&paged=9",
                  {"https://a.example/feed/?x=1&paged=10"}},
        PagingRow{"no_number", "", "", "WordPress", "https://a.example/feed/?paged=x", {}},
        PagingRow{"a_file", "", "", "WordPress", "feed.xml", {}},
        PagingRow{"unsafe", "next", "javascript:x", "", "https://a.example/f", {}},
        PagingRow{"nothing", "", "", "", "https://a.example/f", {}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace feeds::archive
