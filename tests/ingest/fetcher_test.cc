#include "ingest/fetcher.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fetch.h"
#include "tests/support/http_bytes.h"
#include "tests/support/http_server.h"

// What fetches of one Fetcher do together, and what they remember for the next time.
namespace {

using model::Errc;
using support::answer;
using support::Connection;
using support::HttpServer;
using support::typed;
using testing::HasSubstr;

struct RetryRow {
  const char* name;
  const char* status;
  const char* fields;
  bool held;
  const char* says;
};

const RetryRow kRetries[] = {
    {"BusyForSeconds", "503 Busy", "Retry-After: 120\r\n", true, "come back after 120"},
    {"BusyUntilADate", "503 Busy", "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT\r\n", true,
     "come back after Fri, 31 Dec 2999"},
    {"BusyUntilThePast", "503 Busy", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", false,
     "come back after Thu, 01 Jan 1970"},
    {"BusyForJunk", "503 Busy", "Retry-After: soon\xFF\r\n", false, "come back after soon?"},
    {"BusyForever", "503 Busy", "Retry-After: 99999999999999999999\r\n", true, "come back after"},
    {"BusySilently", "503 Busy", "", false, "503 Service Unavailable; try again later"},
    {"TooManySilently", "429 Slow", "", true, "429 Too Many Requests; try again later"},
    {"TooManyForSeconds", "429 Slow", "Retry-After: 30\r\n", true, "come back after 30"},
    {"TooManyForNoTime", "429 Slow", "Retry-After: 0\r\n", false, "come back after 0"},
    {"BrokenForSeconds", "500 Broken", "Retry-After: 120\r\n", false, "come back after 120"},
};

class RetryAfter : public testing::TestWithParam<RetryRow> {};
INSTANTIATE_TEST_SUITE_P(Rows, RetryAfter, testing::ValuesIn(kRetries),
                         [](const auto& row) { return row.param.name; });
TEST_P(RetryAfter, HoldsForTheWholeHost) {
  const auto& row = GetParam();
  HttpServer server([&](Connection& c) { c.send(answer(row.status, row.fields, "")); });
  ingest::Fetcher fetcher({});
  auto first = support::fetch(fetcher, typed(server.url("/a")));
  ASSERT_TRUE(first.error);
  EXPECT_FALSE(first.held);
  EXPECT_THAT(first.error->message, HasSubstr(row.says));
  auto second = support::fetch(fetcher, typed(server.url("/b")));
  EXPECT_EQ(second.held, row.held);
  EXPECT_EQ(server.accepted(), row.held ? 1 : 2);
  if (row.held) {
    EXPECT_THAT(second.error->message, HasSubstr("asked to be left alone"));
  }
  EXPECT_LE(second.held_for, std::chrono::hours(24));
}

TEST(KeepAlive, OneConnectionForMany) {
  HttpServer server([](Connection& c) {
    c.keep = true;
    c.send(answer("200 OK", "", std::to_string(c.number)));
  });
  ingest::Fetcher fetcher({});
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(support::fetch(fetcher, typed(server.url("/"))).response.body, "1");
  }
}

// The server closes what it said it would keep, before, and after it has read the next request.
TEST(KeepAlive, AClosedOneIsOpenedAnew) {
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", std::to_string(c.number))); });
  ingest::Fetcher fetcher({});
  for (int n = 1; n <= 5; ++n) {
    auto got = support::fetch(fetcher, typed(server.url("/")));
    ASSERT_FALSE(got.error) << got.error->message;
    EXPECT_EQ(got.response.body, std::to_string(n));
  }
}

TEST(KeepAlive, ClosedUponTheNextRequestIsAskedOnceMore) {
  HttpServer server([](Connection& c) {
    if (c.request.find("/second") != std::string::npos && c.number == 1) return;
    c.keep = true;
    c.send(answer("200 OK", "", std::to_string(c.number)));
  });
  ingest::Fetcher fetcher({});
  EXPECT_EQ(support::fetch(fetcher, typed(server.url("/first"))).response.body, "1");
  auto got = support::fetch(fetcher, typed(server.url("/second")));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "2");
}

