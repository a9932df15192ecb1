#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"
#include "tests/support/memory.h"

// Servers that are broken or mean in what they say of HTTP: a row says what the server does, what
// comes of it, and which limit held. What a body may do stands in hostile_bodies_test.cc, where a
// redirect may lead in hostile_redirects_test.cc, TLS in hostile_tls_test.cc.
namespace {

using ingest::Limits;
using model::Errc;
using std::chrono::milliseconds;
using support::answer;
using support::Connection;
using testing::HasSubstr;

constexpr const char* kOk = "HTTP/1.1 200 OK\r\n";
constexpr milliseconds kDrop{20};

// Every limit of time so short that the row ends by it, and a body of at most 1 MB.
Limits hurried() {
  Limits limits;
  limits.body = limits.received = 1U << 20U;
  limits.first_byte = limits.stall = milliseconds(300);
  limits.total = milliseconds(900);
  return limits;
}
// No limit of time matters.
Limits patient() {
  Limits limits;
  limits.body = limits.received = 1U << 20U;
  limits.connect = limits.first_byte = limits.stall = limits.total = milliseconds(60'000);
  return limits;
}

struct Row {
  const char* name;
  Limits (*limits)();
  void (*serve)(Connection&);
  Errc code;
  const char* says;
};

// What cannot be read. The memory that any of these may cost is kMost.
constexpr std::size_t kMost = 8U << 20U;
const Row kBad[] = {
    {"HeaderInDrops", hurried, [](Connection& c) { c.drip(kOk + std::string(2000, 'x'), kDrop); },
     Errc::kTimeout, "reading the answer took too long"},
    {"NoAnswer", hurried, [](Connection& c) { c.wait_until_the_peer_goes(); }, Errc::kTimeout,
     "reading the answer took too long"},
    {"BodyInDrops", hurried,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 5000\r\n\r\n"));
       c.drip(std::string(5000, 'x'), kDrop);
     },
     Errc::kTimeout, "it came in drops"},
    {"BodyThatStops", hurried,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 5000\r\n\r\nhalf"));
       c.wait_until_the_peer_goes();
     },
     Errc::kTimeout, "it came in drops"},
    {"BodyJustFastEnough", hurried,  // above the 1,000 bytes in `stall`, for ever: `total` ends it
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 900000\r\n\r\n"));
       while (c.send(std::string(1000, 'x'))) std::this_thread::sleep_for(kDrop);
     },
     Errc::kTimeout, "took too long"},
    {"ChunksInDrops", hurried,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n"));
       while (c.send("1\r\nx\r\n")) std::this_thread::sleep_for(kDrop);
     },
     Errc::kTimeout, "it came in drops"},
    {"InterimAnswersInDrops", hurried,
     [](Connection& c) {
       while (c.send("HTTP/1.1 103 Early Hints\r\n\r\n")) std::this_thread::sleep_for(kDrop * 10);
     },
     Errc::kTimeout, "reading the answer took too long"},
    {"EndlessBody", patient,
     [](Connection& c) {
       c.send(kOk + std::string("\r\n"));
       c.repeat(std::string(1U << 16U, 'x'));
     },
     Errc::kInvalid, "larger than 1048576 bytes"},
    {"EndlessChunks", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n"));
       c.repeat("1000\r\n" + std::string(0x1000, 'x') + "\r\n");
     },
     Errc::kInvalid, "larger than 1048576 bytes"},
    {"OneHugeChunk", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n"));
       c.repeat(std::string(1U << 16U, 'x'));
     },
     Errc::kInvalid, "larger than 1048576 bytes"},
    {"EndlessChunkExtension", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n1;x="));
       c.repeat(std::string(1U << 16U, 'x'));
     },
     Errc::kInvalid, "broken chunks"},
    {"EndlessTrailer", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"));
       c.repeat("x: " + std::string(1U << 10U, 'x') + "\r\n");
     },
     Errc::kInvalid, "broken chunks"},
    {"EndlessHeader", patient,
     [](Connection& c) {
       c.send(kOk);
       c.repeat("X: y\r\n");
     },
     Errc::kInvalid, "header of the answer is larger than 65536 bytes"},
    {"EndlessField", patient,
     [](Connection& c) {
       c.send(kOk + std::string("X: "));
       c.repeat(std::string(1U << 16U, 'x'));
     },
     Errc::kInvalid, "header of the answer is larger than 65536 bytes"},
    {"EndlessStatusLine", patient, [](Connection& c) { c.repeat(std::string(1U << 16U, 'x')); },
     Errc::kIo, "bad version"},
    {"EndlessReason", patient,
     [](Connection& c) {
       c.send("HTTP/1.1 200 ");
       c.repeat(std::string(1U << 16U, 'x'));
     },
     Errc::kInvalid, "header of the answer is larger than 65536 bytes"},
    {"TenMegabyteHeader", patient,
     [](Connection& c) {
       c.send(kOk);
       auto field = "X-Field: " + std::string(1000, 'x') + "\r\n";
       for (int n = 0; n < 10'000 && c.send(field); ++n) {
       }
       c.send("\r\n");
     },
     Errc::kInvalid, "header of the answer is larger than 65536 bytes"},
    {"EndlessInterimAnswers", patient,
     [](Connection& c) { c.repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"); }, Errc::kIo,
     "more than 8 interim answers"},
    {"SwitchesProtocols", patient,
     [](Connection& c) { c.send("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\1\2\3junk"); },
     Errc::kIo, "reading the answer failed"},
    {"LengthTooLong", patient,
     [](Connection& c) { c.send(kOk + std::string("Content-Length: 100\r\n\r\nonly this")); },
     Errc::kIo, "partial message"},
    {"TwoLengths", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody!"));
     },
     Errc::kIo, "multiple Content-Length"},
    {"TwoLengthsInOneField", patient,
     [](Connection& c) { c.send(kOk + std::string("Content-Length: 4, 5\r\n\r\nbody!")); },
     Errc::kIo, "multiple Content-Length"},
    {"NegativeLength", patient,
     [](Connection& c) { c.send(kOk + std::string("Content-Length: -4\r\n\r\nbody")); }, Errc::kIo,
     "bad Content-Length"},
    {"HugeLength", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 9223372036854775807\r\n\r\nbody"));
     },
     Errc::kInvalid, "larger than 1048576 bytes"},
    {"LengthBeyondNumbers", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 99999999999999999999999\r\n\r\nbody"));
     },
     Errc::kIo, "bad Content-Length"},
    {"LengthAndChunks", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "4\r\nbody\r\n0\r\n\r\n"));
     },
     Errc::kIo, "bad Transfer-Encoding"},
    {"ChunksAndLength", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
                                "4\r\nbody\r\n0\r\n\r\n"));
     },
     Errc::kIo, "bad Content-Length"},
    {"ChunkSizeIsNoNumber", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\nsoon\r\nbody\r\n0\r\n\r\n"));
     },
     Errc::kIo, "bad chunk"},
    {"ChunkSizeBeyondNumbers", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nbody"));
     },
     Errc::kIo, "bad chunk"},
    {"ChunkWithoutEnd", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n4\r\nbodyandmore\r\n"));
     },
     Errc::kIo, "bad chunk"},
    {"ChunksCutShort", patient,
     [](Connection& c) {
       c.send(kOk + std::string("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n"));
     },
     Errc::kIo, "partial message"},
    {"ClosedInTheHeader", patient, [](Connection& c) { c.send(kOk + std::string("Content-Le")); },
     Errc::kIo, "partial message"},
    {"NothingAtAll", patient, [](Connection&) {}, Errc::kIo, "end of stream"},
    {"NoHttp", patient, [](Connection& c) { c.send("220 mail.example ESMTP\r\n\r\n"); }, Errc::kIo,
     "bad version"},
    {"Http09", patient, [](Connection& c) { c.send("<html>a page</html>\r\n\r\n"); }, Errc::kIo,
     "bad version"},
    {"Http2Preface", patient,
     [](Connection& c) { c.send(std::string("\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x80", 15)); },
     Errc::kIo, "bad version"},
    {"StatusOfTwoDigits", patient, [](Connection& c) { c.send("HTTP/1.1 20 OK\r\n\r\nbody"); },
     Errc::kIo, "bad status"},
    {"NulInTheHeader", patient,
     [](Connection& c) {
       c.send(kOk + std::string("ETag: \"a\0b\"\r\nContent-Length: 4\r\n\r\nbody", 38));
     },
     Errc::kIo, "bad value"},
    {"BareCarriageReturn", patient,
     [](Connection& c) {
       c.send(kOk + std::string("ETag: \"a\rX: y\"\r\nContent-Length: 4\r\n\r\nbody"));
     },
     Errc::kIo, "bad"},
    {"FieldWithoutColon", patient,
     [](Connection& c) { c.send(kOk + std::string("no field\r\n\r\nbody")); }, Errc::kIo,
     "bad field"},
    {"NotModifiedUnasked", patient, [](Connection& c) { c.send("HTTP/1.1 304 No\r\n\r\n"); },
     Errc::kIo, "304 Not Modified"},
    {"PartialUnasked", patient,
     [](Connection& c) {
       c.send(answer("206 Partial", "Content-Range: bytes 0-3/10\r\n", "body"));
     },
     Errc::kIo, "206 Partial Content"},
    {"LoginPage", patient,
     [](Connection& c) {
       c.send(answer("401 No", "WWW-Authenticate: Basic realm=x\r\n", "login"));
     },
     Errc::kIo, "401 Unauthorized; it does not let us in"},
    {"Gone", patient, [](Connection& c) { c.send(answer("410 Gone", "", "")); }, Errc::kNotFound,
     "410 Gone"},
    {"NotFound", patient, [](Connection& c) { c.send(answer("404 No", "", "<html>")); },
     Errc::kNotFound, "404 Not Found"},
    {"StatusOfNobody", patient, [](Connection& c) { c.send(answer("799 Odd", "", "")); }, Errc::kIo,
     "the server answered 799;"},
    {"BadLink", patient,
     [](Connection& c) { c.send(answer("520 Web server is returning an unknown error", "", "")); },
     Errc::kIo, "the server answered 520"},
};

