#include "ingest/http_client.h"

#include <cstdlib>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/decompress.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"

namespace {

using ingest::Limits;
using model::Errc;
using support::answer;
using support::Connection;
using support::HttpServer;
using support::kGzip;
using support::kRaw;
using support::kZlib;
using support::zipped;
using support::zstd;
using testing::HasSubstr;

constexpr std::size_t kLimit = 1000;  // of decompress()

// A server's whole behaviour, by target.
void serve(Connection& c) {
  if (c.target == "/ok") {
    c.send(answer("200 OK",
                  "Content-Type: application/rss+xml; charset=koi8-r\r\nContent-Language: ru\r\n"
                  "ETag: \"a b\"\r\n",
                  "body"));
  } else if (c.target == "/request") {
    c.send(answer("200 OK", "", c.request));
  } else if (c.target == "/chain") {
    c.send(answer("301 Moved", "Location: /chain2?x=1#y\r\n", ""));
  } else if (c.target == "/chain2?x=1") {
    c.send(answer("302 Found", "Location: ok\r\n", "moved"));
  } else if (c.target == "/loop") {
    c.send(answer("307 Again", "Location: /loop\r\n", ""));
  } else if (c.target == "/inside") {
    c.send(answer("302 Found", "Location: http://10.0.0.1/\r\n", ""));
  } else if (c.target == "/other-port") {
    c.send(answer("302 Found", "Location: http://127.0.0.1:4321/\r\n", ""));
  } else if (c.target == "/file") {
    c.send(answer("302 Found", "Location: file:///etc/passwd\r\n", ""));
  } else if (c.target == "/plain") {
    c.send(answer("302 Found", "Location: http://a.b/\r\n", ""));
  } else if (c.target == "/busy") {
    c.send(answer("503 Busy", "Retry-After: 120\r\n", ""));
  } else if (c.target == "/gone") {
    c.send(answer("410 Gone", "", ""));
  } else if (c.target == "/gzip") {
    c.send(answer("200 OK", "Content-Encoding: gzip\r\n", zipped("unzipped", kGzip)));
  } else if (c.target == "/bomb") {
    c.send(
        answer("200 OK", "Content-Encoding: gzip\r\n", zipped(std::string(4U << 20U, 'x'), kGzip)));
  } else if (c.target == "/torn") {
    c.send(answer("200 OK", "Content-Encoding: gzip\r\n", "\x1F\x8Bnot so"));
  } else if (c.target == "/endless") {
    std::string head = "HTTP/1.1 200 OK\r\n\r\n";
    for (bool more = c.send(head); more;) more = c.send(std::string(1U << 16U, 'x'));
  } else if (c.target == "/cut") {
    c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
  } else if (c.target == "/junk") {
    c.send("220 mail.example ESMTP\r\n\r\n");
  } else if (c.target == "/slow") {
    c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    c.wait_until_the_peer_goes();
  } else {
    c.send(answer("404 Not Found", "", "nothing here"));
  }
}

Limits typed() {
  Limits limits;
  limits.allow_private = true;
  limits.body = 1U << 20U;
  return limits;
}

TEST(HttpClient, GivesTheBodyAndWhatTheServerSaysOfIt) {
  HttpServer server(serve);
  auto got = ingest::get(server.url("/ok"), typed());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->body, "body");
  EXPECT_EQ(got->url, server.url("/ok"));
  EXPECT_EQ(got->content_type, "application/rss+xml; charset=koi8-r");
  EXPECT_EQ(got->content_language, "ru");
  EXPECT_EQ(got->etag, "\"a b\"");
}

TEST(HttpClient, SaysWhoItIsAndWhatItTakes) {
  HttpServer server(serve);
  auto got = ingest::get(server.url("/request#part"), typed());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_THAT(got->body, HasSubstr("GET /request HTTP/1.1\r\n"));
  EXPECT_THAT(got->body, HasSubstr("Host: 127.0.0.1:" + server.port()));
  EXPECT_THAT(got->body, HasSubstr("User-Agent: Faultline/0.1\r\n"));
  EXPECT_THAT(got->body, HasSubstr("application/rss+xml"));
  EXPECT_THAT(got->body, HasSubstr("Accept-Encoding: gzip, deflate, br"));
}