TEST(KeepAlive, ClosedUponEveryRequestIsAnErrorInTheEnd) {
  HttpServer server([](Connection& c) {
    if (c.target == "/dead") return;
    c.keep = true;
    c.send(answer("200 OK", "", "fine"));
  });
  ingest::Fetcher fetcher({});
  EXPECT_FALSE(support::fetch(fetcher, typed(server.url("/"))).error);
  auto got = support::fetch(fetcher, typed(server.url("/dead")));
  ASSERT_TRUE(got.error);
  EXPECT_EQ(server.accepted(), 2);
}

TEST(KeepAlive, NotWhereTheServerSaysClose) {
  for (const char* fields : {"Connection: close\r\n", "Connection: Close, x\r\n"}) {
    HttpServer server([&](Connection& c) {
      c.keep = true;
      c.send(answer("200 OK", fields, std::to_string(c.number)));
    });
    ingest::Fetcher fetcher({});
    support::fetch(fetcher, typed(server.url("/")));
    EXPECT_EQ(support::fetch(fetcher, typed(server.url("/"))).response.body, "2") << fields;
  }
}

TEST(PerHost, TwoAtATime) {
  std::mutex mutex;
  std::condition_variable changed;
  int asked = 0, let_go = 0;
  HttpServer server([&](Connection& c) {
    std::unique_lock lock(mutex);
    ++asked;
    changed.notify_all();
    changed.wait(lock, [&] { return let_go > 0; });
    --let_go;
    c.send(answer("200 OK", "Connection: close\r\n", "body"));
  });
  ingest::Fetcher fetcher({});
  for (int n = 0; n < 6; ++n) fetcher.start(typed(server.url("/" + std::to_string(n))));
  for (int n = 0; n < 6; ++n) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return asked >= std::min(n + 2, 6); });
    EXPECT_LE(asked, n + 2);
    ++let_go;
    changed.notify_all();
    lock.unlock();
    auto got = fetcher.next();
    EXPECT_FALSE(got->error);
  }
  EXPECT_LE(server.most_at_once(), 3);  // one may still be closing
}

// Waiting in line does not use up the time of a fetch, in the hops behind a redirect either.
TEST(PerHost, WaitingInLineDoesNotCountAgainstTheLimitOfTime) {
  HttpServer server([&](Connection& c) {
    if (c.target.starts_with("/moved")) {
      return (void)c.send(answer("302 Found", "Location: /to\r\n", ""));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    c.send(answer("200 OK", "", "body"));
  });
  ingest::FetcherOptions options;
  options.per_host = 1;
  ingest::Fetcher fetcher(std::move(options));
  for (int n = 0; n < 12; ++n) {
    auto request = typed(server.url("/moved" + std::to_string(n)));
    request.limits.total = std::chrono::milliseconds(1200);
    fetcher.start(request);
  }
  while (auto got = fetcher.next()) EXPECT_FALSE(got->error) << got->error->message;
}

// However many are started, so many connections are open at a time, and all come to their end.
TEST(AllHosts, SoManyConnectionsAtATime) {
  HttpServer server([](Connection& c) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    c.send(answer("200 OK", "Connection: close\r\n", "body"));
  });
  ingest::FetcherOptions options;
  options.connections = 8;
  options.idle = std::chrono::seconds(0);
  options.resolve = [](const std::string&) -> model::Result<std::vector<std::string>> {
    return std::vector<std::string>{"127.0.0.1"};
  };
  ingest::Fetcher fetcher(std::move(options));
  for (int n = 0; n < 200; ++n) {
    fetcher.start(typed("http://h" + std::to_string(n) + ".example:" + server.port() + "/"));
  }
  int fine = 0;
  while (auto got = fetcher.next()) fine += got->error ? 0 : 1;
  EXPECT_EQ(fine, 200);
  EXPECT_LE(server.most_at_once(), 16);  // as many again may still be closing
}

