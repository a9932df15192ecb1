#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/lookup.h"
#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"

// Where a redirect and a name may lead: nowhere that is private, whatever its spelling. The server
// is start.example, which the allow-list has; what it leads to is not on it. Every row also holds
// that the server was asked once and not again through another name.
namespace {

using model::Errc;
using support::answer;
using support::Connection;
using testing::HasSubstr;
using Addresses = std::vector<std::string>;

// Names of these tests; others as the system says (which takes the odd spellings of addresses).
model::Result<Addresses> resolve(const std::string& host) {
  static const std::map<std::string, Addresses> kNames = {
      {"start.example", {"127.0.0.1"}},
      {"inside.example", {"127.0.0.1"}},
      {"metadata.example", {"169.254.169.254"}},
      {"mapped.example", {"::ffff:127.0.0.1"}},
      {"empty.example", {}},
      {"junk.example", {"no address"}},
      {"private.example", {"10.0.0.1", "fd00::1"}},
  };
  auto found = kNames.find(host);
  if (found != kNames.end()) return found->second;
  if (host.ends_with(".example")) return model::Error{Errc::kIo, "Name or service not known"};
  return ingest::resolve_by_system(host);
}

ingest::FetcherOptions options() {
  ingest::FetcherOptions out;
  out.allowed = *ingest::AllowList::of({"start.example"});
  out.resolve = resolve;
  return out;
}

ingest::Request start(const support::HttpServer& server, const std::string& target = "/") {
  ingest::Request request;
  request.url = "http://start.example:" + server.port() + target;
  return request;
}

struct Row {
  const char* name;
  const char* location;  // PORT stands for the server's
  const char* says;
};

const Row kBad[] = {
    {"Loopback", "http://127.0.0.1:PORT/x", "private network (127.0.0.1)"},
    {"Loopback6", "http://[::1]:PORT/x", "private network (::1)"},
    {"OtherLoopback", "http://127.9.9.9:PORT/x", "private network (127.9.9.9)"},
    {"Metadata", "http://169.254.169.254/latest/meta-data/", "private network (169.254.169.254)"},
    {"Mapped", "http://[::ffff:127.0.0.1]:PORT/x", "private network (::ffff:127.0.0.1)"},
    {"MappedInHex", "http://[::ffff:7f00:1]:PORT/x", "private network (::ffff:127.0.0.1)"},
    {"Nat64", "http://[64:ff9b::7f00:1]:PORT/x", "private network (64:ff9b::7f00:1)"},
    {"SixToFour", "http://[2002:7f00:1::]:PORT/x", "private network"},
    {"UniqueLocal", "http://[fd00::1]/x", "private network (fd00::1)"},
    {"LinkLocalWithZone", "http://[fe80::1%25lo]/x", "which is no address"},
    {"ThisHost", "http://0.0.0.0:PORT/x", "private network (0.0.0.0)"},
    {"Zero", "http://0:PORT/x", "private network (0.0.0.0)"},
    {"Decimal", "http://2130706433:PORT/x", "private network (127.0.0.1)"},
    {"Hex", "http://0x7f.1:PORT/x", "private network (127.0.0.1)"},
    {"HexWhole", "http://0x7f000001:PORT/x", "private network (127.0.0.1)"},
    {"Octal", "http://0177.0.0.1:PORT/x", "private network (127.0.0.1)"},
    {"ShortForm", "http://127.1:PORT/x", "private network (127.0.0.1)"},
    {"Localhost", "http://localhost:PORT/x", "private network"},
    {"NameOfPrivate", "http://inside.example:PORT/x", "private network (127.0.0.1)"},
    {"NameOfPrivateInCapitals", "http://INSIDE.example:PORT/x", "private network (127.0.0.1)"},
    {"NameOfMapped", "http://mapped.example:PORT/x", "private network (::ffff:127.0.0.1)"},
    {"NameOfMetadata", "http://metadata.example/x", "private network (169.254.169.254)"},
    {"NameOfSeveralPrivate", "http://private.example/x", "private network"},
    {"NameWithoutAddress", "http://empty.example/x", "it has no address"},
    {"NameOfJunk", "http://junk.example/x", "it has no address"},
    {"NameOfNothing", "http://nowhere.example/x", "the name nowhere.example is not known"},
    {"EscapedHost", "http://127%2E0%2E0%2E1:PORT/x", "private network (127.0.0.1)"},
    {"FullWidthDigits", "http://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/x",
     "private network (127.0.0.1)"},
    {"File", "file:///etc/passwd", "is neither http nor https"},
    {"Gopher", "gopher://127.0.0.1:6379/_x", "is neither http nor https"},
    {"Ftp", "ftp://start.example/x", "is neither http nor https"},
    {"Data", "data:text/xml,<rss/>", "is neither http nor https"},
    {"JavaScript", "javascript:alert(1)", "is neither http nor https"},
    {"UserAndPassword", "http://user:secret@start.example:PORT/x", "carries a user name"},
    {"MailPort", "http://start.example:25/x", "port 25 belongs to another protocol"},
    {"RedisByTrick", "http://start.example:6667/x", "port 6667 belongs to another protocol"},
    {"PortZero", "http://start.example:0/x", "port 0 belongs to another protocol"},
    {"PortBeyondPorts", "http://start.example:65616/x", "port 65616 belongs to another protocol"},
    {"PortBeyondNumbers", "http://start.example:99999999999999999999/x", "belongs to another"},
    {"NoHost", "http:///x", "is no web address"},
    {"Spaces", "   ", "the server answered 302"},
    {"BrokenEscape", "/%zz", "which is no address"},
    {"BrokenBrackets", "http://[::1/x", "which is no address"},
    {"OutOfBrackets", "http://[127.0.0.1]/x", "which is no address"},
};

class BadRedirect : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadRedirect, testing::ValuesIn(kBad),
                         [](const auto& row) { return row.param.name; });
