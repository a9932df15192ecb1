#include <mutex>
#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/certificates.h"
#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"
#include "tests/support/tunnel.h"

// Fetching through proxies: sound ones, and all that they can do wrong.
namespace {

using model::Errc;
using support::answer;
using support::Connection;
using support::HttpServer;
using testing::HasSubstr;
using testing::Not;

ingest::FetcherOptions through(const std::string& http, const std::string& https) {
  ingest::FetcherOptions out;
  if (!http.empty()) out.proxies.http = *ingest::proxy_of(http);
  if (!https.empty()) out.proxies.https = *ingest::proxy_of(https);
  return out;
}

ingest::Request request_for(const std::string& url) {
  ingest::Request request;
  request.url = url;
  return request;
}

TEST(PlainProxy, GetsTheWholeAddressAndTheAuthorization) {
  std::string asked;
  HttpServer proxy([&](Connection& c) {
    asked = c.request;
    c.send(answer("200 OK", "", "body"));
  });
  auto got = support::fetch(request_for("http://far.example:8080/x?y"),
                            through("http://user:p%40ss@127.0.0.1:" + proxy.port(), ""));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
  EXPECT_THAT(asked, HasSubstr("GET http://far.example:8080/x?y HTTP/1.1\r\n"));
  EXPECT_THAT(asked, HasSubstr("Host: far.example:8080\r\n"));
  EXPECT_THAT(asked, HasSubstr("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n"));
}

TEST(PlainProxy, IsTakenFromTheEnvironment) {
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "straight")); });
  HttpServer proxy([](Connection& c) { c.send(answer("200 OK", "", "round")); });
  setenv("http_proxy", ("http://127.0.0.1:" + proxy.port()).c_str(), 1);
  setenv("no_proxy", "127.0.0.1", 1);
  ingest::Limits limits;
  limits.allow_private = true;
  auto far = ingest::get("http://far.example/", limits);
  auto near = ingest::get(server.url("/"), limits);
  unsetenv("http_proxy");
  unsetenv("no_proxy");
  ASSERT_TRUE(far) << far.error().message;
  EXPECT_EQ(far->body, "round");
  ASSERT_TRUE(near) << near.error().message;
  EXPECT_EQ(near->body, "straight");
}

TEST(PlainProxy, IsKeptForTheSameHost) {
  HttpServer proxy([&](Connection& c) {
    c.keep = true;
    c.send(answer("200 OK", "", std::to_string(c.number)));
  });
  ingest::Fetcher fetcher(through("127.0.0.1:" + proxy.port(), ""));
  for (int n = 0; n < 3; ++n) {
    EXPECT_EQ(support::fetch(fetcher, request_for("http://far.example/")).response.body, "1");
  }
}

struct PrivateRow {
  const char* name;
  const char* url;
};
const PrivateRow kPrivate[] = {
    {"Address", "http://127.0.0.1:8080/"},
    {"Address6", "http://[::1]/"},
    {"Metadata", "http://169.254.169.254/"},
    {"Localhost", "http://localhost/"},
    {"LocalhostInCapitals", "http://LOCALHOST/"},
    {"BelowLocalhost", "http://x.localhost/"},
    {"LocalhostWithDot", "http://localhost./"},
    {"Decimal", "http://2130706433/"},
    {"Hex", "http://0x7f.1/"},
    {"Octal", "http://0177.0.0.1/"},
    {"AddressWithDot", "http://127.0.0.1./"},
    {"Escaped", "http://127%2e0.0.1/"},
};
class PrivateBehindProxy : public testing::TestWithParam<PrivateRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, PrivateBehindProxy, testing::ValuesIn(kPrivate),
                         [](const auto& row) { return row.param.name; });
TEST_P(PrivateBehindProxy, IsNotAskedFor) {
  HttpServer proxy([&](Connection& c) { c.send(answer("200 OK", "", "secret")); });
  auto got = support::fetch(request_for(GetParam().url), through("127.0.0.1:" + proxy.port(), ""));
  ASSERT_TRUE(got.error) << got.response.body;
  EXPECT_THAT(got.error->message, HasSubstr("private network"));
  EXPECT_EQ(proxy.accepted(), 0);
}

TEST(PlainProxy, IsPassedByForWhatNoProxyNames) {
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "straight")); });
  HttpServer proxy([](Connection& c) { c.send(answer("200 OK", "", "round")); });
  auto options = through("127.0.0.1:" + proxy.port(), "");
  options.proxies.except = {"127.0.0.0/8"};
  EXPECT_EQ(support::fetch(support::typed(server.url("/")), options).response.body, "straight");
  EXPECT_EQ(support::fetch(request_for("http://far.example/"), options).response.body, "round");
}

TEST(PlainProxy, ThatWantsALoginIsTold) {
  HttpServer proxy([](Connection& c) {
    c.send(answer("407 No", "Proxy-Authenticate: Basic realm=x\r\n", "login"));
  });
  auto got =
      support::fetch(request_for("http://far.example/"), through("127.0.0.1:" + proxy.port(), ""));
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("407 Proxy Authentication Required"));
}

