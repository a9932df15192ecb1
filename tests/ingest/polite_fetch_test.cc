#include <atomic>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"

// What is asked for with the validators that a server gave, and whether it may be asked at all.
namespace {

using support::answer;
using support::Connection;
using support::HttpServer;
using support::typed;
using testing::HasSubstr;
using testing::Not;

struct ValidatorRow {
  const char* name;
  const char* etag;  // as sent
  const char* last_modified;
};

const ValidatorRow kValidators[] = {
    {"Strong", "\"a b\"", ""},
    {"Weak", "W/\"1-2\"", ""},
    {"WithoutQuotes", "abc", ""},
    {"WithSpacesInIt", "\"  x  \"", ""},
    {"NoUtf8", "\"\xFF\xC3\"", ""},
    {"GzipMark", "\"abc-gzip\"", "Thu, 15 Jan 2026 12:00:00 GMT"},
    {"DateAlone", "", "Thu, 15 Jan 2026 12:00:00 GMT"},
    {"OddDate", "", "thursday  noon"},
};

class Validators : public testing::TestWithParam<ValidatorRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Validators, testing::ValuesIn(kValidators),
                         [](const auto& row) { return row.param.name; });
TEST_P(Validators, ComeBackByteForByte) {
  const auto& row = GetParam();
  std::string etag = row.etag, date = row.last_modified, second;
  HttpServer server([&](Connection& c) {
    bool again = c.request.find("If-") != std::string::npos;
    if (again) second = c.request;
    std::string fields = etag.empty() ? "" : "ETag: " + etag + "\r\n";
    if (!date.empty()) fields += "Last-Modified: " + date + "\r\n";
    c.send(again ? "HTTP/1.1 304 Not Modified\r\n" + fields + "\r\n"
                 : answer("200 OK", fields, "body"));
  });
  auto first = support::fetch(typed(server.url("/feed")));
  ASSERT_FALSE(first.error) << first.error->message;
  EXPECT_EQ(first.response.etag, etag);
  EXPECT_EQ(first.response.last_modified, date);
  auto request = typed(server.url("/feed"));
  request.etag = first.response.etag;
  request.last_modified = first.response.last_modified;
  request.validators_url = first.response.url;
  auto then = support::fetch(request);
  ASSERT_FALSE(then.error) << then.error->message;
  EXPECT_EQ(then.status, 304);
  if (!etag.empty()) {
    EXPECT_THAT(second, HasSubstr("If-None-Match: " + etag + "\r\n"));
  }
  if (!date.empty()) {
    EXPECT_THAT(second, HasSubstr("If-Modified-Since: " + date + "\r\n"));
  }
}

TEST(Validators, DoNotFollowRedirects) {
  std::string moved;
  HttpServer server([&](Connection& c) {
    if (c.target == "/old") return (void)c.send(answer("301 Moved", "Location: /new\r\n", ""));
    moved = c.request;
    c.send(answer("200 OK", "", "body"));
  });
  auto request = typed(server.url("/old"));
  request.etag = "\"x\"";
  request.validators_url = server.url("/old");
  EXPECT_FALSE(support::fetch(request).error);
  EXPECT_THAT(moved, Not(HasSubstr("If-None-Match")));
}

TEST(Validators, ThatWouldEndALineAreNotSent) {
  std::string sent;
  HttpServer server([&](Connection& c) {
    sent = c.request;
    c.send(answer("200 OK", "", "body"));
  });
  auto request = typed(server.url("/"));
  request.etag = "\"x\"\r\nX-Evil: 1";
  request.validators_url = server.url("/");
  EXPECT_FALSE(support::fetch(request).error);
  EXPECT_THAT(sent, Not(HasSubstr("Evil")));
}

