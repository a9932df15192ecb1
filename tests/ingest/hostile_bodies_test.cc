#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"
#include "tests/support/memory.h"

// Bodies in content codings, sound, broken and made to burst: outcome, message, and how much the
// process grew. The limit of a body is the real one (64 MB).
namespace {

using model::Errc;
using support::answer;
using support::Connection;
using support::zipped;
using testing::HasSubstr;

constexpr std::size_t kMB = 1U << 20U;
// What refusing may cost: nothing of the size of what was promised.
constexpr std::size_t kMost = 16 * kMB;

struct Row {
  const char* name;
  const char* fields;
  std::string (*body)();
  const char* says;
};

const Row kBad[] = {
    {"GzipOneToAThousand", "Content-Encoding: gzip\r\n",
     [] { return support::gzip_bomb(1000 * kMB); }, "larger than is read"},
    {"DeflateOneToAThousand", "Content-Encoding: deflate\r\n",
     [] { return support::gzip_bomb(100 * kMB); }, "larger than is read"},
    {"GzipInGzip", "Content-Encoding: gzip, gzip\r\n",
     [] { return zipped(support::gzip_bomb(1000 * kMB)); }, "larger than is read"},
    {"GzipInTwoFields", "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n",
     [] { return zipped(support::gzip_bomb(1000 * kMB)); }, "larger than is read"},
    {"GzipThreeTimes", "Content-Encoding: gzip, gzip, gzip\r\n",
     [] { return zipped(zipped(support::gzip_bomb(1000 * kMB))); }, "larger than is read"},
    {"GzipFourTimes", "Content-Encoding: gzip, gzip, gzip, gzip\r\n",
     [] { return zipped(zipped(zipped(zipped("x")))); }, "compressed more than 3 times"},
    {"ZstdOneToThirtyThousand", "Content-Encoding: zstd\r\n",
     [] { return support::zstd_bomb(20, 8000); }, "larger than is read"},
    {"ZstdWindowOf128MB", "Content-Encoding: zstd\r\n", [] { return support::zstd_bomb(27, 8); },
     "compressed body is damaged"},
    {"ZstdWindowOf2GB", "Content-Encoding: zstd\r\n", [] { return support::zstd_bomb(31, 8); },
     "compressed body is damaged"},
    {"Brotli", "Content-Encoding: br\r\n",
     [] { return support::brotli(std::string(100 * kMB, '\0')); }, "larger than is read"},
    {"BrotliInGzip", "Content-Encoding: br, gzip\r\n",
     [] { return zipped(support::brotli(std::string(100 * kMB, '\0'))); }, "larger than is read"},
    {"NoGzip", "Content-Encoding: gzip\r\n", [] { return std::string("<rss/>"); },
     "compressed body is damaged"},
    {"GzipCutShort", "Content-Encoding: gzip\r\n",
     [] { return zipped(std::string(5000, 'x')).substr(0, 20); }, "compressed body is damaged"},
    {"GzipOfAnotherChecksum", "Content-Encoding: gzip\r\n",
     [] {
       auto whole = zipped("some text");
       whole[whole.size() - 8] = static_cast<char>(whole[whole.size() - 8] ^ 1);
       return whole;
     },
     "compressed body is damaged"},
    {"Nothing", "Content-Encoding: gzip\r\n", [] { return std::string(); },
     "compressed body is damaged"},
    {"CodingOfNobody", "Content-Encoding: \x01lzma\xFF\r\n", [] { return std::string("x"); },
     "bad value"},
    {"CodingNotAskedFor", "Content-Encoding: compress\r\n", [] { return std::string("x"); },
     "compressed as \"compress\""},
};

class BadBody : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, BadBody, testing::ValuesIn(kBad),
                         [](const auto& row) { return row.param.name; });
TEST_P(BadBody, IsAnErrorThatSaysSoAndCostsLittle) {
  auto sent = answer("200 OK", GetParam().fields, GetParam().body());
  support::HttpServer server([&](Connection& c) { c.send(sent); });
  auto request = support::typed(server.url("/feed"));
  request.limits.total = std::chrono::seconds(60);  // the slowest machine is not what is tested
  support::PeakMemory memory;
  auto got = support::fetch(request);
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr(GetParam().says));
  EXPECT_THAT(got.error->message, HasSubstr(server.url("/feed")));
  EXPECT_EQ(got.response.body, "");
  EXPECT_TRUE(memory.stays_below(kMost + sent.size())) << memory.grown();
}