TEST(PlainProxy, OfAnImpossiblePortIsRefusedWhenItIsNamed) {
  for (const char* url : {"127.0.0.1:99999999999999999999", "127.0.0.1:0", "127.0.0.1:65536"}) {
    EXPECT_FALSE(ingest::proxy_of(url)) << url;
  }
}

TEST(PlainProxy, ThatIsNotThereIsTold) {
  std::string port;
  {
    HttpServer gone([](Connection&) {});
    port = gone.port();
  }
  auto got = support::fetch(request_for("http://far.example/"), through("127.0.0.1:" + port, ""));
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("connecting failed (Connection refused)"));
}

TEST(ConnectProxy, CarriesTls) {
  support::Certificates certificates;
  auto certificate = certificates.make("far.example");
  setenv("SSL_CERT_FILE", certificates.authority().c_str(), 1);
  std::string asked;
  HttpServer server(
      [&](Connection& c) {
        c.keep = true;
        asked += c.request;
        c.send(answer("200 OK", "", std::to_string(c.number)));
      },
      &certificate);
  support::Tunnel proxy(server.port());
  ingest::Fetcher fetcher(through("", "http://user:pass@127.0.0.1:" + proxy.port()));
  for (int n = 0; n < 3; ++n) {
    auto got = support::fetch(fetcher, request_for("https://far.example/x"));
    ASSERT_FALSE(got.error) << got.error->message;
    EXPECT_EQ(got.response.body, "1");
  }
  unsetenv("SSL_CERT_FILE");
  EXPECT_THAT(proxy.asked(), HasSubstr("CONNECT far.example:443 HTTP/1.1\r\n"));
  EXPECT_THAT(proxy.asked(), HasSubstr("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"));
  // Whom the proxy knows is not the server's affair.
  EXPECT_THAT(asked, Not(HasSubstr("Authorization")));
}

struct BadRow {
  const char* name;
  void (*serve)(Connection&);
  Errc code;
  const char* says;
};

const BadRow kBad[] = {
    {"Refuses", [](Connection& c) { c.send(answer("403 Forbidden", "", "no")); }, Errc::kIo,
     "did not open the way (403 Forbidden)"},
    {"WantsALogin",
     [](Connection& c) {
       c.send(answer("407 No", "Proxy-Authenticate: Basic realm=\"x\"\r\n", "login"));
     },
     Errc::kIo, "did not open the way (407 Proxy Authentication Required)"},
    {"CannotReachIt", [](Connection& c) { c.send("HTTP/1.1 502 Bad Gateway\r\n\r\n"); }, Errc::kIo,
     "did not open the way (502 Bad Gateway)"},
    {"Redirects",
     [](Connection& c) { c.send(answer("302 Found", "Location: http://127.0.0.1/\r\n", "")); },
     Errc::kIo, "did not open the way (302 Found)"},
    {"Hangs", [](Connection& c) { c.wait_until_the_peer_goes(); }, Errc::kTimeout,
     "did not open the way (it took too long)"},
    {"Closes", [](Connection&) {}, Errc::kIo, "did not open the way (end of stream"},
    {"NoHttp", [](Connection& c) { c.send("SSH-2.0-x\r\n\r\n"); }, Errc::kIo,
     "did not open the way (bad version"},
    {"HugeHeader",
     [](Connection& c) {
       c.send("HTTP/1.1 200 OK\r\n");
       c.repeat("X: " + std::string(1000, 'y') + "\r\n");
     },
     Errc::kIo, "did not open the way (header limit exceeded"},
    {"EndlessField",
     [](Connection& c) {
       c.send("HTTP/1.1 200 OK\r\nX: ");
       c.repeat(std::string(1000, 'y'));
     },
     Errc::kIo, "did not open the way (header limit exceeded"},
    {"SpeaksFirst", [](Connection& c) { c.send("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"); },
     Errc::kIo, "did not open the way (it sent more than its answer)"},
    {"AnswersPlainly",
     [](Connection& c) {
       c.send("HTTP/1.1 200 OK\r\n\r\n");
       c.wait_for_more();  // the handshake
       c.send("HTTP/1.1 200 OK\r\n\r\nplain");
     },
     Errc::kIo, "the TLS handshake failed"},
};

class BadProxy : public testing::TestWithParam<BadRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadProxy, testing::ValuesIn(kBad),
                         [](const auto& row) { return row.param.name; });
TEST_P(BadProxy, IsToldAndNothingIsRead) {
  HttpServer proxy(GetParam().serve);
  auto request = request_for("https://far.example/");
  if (GetParam().code == Errc::kTimeout) request.limits.connect = std::chrono::milliseconds(300);
  auto got = support::fetch(request, through("", "127.0.0.1:" + proxy.port()));
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->code, GetParam().code);
  EXPECT_THAT(got.error->message, HasSubstr(GetParam().says));
}

}  // namespace