// Who does not read what was fetched is not sent more.
TEST(AllHosts, AnswersThatNobodyTakesAreNotPiledUp) {
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "body")); });
  ingest::FetcherOptions options;
  options.connections = 4;
  options.per_host = 20;
  ingest::Fetcher fetcher(std::move(options));
  for (int n = 0; n < 20; ++n) fetcher.start(typed(server.url("/" + std::to_string(n))));
  std::vector<ingest::Fetched> taken;
  for (int n = 0; n < 4; ++n) taken.push_back(*fetcher.next());
  EXPECT_FALSE(fetcher.next(std::chrono::steady_clock::now() + std::chrono::milliseconds(200)));
  EXPECT_EQ(server.accepted(), 4);
  taken.clear();
  int more = 0;
  while (fetcher.next()) ++more;
  EXPECT_EQ(more, 16);
}

// Names that hang hold up nobody else.
TEST(Lookups, ThatHangDoNotHoldUpOthers) {
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "body")); });
  ingest::FetcherOptions options;
  options.resolve = [&](const std::string& host) -> model::Result<std::vector<std::string>> {
    std::unique_lock lock(mutex);
    if (host.starts_with("hangs")) changed.wait(lock, [&] { return over; });
    return std::vector<std::string>{"127.0.0.1"};
  };
  ingest::Fetcher fetcher(std::move(options));
  for (int n = 0; n < 20; ++n) {
    auto request = typed("http://hangs" + std::to_string(n) + ".example:" + server.port() + "/");
    request.limits.connect = std::chrono::milliseconds(60'000);
    request.limits.total = std::chrono::milliseconds(60'000);
    fetcher.start(request);
  }
  fetcher.start(typed("http://answers.example:" + server.port() + "/"));
  auto got = fetcher.next();
  EXPECT_EQ(got->url, "http://answers.example:" + server.port() + "/");
  EXPECT_FALSE(got->error);
  {
    std::lock_guard lock(mutex);
    over = true;
    changed.notify_all();
  }
  while (fetcher.next()) {
  }
}

TEST(Lookups, ThatThrowAreErrors) {
  ingest::FetcherOptions options;
  options.resolve = [](const std::string&) -> model::Result<std::vector<std::string>> {
    throw std::runtime_error("out of luck");
  };
  auto got = support::fetch(typed("http://a.example/"), std::move(options));
  ASSERT_TRUE(got.error);
  EXPECT_THAT(got.error->message, HasSubstr("out of luck"));
}

// The first address of a name does not answer: the next one is tried while there is time.
TEST(Lookups, AnAddressThatHangsDoesNotHideTheNext) {
  HttpServer server([](Connection& c) { c.send(answer("200 OK", "", "body")); });
  // A listener whose queue is full drops what comes.
  boost::asio::io_context context;
  using tcp = boost::asio::ip::tcp;
  tcp::endpoint full(boost::asio::ip::make_address("127.0.0.3"),
                     static_cast<unsigned short>(std::stoi(server.port())));
  tcp::acceptor silent(context);
  silent.open(tcp::v4());
  silent.bind(full);
  silent.listen(0);
  std::vector<std::unique_ptr<tcp::socket>> waiting;
  for (int n = 0; n < 4; ++n) {
    waiting.push_back(std::make_unique<tcp::socket>(context));
    waiting.back()->open(tcp::v4());
    waiting.back()->native_non_blocking(true);
    (void)::connect(waiting.back()->native_handle(), full.data(),
                    static_cast<socklen_t>(full.size()));
  }
  ingest::FetcherOptions options;
  options.resolve = [](const std::string&) -> model::Result<std::vector<std::string>> {
    return std::vector<std::string>{"127.0.0.3", "127.0.0.1"};
  };
  auto request = typed("http://two.example:" + server.port() + "/");
  request.limits.connect = std::chrono::milliseconds(1500);
  auto got = support::fetch(request, std::move(options));
  ASSERT_FALSE(got.error) << got.error->message;
  EXPECT_EQ(got.response.body, "body");
}

TEST(Fetcher, GivesUpWhatIsNotDoneWhenItGoes) {
  HttpServer server([](Connection& c) { c.wait_until_the_peer_goes(); });
  ingest::FetcherOptions options;
  options.per_host = 5;
  ingest::Fetcher fetcher(std::move(options));
  for (int n = 0; n < 10; ++n) fetcher.start(typed(server.url("/" + std::to_string(n))));
  while (server.accepted() < 5) std::this_thread::yield();
  EXPECT_EQ(fetcher.pending(), 10U);
}

}  // namespace