const Row kGood[] = {
    {"Gzip", "Content-Encoding: gzip\r\n", [] { return zipped("body"); }, "body"},
    {"GzipBySmallLetters", "content-encoding: X-GZIP\r\n", [] { return zipped("body"); }, "body"},
    {"GzipInParts", "Content-Encoding: gzip\r\n", [] { return zipped("bo") + zipped("dy"); },
     "body"},
    {"GzipWithJunkBehind", "Content-Encoding: gzip\r\n", [] { return zipped("body") + "\n\n"; },
     "body"},
    {"DeflateAsZlib", "Content-Encoding: deflate\r\n",
     [] { return zipped("body", support::kZlib); }, "body"},
    {"DeflateBare", "Content-Encoding: deflate\r\n", [] { return zipped("body", support::kRaw); },
     "body"},
    {"Brotli", "Content-Encoding: br\r\n", [] { return support::brotli("body"); }, "body"},
    {"Zstd", "Content-Encoding: zstd\r\n", [] { return support::zstd("body"); }, "body"},
    {"ZstdWindowOf8MB", "Content-Encoding: zstd\r\n", [] { return support::zstd_bomb(23, 1); },
     "zzzz"},
    {"NestedAsSaid", "Content-Encoding: br, gzip\r\n",
     [] { return zipped(support::brotli("body")); }, "body"},
    {"NestedInTwoFields", "Content-Encoding: br\r\nContent-Encoding: gzip\r\n",
     [] { return zipped(support::brotli("body")); }, "body"},
    {"Identity", "Content-Encoding: identity\r\n", [] { return std::string("body"); }, "body"},
    {"EmptyCoding", "Content-Encoding: \r\n", [] { return std::string("body"); }, "body"},
};

class GoodBody : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, GoodBody, testing::ValuesIn(kGood),
                         [](const auto& row) { return row.param.name; });
TEST_P(GoodBody, IsRead) {
  auto sent = answer("200 OK", GetParam().fields, GetParam().body());
  support::HttpServer server([&](Connection& c) { c.send(sent); });
  auto got = support::fetch(support::typed(server.url("/feed")));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_THAT(got.response.body, testing::StartsWith(GetParam().says));
}

TEST(GoodBody, TransferCodingsAreUndoneToo) {
  auto body = zipped("body");
  support::HttpServer server([&](Connection& c) {
    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" +
           std::string(1, "0123456789abcdef"[body.size() / 16]) +
           std::string(1, "0123456789abcdef"[body.size() % 16]) + "\r\n" + body + "\r\n0\r\n\r\n");
  });
  auto got = support::fetch(support::typed(server.url("/feed")));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
}

// A body just below the limit is kept once, not twice or three times.
TEST(GoodBody, LargeOnesAreHeldOnce) {
  auto sent = answer("200 OK", "Content-Encoding: gzip\r\n", support::gzip_bomb(60 * kMB));
  support::HttpServer server([&](Connection& c) { c.send(sent); });
  auto request = support::typed(server.url("/feed"));
  request.limits.total = std::chrono::seconds(60);
  support::PeakMemory memory;
  auto got = support::fetch(request);
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body.size(), 60 * kMB);
  EXPECT_TRUE(memory.stays_below(60 * kMB + kMost)) << memory.grown();
}

// However many servers send endless bodies at a time, few are held at a time.
TEST(BadBody, ManyEndlessOnesAtATime) {
  constexpr std::size_t kLargest = 16U << 20U;
  // Each waits for those before it, and no longer than a minute: a slow program reads fewer.
  constexpr int kMany = support::kMemoryIsMeasured ? 40 : 10;
  support::HttpServer server([](Connection& c) {
    c.send("HTTP/1.1 200 OK\r\n\r\n");
    c.repeat(std::string(1U << 16U, 'x'));
  });
  ingest::FetcherOptions options;
  options.per_host = kMany;
  ingest::Fetcher fetcher(std::move(options));
  support::PeakMemory memory;
  for (int n = 0; n < kMany; ++n) {
    auto request = support::typed(server.url("/" + std::to_string(n)));
    request.limits.total = std::chrono::seconds(100);
    request.limits.body = request.limits.received = kLargest;
    fetcher.start(request);
  }
  int refused = 0;
  while (auto got = fetcher.next()) {
    ASSERT_TRUE(got->error);
    EXPECT_THAT(got->error->message, HasSubstr("larger than 16777216 bytes"));
    ++refused;
  }
  EXPECT_EQ(refused, kMany);
  EXPECT_TRUE(memory.stays_below(120 * kMB)) << memory.grown();
}

}  // namespace
