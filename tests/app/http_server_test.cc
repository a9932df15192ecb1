#include "app/http_server.h"

#include <future>
#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

namespace net = boost::asio;
using app::HttpAnswer;
using app::HttpRequest;
using app::HttpServer;
using boost::system::error_code;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::size_t kBody = 1000;

app::HttpHandler echo() {
  return {[](const HttpRequest& r) { return r.path == "/small" ? 0 : kBody; },
          [](const HttpRequest& r) {
            HttpAnswer answer;
            answer.body = r.method + " " + r.path + " ? " + r.query + " " +
                          std::string(r.field("x-a")) + " [" + r.body + "]";
            return answer;
          }};
}

// What a server with this handler answers to these bytes, until it closes.
std::string asked(app::HttpHandler handler, app::HttpLimits limits, const std::string& bytes) {
  auto server = HttpServer::listen("127.0.0.1:0", std::move(handler), limits);
  EXPECT_TRUE(server) << server.error().message;
  auto address = (*server)->address();
  auto port = static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  net::io_context context;
  net::ip::tcp::socket socket(context);
  socket.connect({net::ip::make_address("127.0.0.1"), port});
  error_code failure;
  net::write(socket, net::buffer(bytes), failure);
  net::streambuf buffer;
  net::read(socket, buffer, failure);
  return {net::buffers_begin(buffer.data()), net::buffers_end(buffer.data())};
}

class Server : public testing::Test {
 protected:
  explicit Server(app::HttpLimits limits = {}) {
    auto server = HttpServer::listen("127.0.0.1:0", echo(), limits);
    EXPECT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    auto address = server_->address();
    auto port = static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
    socket_.connect({net::ip::make_address("127.0.0.1"), port});
  }

  // Sends all of it and reads until the server closes.
  std::string talk(const std::string& bytes) {
    error_code failure;
    net::write(socket_, net::buffer(bytes), failure);
    return rest();
  }
  std::string rest() {
    error_code failure;
    net::streambuf buffer;
    net::read(socket_, buffer, failure);
    return {net::buffers_begin(buffer.data()), net::buffers_end(buffer.data())};
  }

  net::io_context context_;
  net::ip::tcp::socket socket_{context_};
  std::unique_ptr<HttpServer> server_;
};

constexpr const char* kEnd = "Host: a\r\nConnection: close\r\n\r\n";

