#include <string>

#include <gtest/gtest.h>

#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"
#include "tests/support/memory.h"

// Answers that are odd and can be read all the same.
namespace {

using support::answer;
using support::Connection;

struct GoodRow {
  const char* name;
  const char* sent;
  std::size_t size;  // of what is sent
  const char* body;
};
#define SENT(text) text, sizeof(text) - 1

const GoodRow kGood[] = {
    {"Http10", SENT("HTTP/1.0 200 OK\r\n\r\nbody"), "body"},
    {"WithoutReason", SENT("HTTP/1.1 200 \r\nContent-Length: 4\r\n\r\nbody"), "body"},
    {"LengthTooShort", SENT("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nbody"), "bo"},
    {"SameLengthTwice",
     SENT("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nbody"), "body"},
    {"NulInTheBody", SENT("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nb\0dy"), "b"},
    {"InvalidUtf8InTheHeader",
     SENT("HTTP/1.1 200 OK\r\nServer: \xFF\xFE\xC3\r\nContent-Length: 4\r\n\r\nbody"), "body"},
    {"HintsBefore",
     SENT("HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
          "body"),
     "body"},
    {"ChunksWithExtensionAndTrailer",
     SENT("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nbo\r\n2\r\ndy\r\n0\r\n"
          "X: y\r\n\r\n"),
     "body"},
    {"TransferEncodingIdentity", SENT("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nbody"),
     "body"},
    {"ManyFieldsOfOneName",
     SENT("HTTP/1.1 200 OK\r\nX: 1\r\nX: 2\r\nX: 3\r\nx: 4\r\nContent-Length: 4\r\n\r\nbody"),
     "body"},
};

class OddAnswer : public testing::TestWithParam<GoodRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, OddAnswer, testing::ValuesIn(kGood),
                         [](const auto& row) { return row.param.name; });
TEST_P(OddAnswer, IsRead) {
  std::string sent(GetParam().sent, GetParam().size);
  support::HttpServer server([&](Connection& c) { c.send(sent); });
  auto got = support::fetch(support::typed(server.url("/feed")));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_STREQ(got.response.body.c_str(), GetParam().body);
}

TEST(OddAnswer, NulsOfTheBodyAreKept) {
  support::HttpServer server(
      [](Connection& c) { c.send(answer("200 OK", "", std::string("b\0d\0y", 5))); });
  EXPECT_EQ(support::fetch(support::typed(server.url("/"))).response.body,
            std::string("b\0d\0y", 5));
}

// As many fields as fit below the limit cost no more than they do as text, many times over.
TEST(OddAnswer, SixteenThousandFieldsAreRead) {
  std::string fields;
  while (fields.size() < 64'000) fields += "a:\r\n";
  support::HttpServer server([&](Connection& c) { c.send(answer("200 OK", fields, "body")); });
  support::PeakMemory memory;
  auto got = support::fetch(support::typed(server.url("/")));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
  EXPECT_TRUE(memory.stays_below(8U << 20U)) << memory.grown();
}

}  // namespace