// Some servers send a body with a 304: it is none of the next answer.
TEST(Validators, ABodyBehindA304DoesNotTouchTheNextAnswer) {
  std::atomic<int> sent = 0;
  HttpServer server([&](Connection& c) {
    c.keep = true;
    if (c.target == "/other") return (void)c.send(answer("200 OK", "", "right"));
    c.send("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n");
    c.send(answer("200 OK", "", "wrong"));
    ++sent;
  });
  ingest::Fetcher fetcher({});
  for (int n = 1; n <= 20; ++n) {
    auto request = typed(server.url("/unchanged"));
    request.etag = "\"x\"";
    request.validators_url = request.url;
    EXPECT_EQ(support::fetch(fetcher, request).status, 304);
    while (sent < n) std::this_thread::yield();  // it came after the connection was put aside
    auto got = support::fetch(fetcher, typed(server.url("/other")));
    ASSERT_FALSE(got.error) << got.error->message;
    ASSERT_EQ(got.response.body, "right");
  }
}

struct RobotsRow {
  const char* name;
  void (*serve)(Connection&);  // answers to /robots.txt
  bool allowed;
};

const RobotsRow kRobots[] = {
    {"AllowsIt", [](Connection& c) { c.send(answer("200 OK", "", "User-agent: *\nDisallow: /x")); },
     true},
    {"ForbidsIt", [](Connection& c) { c.send(answer("200 OK", "", "User-agent: *\nDisallow: /")); },
     false},
    {"IsPacked",
     [](Connection& c) {
       c.send(answer("200 OK", "Content-Encoding: gzip\r\n",
                     support::zipped("User-agent: Faultline\nDisallow: /p")));
     },
     false},
    {"IsNotThere", [](Connection& c) { c.send(answer("404 No", "", "")); }, true},
    {"IsForbidden", [](Connection& c) { c.send(answer("403 No", "", "")); }, true},
    {"IsBroken", [](Connection& c) { c.send(answer("500 Broken", "", "")); }, false},
    {"IsBusy", [](Connection& c) { c.send(answer("503 Busy", "", "")); }, false},
    {"Closes", [](Connection&) {}, false},
    {"IsEndless",
     [](Connection& c) {
       c.send("HTTP/1.1 200 OK\r\n\r\n");
       c.repeat("User-agent: x\n");
     },
     false},
    {"IsABomb",
     [](Connection& c) {
       c.send(answer("200 OK", "Content-Encoding: gzip\r\n", support::gzip_bomb(50'000'000)));
     },
     false},
    {"IsAPicture", [](Connection& c) { c.send(answer("200 OK", "", "\x89PNG\r\n\xFF\xFE")); },
     true},
    {"LeadsInACircle",
     [](Connection& c) { c.send(answer("302 Found", "Location: /robots.txt\r\n", "")); }, false},
    {"LeadsInside",
     [](Connection& c) { c.send(answer("302 Found", "Location: http://10.0.0.1/\r\n", "")); },
     false},
};

class RobotsOf : public testing::TestWithParam<RobotsRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, RobotsOf, testing::ValuesIn(kRobots),
                         [](const auto& row) { return row.param.name; });
TEST_P(RobotsOf, AServerAreAskedOnceAndMinded) {
  std::atomic<int> asked = 0, robots = 0;
  HttpServer server([&](Connection& c) {
    if (c.target == "/robots.txt") {
      ++robots;
      return GetParam().serve(c);
    }
    ++asked;
    c.send(answer("200 OK", "", "page"));
  });
  ingest::Fetcher fetcher({});
  for (const char* page : {"/page", "/page/2"}) {
    auto request = typed(server.url(page));
    request.obey_robots = true;
    auto got = support::fetch(fetcher, request);
    EXPECT_EQ(!got.error, GetParam().allowed);
    if (got.error) {
      EXPECT_THAT(got.error->message, HasSubstr("robots.txt asks programs not to read"));
    }
  }
  EXPECT_EQ(asked, GetParam().allowed ? 2 : 0);
  EXPECT_LE(robots, 11);  // with its redirects
}

}  // namespace