TEST_P(BadRedirect, IsRefusedWithItsReason) {
  std::string location = GetParam().location, port;
  support::HttpServer server([&](Connection& c) {
    c.send(answer("302 Found", "Location: " + location + "\r\n", "moved"));
  });
  if (auto at = location.find("PORT"); at != location.npos) {
    location.replace(at, 4, server.port());
  }
  auto got = support::fetch(start(server), options());
  ASSERT_TRUE(got.error) << got.response.url;
  EXPECT_THAT(got.error->message, HasSubstr(GetParam().says));
  EXPECT_THAT(got.error->message, testing::Not(HasSubstr("secret")));
  EXPECT_EQ(got.response.body, "");
  EXPECT_EQ(server.accepted(), 1);
}

struct GoodRow {
  const char* name;
  const char* location;
  const char* target;  // what is asked for next
};

const GoodRow kGood[] = {
    {"Absolute", "http://start.example:PORT/x?y", "/x?y"},
    {"Path", "/x", "/x"},
    {"Relative", "x", "/a/x"},
    {"Above", "../x", "/x"},
    {"FarAbove", "../../../x", "/x"},
    {"SameScheme", "//start.example:PORT/x", "/x"},
    {"QueryAlone", "?x", "/a/b?x"},
    {"WithFragment", "/x#y", "/x"},
    {"WithSpaces", "  /x y  ", "/x%20y"},
    {"WithLettersOfOthers", "/\xD0\xB8", "/%D0%B8"},
    {"WithBytesOfNoText", "/\xFF", "/%FF"},
    {"WithBrackets", "/x[1]?y[]={z}|\"<>", "/x%5B1%5D?y%5B%5D=%7Bz%7D%7C%22%3C%3E"},
    {"WithTab", "/x\ty", "/x%09y"},
    {"WithBackslash", "\\x", "/a/%5Cx"},
};

class GoodRedirect : public testing::TestWithParam<GoodRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, GoodRedirect, testing::ValuesIn(kGood),
                         [](const auto& row) { return row.param.name; });
TEST_P(GoodRedirect, IsFollowed) {
  std::string location = GetParam().location;
  support::HttpServer server([&](Connection& c) {
    if (c.target == "/a/b") {
      c.send(answer("302 Found", "Location: " + location + "\r\n", "moved"));
    } else {
      c.send(answer("200 OK", "", c.target));
    }
  });
  if (auto at = location.find("PORT"); at != location.npos) {
    location.replace(at, 4, server.port());
  }
  auto got = support::fetch(start(server, "/a/b"), options());
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, GetParam().target);
  EXPECT_EQ(got.redirects.size(), 1U);
}