TEST(HttpClient, FollowsRedirectsOnTheServerThatWasNamed) {
  HttpServer server(serve);
  auto got = ingest::get(server.url("/chain"), typed());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->body, "body");
  EXPECT_EQ(got->url, server.url("/ok"));
}

struct BadRow {
  const char* name;
  const char* target;
  Errc code;
  const char* says;
};

const BadRow kBadRows[] = {
    {"RedirectLoop", "/loop", Errc::kIo, "redirects more than 10 times"},
    {"RedirectToAPrivateAddress", "/inside", Errc::kInvalid, "private network (10.0.0.1)"},
    {"RedirectToAnotherPortHere", "/other-port", Errc::kInvalid, "private network (127.0.0.1)"},
    {"RedirectToAFile", "/file", Errc::kInvalid, "is neither http nor https"},
    {"NotFound", "/nowhere", Errc::kNotFound, "404 Not Found"},
    {"Gone", "/gone", Errc::kNotFound, "410 Gone"},
    {"Busy", "/busy", Errc::kIo, "come back after 120"},
    {"GzipBomb", "/bomb", Errc::kInvalid, "larger than is read"},
    {"TornGzip", "/torn", Errc::kInvalid, "compressed body is damaged"},
    {"EndlessBody", "/endless", Errc::kInvalid, "larger than 1048576 bytes"},
    {"CutShort", "/cut", Errc::kIo, "reading the answer failed"},
    {"NoHttp", "/junk", Errc::kIo, "reading the answer failed"},
};

class BadAnswer : public testing::TestWithParam<BadRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadAnswer, testing::ValuesIn(kBadRows),
                         [](const auto& row) { return row.param.name; });

TEST_P(BadAnswer, IsAnErrorThatSaysSo) {
  HttpServer server(serve);
  auto got = ingest::get(server.url(GetParam().target), typed());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, GetParam().code);
  EXPECT_THAT(got.error().message, HasSubstr(GetParam().says));
}

TEST(HttpClient, GivesUpOnASlowServer) {
  HttpServer server(serve);
  auto limits = typed();
  limits.total = std::chrono::milliseconds(200);
  auto got = ingest::get(server.url("/slow"), limits);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, Errc::kTimeout);
  EXPECT_THAT(got.error().message, HasSubstr("took too long"));
}

TEST(HttpClient, LeavesPrivateAddressesAloneUnlessTheyWereNamed) {
  HttpServer server(serve);
  auto got = ingest::get(server.url("/ok"), Limits{});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, Errc::kInvalid);
  EXPECT_THAT(got.error().message, HasSubstr("private network"));
}

TEST(HttpClient, SaysThatNobodyListens) {
  std::string url;
  {
    HttpServer server(serve);
    url = server.url("/ok");
  }
  auto got = ingest::get(url, typed());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, Errc::kIo);
  EXPECT_THAT(got.error().message, HasSubstr("Connection refused"));
}

TEST(HttpClient, RefusesAddressesThatAreNone) {
  for (const char* url : {"", "a.b", "ftp://a.b/", "http://", "http://a b/", "http://u:p@a.b/",
                          "http://a.b:99999999/"}) {
    auto got = ingest::get(url, typed());
    ASSERT_FALSE(got) << url;
    EXPECT_NE(got.error().code, Errc::kTimeout) << url;
  }
}

