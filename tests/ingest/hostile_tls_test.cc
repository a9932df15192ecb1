#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/support/certificates.h"
#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"

// TLS: what is trusted, what is refused, and with which sentence. SSL_CERT_FILE names the one
// authority of these tests.
namespace {

using model::Errc;
using support::answer;
using support::Connection;
using support::HttpServer;
using testing::HasSubstr;

void serve(Connection& c) {
  if (c.target == "/plain") {
    c.send(answer("302 Found", "Location: http://localhost/\r\n", ""));
  } else {
    c.send(answer("200 OK", "", "body"));
  }
}

class Tls : public testing::Test {
 protected:
  static void SetUpTestSuite() { certificates = new support::Certificates; }
  static void TearDownTestSuite() {
    delete certificates;
    certificates = nullptr;
  }
  void SetUp() override { setenv("SSL_CERT_FILE", certificates->authority().c_str(), 1); }
  void TearDown() override { unsetenv("SSL_CERT_FILE"); }

  static ingest::Fetched fetch(const HttpServer& server, const std::string& target = "/") {
    return support::fetch(support::typed("https://localhost:" + server.port() + target));
  }
  static void expect_refused(const ingest::Fetched& got, Errc code, const char* says) {
    ASSERT_TRUE(got.error);
    EXPECT_EQ(got.error->code, code);
    EXPECT_THAT(got.error->message, HasSubstr(says));
    EXPECT_EQ(got.response.body, "");
  }

  static support::Certificates* certificates;
};
support::Certificates* Tls::certificates = nullptr;

TEST_F(Tls, TrustedIsRead) {
  auto certificate = certificates->make("localhost");
  HttpServer server(serve, &certificate);
  auto got = fetch(server);
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
}

TEST_F(Tls, OfAnAddressIsRead) {
  auto certificate = certificates->make("127.0.0.1");
  HttpServer server(serve, &certificate);
  auto got = support::fetch(support::typed("https://127.0.0.1:" + server.port() + "/"));
  ASSERT_FALSE(got.error) << got.error->message;
}

TEST_F(Tls, Expired) {
  auto certificate = certificates->make("localhost", -30, -1);
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "not valid (certificate has expired)");
}

TEST_F(Tls, NotYetValid) {
  auto certificate = certificates->make("localhost", 10, 30);
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "not valid (certificate is not yet valid)");
}

TEST_F(Tls, SelfSigned) {
  auto certificate = certificates->make_own("localhost");
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "not valid (self-signed certificate)");
}

TEST_F(Tls, OfAnotherHost) {
  auto certificate = certificates->make("other.example");
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "mismatch)");
}

TEST_F(Tls, OfAnotherAddress) {
  auto certificate = certificates->make("localhost");
  HttpServer server(serve, &certificate);
  expect_refused(support::fetch(support::typed("https://127.0.0.1:" + server.port() + "/")),
                 Errc::kInvalid, "mismatch)");
}

TEST_F(Tls, OfAnUnknownAuthority) {
  support::Certificates others;
  auto certificate = others.make("localhost");
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "unable to get local issuer certificate");
}

TEST_F(Tls, WithoutAnyAuthority) {
  setenv("SSL_CERT_FILE", "/nowhere/ca.pem", 1);
  auto certificate = certificates->make("localhost");
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server), Errc::kInvalid, "unable to get local issuer certificate");
}

TEST_F(Tls, TooOld) {
  auto certificate = certificates->make("localhost");
  HttpServer::Options old;
  old.tls = &certificate;
  old.newest_tls = TLS1_VERSION;
  HttpServer server(serve, old);
  expect_refused(fetch(server), Errc::kIo, "the TLS handshake failed");
}

TEST_F(Tls, Tls12IsFine) {
  auto certificate = certificates->make("localhost");
  HttpServer::Options old;
  old.tls = &certificate;
  old.newest_tls = TLS1_2_VERSION;
  HttpServer server(serve, old);
  auto got = fetch(server);
  ASSERT_FALSE(got.error) << got.error->message;
}

TEST_F(Tls, PlainHttpOnItsPort) {
  HttpServer server([](Connection& c) { c.send(answer("400 Bad Request", "", "plain")); },
                    HttpServer::Options{nullptr, "127.0.0.1", false, 0, 0});
  expect_refused(fetch(server), Errc::kIo, "the TLS handshake failed");
}

TEST_F(Tls, ClosedInTheHandshake) {
  HttpServer server([](Connection&) {}, HttpServer::Options{nullptr, "127.0.0.1", false, 0, 0});
  expect_refused(fetch(server), Errc::kIo, "the TLS handshake failed");
}

TEST_F(Tls, HangsInTheHandshake) {
  HttpServer server([](Connection& c) { c.wait_until_the_peer_goes(); },
                    HttpServer::Options{nullptr, "127.0.0.1", false, 0, 0});
  auto request = support::typed("https://localhost:" + server.port() + "/");
  request.limits.connect = std::chrono::milliseconds(300);
  expect_refused(support::fetch(request), Errc::kTimeout, "the TLS handshake took too long");
}

TEST_F(Tls, ARedirectOutOfItIsRefused) {
  auto certificate = certificates->make("localhost");
  HttpServer server(serve, &certificate);
  expect_refused(fetch(server, "/plain"), Errc::kInvalid, "which is not encrypted; refused");
}

// A body that ends with the connection, without close_notify and with it.
TEST_F(Tls, BodiesUntilTheEnd) {
  auto certificate = certificates->make("localhost");
  HttpServer server([](Connection& c) { c.send("HTTP/1.1 200 OK\r\n\r\nbody"); }, &certificate);
  auto got = fetch(server);
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
}

TEST_F(Tls, ConnectionsAreKept) {
  auto certificate = certificates->make("localhost");
  HttpServer server(
      [](Connection& c) {
        c.keep = true;
        c.send(answer("200 OK", "", std::to_string(c.number)));
      },
      &certificate);
  ingest::Fetcher fetcher({});
  for (int n = 0; n < 3; ++n) {
    auto got = support::fetch(fetcher, support::typed("https://localhost:" + server.port() + "/"));
    ASSERT_FALSE(got.error) << got.error->message;
    EXPECT_EQ(got.response.body, "1");
  }
}

}  // namespace