TEST_F(Server, AnswersWhatItIsAsked) {
  auto got = talk("GET /a/b?c=d&e HTTP/1.1\r\nX-A: 1\r\n" + std::string(kEnd));
  EXPECT_THAT(got, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(got, HasSubstr("\r\n\r\nGET /a/b ? c=d&e 1 []"));
}

TEST_F(Server, KeepsConnectionsAlive) {
  auto got = talk("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\n" +
                  std::string(kEnd));
  EXPECT_THAT(got, HasSubstr("POST /1 ?   [hi]"));
  EXPECT_THAT(got, HasSubstr("GET /2 ?   []"));
}

TEST_F(Server, SendsNoBodyAfterHead) {
  auto got = talk("HEAD /a HTTP/1.1\r\n" + std::string(kEnd));
  EXPECT_THAT(got, HasSubstr("Content-Length: 14\r\n"));
  EXPECT_TRUE(got.ends_with("\r\n\r\n")) << got;
}

TEST_F(Server, ReadsChunkedBodies) {
  auto got = talk("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + std::string(kEnd) +
                  "2\r\nhi\r\n0\r\n\r\n");
  EXPECT_THAT(got, HasSubstr("[hi]"));
}

struct BadRow {
  const char* name;
  std::string sent;
  const char* got;  // how the answer begins; empty: none
};
const BadRow kBad[] = {
    {"Junk", "hello there\r\n\r\n", "HTTP/1.1 400"},
    {"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
     "HTTP/1.1 400"},
    {"LongHeader", "GET / HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", "HTTP/1.1 431"},
    {"LargeBody",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'x'),
     "HTTP/1.1 413"},
    {"LargeChunks",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
         std::string(2000, 'x'),
     "HTTP/1.1 413"},
    {"BodyWhereNoneMayBe", "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
     "HTTP/1.1 413"},
    {"NegativeLength", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400"},
    {"TwoLengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
     "HTTP/1.1 400"},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400"},
    {"LengthAndChunks",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
     "chunked\r\n\r\n0\r\n\r\n",
     "HTTP/1.1 400"},
    {"ChunksAndLength",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
     "3\r\n\r\n0\r\n\r\n",
     "HTTP/1.1 400"},
    {"CodingNotKnown",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x, chunked, y\r\n\r\n0\r\n\r\n",
     "HTTP/1.1 501"},
    {"FieldWithBlank", "POST / HTTP/1.1\r\nHost : a\r\n\r\n", "HTTP/1.1 400"},
    {"NoPath", "GET http//a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
};
class Bad : public Server, public testing::WithParamInterface<BadRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, Bad, testing::ValuesIn(kBad),
                         [](const auto& row) { return row.param.name; });
TEST_P(Bad, IsRefusedAndTheConnectionEnds) {
  EXPECT_THAT(talk(GetParam().sent), StartsWith(GetParam().got));
}

class Impatient : public Server {
 protected:
  Impatient()
      : Server({16U << 10U, 2, std::chrono::milliseconds(50), std::chrono::milliseconds(50)}) {}
};
TEST_F(Impatient, EndsConnectionsThatSayNothing) { EXPECT_EQ(rest(), ""); }
TEST_F(Impatient, EndsRequestsThatNeverEnd) { EXPECT_EQ(talk("GET / HTTP/1.1\r\nX-A: "), ""); }

TEST(HttpAnswers, FieldsCannotBreakOutOfTheirLine) {
  app::HttpHandler handler;
  handler.body_limit = [](const HttpRequest&) { return 0; };
  handler.answer = [](const HttpRequest&) {
    HttpAnswer out;
    out.fields.emplace_back("Location", "/a\r\nSet-Cookie: x=1\r\n\r\n<p>");
    return out;
  };
  auto got = asked(std::move(handler), {}, "GET / HTTP/1.1\r\n" + std::string(kEnd));
  EXPECT_THAT(got, HasSubstr("Location: /a  Set-Cookie: x=1    <p>\r\n"));
}

TEST(HttpAnswers, ComeFromWorkersAndFromWhatIsKnown) {
  app::HttpHandler handler;
  handler.body_limit = [](const HttpRequest&) { return 0; };
  handler.answer = [](const HttpRequest&) { return HttpAnswer{200, "worked"}; };
  handler.at_once = [](const HttpRequest& request) {
    std::optional<HttpAnswer> out;
    if (request.path == "/known") {
      out.emplace().shared_body = std::make_shared<const std::string>("known");
    }
    return out;
  };
  app::HttpLimits limits;
  limits.threads = 2;
  limits.workers = 2;
  auto got = asked(std::move(handler), limits,
                   "GET /known HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n" + std::string(kEnd));
  EXPECT_THAT(got, HasSubstr("\r\n\r\nknownHTTP/1.1 200 OK"));
  EXPECT_THAT(got, testing::EndsWith("worked"));
}

TEST(HttpAnswers, WhatComesWithABodyIsPreparedFirst) {
  for (unsigned workers : {0U, 2U}) {
    app::HttpHandler handler;
    handler.prepare = [](HttpRequest& request) {
      request.noted = std::string("noted");
      return request.path == "/gone" ? 410 : 0;
    };
    handler.body_limit = [](const HttpRequest& request) {
      return request.noted.has_value() ? 9 : 0;
    };
    handler.answer = [](const HttpRequest& request) {
      const auto* noted = std::any_cast<std::string>(&request.noted);
      return HttpAnswer{200, (noted != nullptr ? *noted : "nothing") + request.body};
    };
    app::HttpLimits limits;
    limits.workers = workers;
    auto got =
        asked(std::move(handler), limits,
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nxGET / HTTP/1.1\r\nHost: "
              "a\r\n\r\nPOST /gone HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    EXPECT_THAT(got, HasSubstr("\r\n\r\nnotedxHTTP/1.1 200 OK"));
    EXPECT_THAT(got, HasSubstr("\r\n\r\nnothingHTTP/1.1 410 Gone")) << "its body is not waited for";
  }
}

// Two events, and then too much for one who does not read: closed, and nobody waits.
void send_events(const std::shared_ptr<app::HttpStream>& stream) {
  for (const char* text : {"data: 1\n\n", "data: 2\n\n"}) {
    EXPECT_TRUE(stream->send(std::make_shared<const std::string>(text)));
  }
  auto much = std::make_shared<const std::string>(app::HttpStream::kMostWaiting + 1, 'x');
  EXPECT_FALSE(stream->send(much));
  EXPECT_FALSE(stream->send(much));
}

TEST(HttpAnswers, StreamWhatIsSentLater) {
  app::HttpHandler handler;
  handler.body_limit = [](const HttpRequest&) { return 0; };
  std::thread sender;
  handler.answer = [&sender](const HttpRequest&) {
    HttpAnswer out;
    out.content_type = "text/event-stream";
    out.stream = [&sender](const std::shared_ptr<app::HttpStream>& stream) {
      sender = std::thread([stream] { send_events(stream); });
    };
    return out;
  };
  auto got = asked(std::move(handler), {}, "GET / HTTP/1.1\r\n" + std::string(kEnd));
  sender.join();
  EXPECT_THAT(got, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(got, testing::Not(HasSubstr("Content-Length")));
}

// Who has it may have it for longer than there is a server: nothing is sent, nothing touched.
TEST(HttpAnswers, StreamsMayBeKeptLongerThanTheServer) {
  app::HttpHandler handler;
  handler.body_limit = [](const HttpRequest&) { return 0; };
  std::promise<std::shared_ptr<app::HttpStream>> given;
  handler.answer = [&given](const HttpRequest&) {
    HttpAnswer out;
    out.stream = [&given](const std::shared_ptr<app::HttpStream>& stream) {
      given.set_value(stream);
    };
    return out;
  };
  auto server = HttpServer::listen("127.0.0.1:0", std::move(handler));
  ASSERT_TRUE(server) << server.error().message;
  auto address = (*server)->address();
  net::io_context context;
  net::ip::tcp::socket socket(context);
  auto port = static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  socket.connect({net::ip::make_address("127.0.0.1"), port});
  net::write(socket, net::buffer("GET / HTTP/1.1\r\n" + std::string(kEnd)));
  auto stream = given.get_future().get();
  auto text = std::make_shared<const std::string>("data: 1\n\n");
  EXPECT_TRUE(stream->send(text));
  server->reset();
  EXPECT_FALSE(stream->send(text));
}

TEST(Listen, TellsTheAddressBeforeItAnswers) {
  auto handler = echo();
  std::string told;
  handler.listening = [&told](const std::string& address) { told = address; };
  auto server = HttpServer::listen("127.0.0.1:0", std::move(handler));
  ASSERT_TRUE(server) << server.error().message;
  EXPECT_EQ(told, (*server)->address());
}

TEST(Listen, SaysWhatIsWrong) {
  for (const char* address : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
                              "127.0.0.1:65536", "a.example:80", "127.0.0.1:80 "}) {
    auto server = HttpServer::listen(address, echo());
    ASSERT_FALSE(server) << address;
    EXPECT_THAT(server.error().message, HasSubstr("is no address to listen on"));
  }
  auto first = HttpServer::listen("[::1]:0", echo());
  ASSERT_TRUE(first) << first.error().message;
  auto second = HttpServer::listen((*first)->address(), echo());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
}

}  // namespace