TEST(HttpClient, Unzips) {
  HttpServer server(serve);
  auto got = ingest::get(server.url("/gzip"), typed());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->body, "unzipped");
}

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    certificate_ = make("localhost");
    unsetenv("SSL_CERT_FILE");
  }
  void TearDown() override { unsetenv("SSL_CERT_FILE"); }

  HttpServer::Certificate make(const std::string& host) {
    HttpServer::Certificate out{dir_.path(host + ".pem"), dir_.path(host + ".key")};
    auto command =
        "openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt "
        "ec_paramgen_curve:prime256v1 -subj /CN=" +
        host + " -addext subjectAltName=DNS:" + host + " -keyout " + out.key + " -out " +
        out.certificate + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return out;
  }

  void trust(const HttpServer::Certificate& certificate) {
    setenv("SSL_CERT_FILE", certificate.certificate.c_str(), 1);
  }

  support::TempDir dir_;
  HttpServer::Certificate certificate_;
};

TEST_F(Tls, AnUntrustedCertificateIsRefused) {
  HttpServer server(serve, &certificate_);
  auto got = ingest::get(server.url("/ok"), typed());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, Errc::kInvalid);
  EXPECT_THAT(got.error().message, HasSubstr("certificate of localhost is not valid"));
}

TEST_F(Tls, ATrustedOneIsRead) {
  HttpServer server(serve, &certificate_);
  trust(certificate_);
  auto got = ingest::get(server.url("/ok"), typed());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->body, "body");
}

TEST_F(Tls, ACertificateOfAnotherHostIsRefused) {
  auto other = make("other.example");
  HttpServer server(serve, &other);
  trust(other);
  auto got = ingest::get(server.url("/ok"), typed());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, Errc::kInvalid);
}

TEST_F(Tls, ARedirectOutOfTlsIsRefused) {
  HttpServer server(serve, &certificate_);
  trust(certificate_);
  auto got = ingest::get(server.url("/plain"), typed());
  ASSERT_FALSE(got);
  EXPECT_THAT(got.error().message, HasSubstr("which is not encrypted"));
}

TEST(Decompress, AllCodings) {
  EXPECT_EQ(*ingest::decompress("as is", "", kLimit), "as is");
  EXPECT_EQ(*ingest::decompress("as is", "identity", kLimit), "as is");
  EXPECT_EQ(*ingest::decompress(zipped("x", kGzip), "x-gzip", kLimit), "x");
  EXPECT_EQ(*ingest::decompress(zipped("x", kGzip) + zipped("y", kGzip), "GZIP", kLimit), "xy");
  EXPECT_EQ(*ingest::decompress(zipped("x", kZlib), "deflate", kLimit), "x");
  EXPECT_EQ(*ingest::decompress(zipped("x", kRaw), "deflate", kLimit), "x");
  EXPECT_EQ(*ingest::decompress(zipped(zipped("x", kZlib), kGzip), "deflate, gzip", kLimit), "x");
  const std::string brotli("\x0B\x02\x80hello\x03", 9);  // RFC 7932, one uncompressed block
  EXPECT_EQ(*ingest::decompress(brotli, "br", kLimit), "hello");
  EXPECT_EQ(*ingest::decompress(zstd("x") + zstd("y"), "zstd", kLimit), "xy");
}

TEST(Decompress, Damage) {
  auto whole = zipped("some text", kGzip);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ingest::decompress(whole.substr(0, size), "gzip", kLimit)) << size;
  }
  EXPECT_FALSE(ingest::decompress("\x0B\x02", "br", kLimit));
  EXPECT_FALSE(ingest::decompress("x", "zstd", kLimit));
  EXPECT_FALSE(ingest::decompress("x", "lzma", kLimit));
  auto frame = zstd(std::string(1000, 'x'));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(ingest::decompress(frame.substr(0, size), "zstd", kLimit)) << size;
  }
  EXPECT_FALSE(ingest::decompress(zstd(std::string(1001, 'x')), "zstd", kLimit));
  EXPECT_FALSE(ingest::decompress(whole, "gzip, gzip, gzip, gzip", kLimit));
  EXPECT_FALSE(ingest::decompress(zipped(std::string(1001, 'x'), kGzip), "gzip", kLimit));
  EXPECT_TRUE(ingest::decompress(zipped(std::string(1000, 'x'), kGzip), "gzip", kLimit));
}

}  // namespace