std::string chain(Connection& c, int length) {
  int at = std::stoi(c.target.substr(1));
  if (at == length) return answer("200 OK", "", "the end");
  return answer("301 Moved", "Location: /" + std::to_string(at + 1) + "\r\n", "");
}

TEST(Redirects, TenAreFollowedAndTold) {
  support::HttpServer server([](Connection& c) { c.send(chain(c, 10)); });
  auto got = support::fetch(start(server, "/0"), options());
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "the end");
  EXPECT_EQ(got.redirects.size(), 10U);
  EXPECT_EQ(got.redirects.back().status, 301);
}

TEST(Redirects, ElevenAreNot) {
  support::HttpServer server([](Connection& c) { c.send(chain(c, 11)); });
  auto got = support::fetch(start(server, "/0"), options());
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("redirects more than 10 times"));
}

TEST(Redirects, AnEndlessAddressIsRefused) {
  support::HttpServer server([](Connection& c) {
    c.send(answer("302 Found", "Location: /" + std::string(60'000, 'x') + "\r\n", ""));
  });
  auto got = support::fetch(start(server), options());
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("longer than 8192 bytes"));
  EXPECT_LT(got.error->message.size(), 1000U);
}

TEST(Redirects, WithoutLocationAreAnswersLikeOthers) {
  support::HttpServer server([](Connection& c) { c.send(answer("301 Moved", "", "")); });
  auto got = support::fetch(start(server), options());
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("301 Moved Permanently"));
}

TEST(Redirects, OtherBytesThanTextAreNotShown) {
  support::HttpServer server(
      [](Connection& c) { c.send(answer("302 Found", "Location: http://[\xFF\xC2\x9B\r\n", "")); });
  auto got = support::fetch(start(server), options());
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("\"http://[???\", which is no address"));
}

// A name that is public when it is looked up first and private the second time.
TEST(Rebinding, TheSecondAddressIsCheckedToo) {
  std::atomic<int> lookups = 0;
  support::HttpServer server([](Connection& c) {
    c.send(answer("302 Found", "Location: /again\r\nConnection: close\r\n", ""));
  });
  auto changing = options();
  // 127.0.0.1 is on the list here, so that it stands for a public address.
  changing.allowed = *ingest::AllowList::of({"127.0.0.1"});
  changing.resolve = [&](const std::string&) -> model::Result<Addresses> {
    return Addresses{++lookups == 1 ? "127.0.0.1" : "127.0.0.2"};
  };
  auto got = support::fetch(start(server), changing);
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("private network (127.0.0.2)"));
  EXPECT_EQ(lookups, 2);
  EXPECT_EQ(server.accepted(), 1);
}

// Of several addresses only the public ones are connected to.
TEST(Rebinding, PrivateOnesAmongSeveralAreLeftOut) {
  support::HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "public")); });
  support::HttpServer::Options second;
  second.address = "127.0.0.2";
  second.port = static_cast<unsigned short>(std::stoi(server.port()));
  support::HttpServer inside([](Connection& c) { c.send(answer("200 OK", "", "secret")); }, second);
  auto mixed = options();
  mixed.allowed = *ingest::AllowList::of({"127.0.0.1"});
  mixed.resolve = [](const std::string&) -> model::Result<Addresses> {
    return Addresses{"127.0.0.2", "::1", "127.0.0.1"};
  };
  auto got = support::fetch(start(server), mixed);
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "public");
  EXPECT_EQ(inside.accepted(), 0);
}

// What a person typed may be private; where it leads may not, but for the very server itself.
TEST(Typed, AllowsTheServerItselfAndNothingElse) {
  support::HttpServer other([](Connection& c) { c.send(answer("200 OK", "", "secret")); });
  support::HttpServer server([&](Connection& c) {
    c.send(answer("302 Found", "Location: " + (c.target == "/a" ? "/b" : other.url("/")) + "\r\n",
                  ""));
  });
  auto got = support::fetch(support::typed(server.url("/a")));
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("private network (127.0.0.1)"));
  EXPECT_EQ(got.redirects.size(), 2U);
  EXPECT_EQ(other.accepted(), 0);
}

}  // namespace