class BadAnswer : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadAnswer, testing::ValuesIn(kBad),
                         [](const auto& row) { return row.param.name; });
TEST_P(BadAnswer, IsAnErrorThatSaysSoAndCostsLittle) {
  support::HttpServer server(GetParam().serve);
  auto request = support::typed(server.url("/feed"));
  request.limits = GetParam().limits();
  request.limits.allow_private = true;
  support::PeakMemory memory;
  auto got = support::fetch(request);
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->code, GetParam().code);
  EXPECT_THAT(got.error->message, HasSubstr(GetParam().says));
  EXPECT_THAT(got.error->message, HasSubstr(server.url("/feed")));
  EXPECT_EQ(got.response.body, "");
  EXPECT_TRUE(memory.stays_below(kMost)) << memory.grown();
}

// No credentials are sent, whoever asks for them.
TEST(BadAnswer, LoginsGetNoCredentials) {
  std::string asked;
  support::HttpServer server([&](Connection& c) {
    asked += c.request;
    c.send(answer("401 No", "WWW-Authenticate: Basic realm=x\r\nSet-Cookie: a=b\r\n", ""));
  });
  support::fetch(support::typed(server.url("/")));
  EXPECT_EQ(server.accepted(), 1);
  EXPECT_THAT(asked, testing::Not(HasSubstr("Authorization")));
  EXPECT_THAT(asked, testing::Not(HasSubstr("Cookie")));
}

}  // namespace
