#include <cstdlib>

#include <gtest/gtest.h>

#include "ingest/freshness.h"
#include "ingest/guard.h"
#include "ingest/proxy.h"
#include "ingest/robots.h"

// What a fetch may do, decided without a socket.
namespace {

using ingest::AllowList;
using model::Instant;
using model::Seconds;

struct GuardRow {
  const char* name;
  const char* allowed;  // one word, or none
  const char* host;
  const char* ip;
  bool typed;
  bool may;
};

const GuardRow kGuardRows[] = {
    {"Public", "", "a.example", "8.8.8.8", false, true},
    {"Loopback", "", "a.example", "127.0.0.1", false, false},
    {"LoopbackTyped", "", "a.example", "127.0.0.1", true, true},
    {"Loopback6", "", "a.example", "::1", false, false},
    {"MappedLoopback", "", "a.example", "::ffff:127.0.0.1", false, false},
    {"Nat64OfPrivate", "", "a.example", "64:ff9b::a00:1", false, false},
    {"LocalNat64", "", "a.example", "64:ff9b:1::a00:1", false, false},
    {"Teredo", "", "a.example", "2001:0:1::1", false, false},
    {"Orchid", "", "a.example", "2001:20::1", false, false},
    {"Documentation", "", "a.example", "3fff:1::1", false, false},
    {"Unspecified", "", "a.example", "0.0.0.0", false, false},
    {"Metadata", "", "a.example", "169.254.169.254", false, false},
    {"MetadataTyped", "", "169.254.169.254", "169.254.169.254", true, false},
    {"MetadataByHost", "a.example", "a.example", "169.254.169.254", false, false},
    {"MetadataMapped", "a.example", "a.example", "::ffff:169.254.169.254", false, false},
    {"MetadataNat64", "a.example", "a.example", "64:ff9b::a9fe:a9fe", false, false},
    {"Metadata6ByHost", "a.example", "a.example", "fd00:ec2::254", false, false},
    {"LinkLocal6Typed", "", "fe80::1", "fe80::1", true, false},
    {"MetadataByAddress", "169.254.169.254", "a.example", "169.254.169.254", false, true},
    {"OwnHost", "news.intern", "NEWS.intern", "10.1.2.3", false, true},
    {"OtherHost", "news.intern", "old.news.intern", "10.1.2.3", false, false},
    {"BelowOwnHost", ".news.intern", "old.news.intern", "10.1.2.3", false, true},
    {"OwnNetwork", "10.1.0.0/16", "a.example", "10.1.2.3", false, true},
    {"BesideOwnNetwork", "10.1.0.0/16", "a.example", "10.2.0.1", false, false},
    {"OwnNetworkMapped", "10.1.0.0/16", "a.example", "::ffff:10.1.2.3", false, true},
    {"OwnNetwork6", "fd12::/15", "a.example", "fd13::1", false, true},
    {"NotV4InV6", "::/0", "a.example", "10.0.0.1", false, false},
    {"Junk", "", "a.example", "no address", true, false},
};

class Guard : public testing::TestWithParam<GuardRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Guard, testing::ValuesIn(kGuardRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(Guard, Decides) {
  const auto& row = GetParam();
  auto list = AllowList::of(*row.allowed == '\0' ? std::vector<std::string>()
                                                 : std::vector<std::string>{row.allowed});
  ASSERT_TRUE(list);
  EXPECT_EQ(ingest::may_connect(*list, row.host, row.ip, row.typed), row.may);
}

TEST(AllowList, RefusesWhatIsNeitherHostNorNetwork) {
  for (const char* word : {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "a b", "a/8", "10.0.0.0/x"}) {
    EXPECT_FALSE(AllowList::of({word})) << word;
  }
}

TEST(Guard, PortsOfOtherProtocolsAreBlocked) {
  for (const char* port : {"0", "22", "25", "6667", "10080", "65536", "-1", "", "8o"}) {
    EXPECT_TRUE(ingest::is_blocked_port(port)) << port;
  }
  for (const char* port : {"80", "443", "8080", "65535", "3000"}) {
    EXPECT_FALSE(ingest::is_blocked_port(port)) << port;
  }
}

struct RobotsRow {
  const char* name;
  const char* text;
  const char* path;
  bool allows;
};

const RobotsRow kRobotsRows[] = {
    {"Empty", "", "/a", true},
    {"All", "User-agent: *\nDisallow: /", "/a", false},
    {"EmptyDisallow", "User-agent: *\nDisallow:", "/a", true},
    {"OwnGroupCounts", "User-agent: *\nDisallow: /\nUser-agent: faultline\nDisallow: /b", "/a",
     true},
    {"OwnGroupInSmallLetters", "user-agent: FAULTLINE\ndisallow: /a", "/a", false},
    {"SharedGroup", "User-agent: x\nUser-agent: Faultline\nDisallow: /a", "/a", false},
    {"OtherGroup", "User-agent: x\nDisallow: /a", "/a", true},
    {"GroupsAreJoined",
     "User-agent: Faultline\nDisallow: /b\n\nUser-agent: x\nDisallow: /\n"
     "User-agent: Faultline\nDisallow: /a",
     "/a", false},
    {"LongestWins", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true},
    {"AllowWinsATie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
    {"Star", "User-agent: *\nDisallow: /*.php", "/a/x.php?y", false},
    {"End", "User-agent: *\nDisallow: /*.php$", "/a/x.php?y", true},
    {"EndMet", "User-agent: *\nDisallow: /*.php$", "/a.php/x.php", false},
    {"Escapes", "User-agent: *\nDisallow: /%7ejoe", "/~joe/x", false},
    {"EscapedSlashStays", "User-agent: *\nDisallow: /a%2fb", "/a/b", true},
    {"Comments", "User-agent: * # all\nDisallow: /a # this", "/a", false},
    {"CarriageReturns", "User-agent: *\rDisallow: /a\r", "/a", false},
    {"Bom", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
    {"ItselfIsAlwaysAllowed", "User-agent: *\nDisallow: /", "/robots.txt", true},
    {"Junk", "<html>\nUser-agent\n: :\nDisallow /a", "/a", true},
};

class RobotsTxt : public testing::TestWithParam<RobotsRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, RobotsTxt, testing::ValuesIn(kRobotsRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(RobotsTxt, Decides) {
  EXPECT_EQ(ingest::Robots(GetParam().text, "Faultline").allows(GetParam().path),
            GetParam().allows);
}

TEST(RobotsTxt, ClosedForbidsAll) { EXPECT_FALSE(ingest::Robots::closed().allows("/")); }

const Instant kNow = model::parse_iso("2026-01-15T12:00:00Z")->at;

struct FreshRow {
  const char* name;
  const char* cache_control;
  const char* age;
  const char* expires;
  int seconds;  // -1: nothing is said
};

const FreshRow kFreshRows[] = {
    {"Nothing", "", "", "", -1},
    {"MaxAge", "public, max-age=600", "", "", 600},
    {"MaxAgeBeatsExpires", "max-age=600", "", "Thu, 15 Jan 2026 13:00:00 GMT", 600},
    {"AgeCounts", "max-age=600", "500", "", 100},
    {"OlderThanItMayBe", "max-age=600", "700", "", 0},
    {"NoStore", "no-store, max-age=600", "", "", 0},
    {"NoCache", "No-Cache", "", "", 0},
    {"SharedIsNotOurs", "s-maxage=600", "", "", -1},
    {"Quoted", "max-age=\"60\"", "", "", 60},
    {"Negative", "max-age=-5", "", "", -1},
    {"Junk", "max-age=soon", "", "", -1},
    {"Huge", "max-age=99999999999999999999", "", "", 10 * 366 * 86400},
    {"Expires", "", "", "Thu, 15 Jan 2026 13:00:00 GMT", 3600},
    {"ExpiresAsctime", "", "", "Thu Jan 15 13:00:00 2026", 3600},
    {"ExpiresZero", "", "", "0", 0},
    {"ExpiresPast", "", "", "Thu, 01 Jan 1970 00:00:00 GMT", 0},
};

class Fresh : public testing::TestWithParam<FreshRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Fresh, testing::ValuesIn(kFreshRows),
                         [](const auto& row) { return row.param.name; });
TEST_P(Fresh, IsWhatTheHeaderSays) {
  const auto& row = GetParam();
  auto fresh = ingest::fresh_for(row.cache_control, row.age, row.expires, "", kNow);
  EXPECT_EQ(fresh ? fresh->count() : -1, row.seconds);
}

TEST(RetryAt, SecondsAndDates) {
  EXPECT_EQ(ingest::retry_at("120", kNow), kNow + Seconds(120));
  EXPECT_EQ(ingest::retry_at(" 0 ", kNow), kNow);
  EXPECT_EQ(ingest::retry_at("Thu, 15 Jan 2026 12:02:00 GMT", kNow), kNow + Seconds(120));
  EXPECT_EQ(ingest::retry_at("Thursday, 15-Jan-26 12:02:00 GMT", kNow), kNow + Seconds(120));
  EXPECT_EQ(ingest::retry_at("Thu, 15 Jan 2026 11:00:00 GMT", kNow), kNow);  // past
  for (const char* none : {"", "soon", "-5", "1.5", "12 minutes"}) {
    EXPECT_EQ(ingest::retry_at(none, kNow), std::nullopt) << none;
  }
}

struct ProxyRow {
  const char* url;
  bool through;
};

TEST(Proxy, IsTakenFromTheEnvironment) {
  setenv("http_proxy", "http://us%65r:p%40ss@proxy.example:3128", 1);
  setenv("HTTPS_PROXY", "other.example", 1);
  setenv("no_proxy", "intern.example, .below.example,10.0.0.0/8,::1", 1);
  auto proxies = ingest::proxies_from_environment();
  for (const char* name : {"http_proxy", "HTTPS_PROXY", "no_proxy"}) unsetenv(name);
  ASSERT_TRUE(proxies) << proxies.error().message;
  EXPECT_EQ(proxies->http->host, "proxy.example");
  EXPECT_EQ(proxies->http->port, "3128");
  EXPECT_EQ(proxies->http->authorization, "Basic dXNlcjpwQHNz");  // user:p@ss
  EXPECT_EQ(proxies->https->port, "80");
  for (auto [url, through] :
       {ProxyRow{"http://a.example/", true}, ProxyRow{"https://a.example/", true},
        ProxyRow{"http://intern.example/", false}, ProxyRow{"http://x.Intern.example/", false},
        ProxyRow{"http://xintern.example/", true}, ProxyRow{"http://x.below.example/", false},
        ProxyRow{"http://10.9.9.9/", false}, ProxyRow{"http://11.9.9.9/", true},
        ProxyRow{"https://[::1]/", false}}) {
    EXPECT_EQ(ingest::proxy_for(*proxies, *ingest::target_of(url)) != nullptr, through) << url;
  }
}

TEST(Proxy, RefusesWhatIsNone) {
  for (const char* url : {"socks5://a.example", "http://", "https://a.example", "a b", "a%40b"}) {
    EXPECT_FALSE(ingest::proxy_of(url)) << url;
  }
}

}  // namespace
