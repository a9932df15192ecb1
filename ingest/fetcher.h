#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/guard.h"
#include "ingest/http_client.h"
#include "ingest/proxy.h"
#include "store/model/result.h"

namespace ingest {

// What is to be fetched.
struct Request {
  std::string url;
  Limits limits;
  // Validators and the address that gave them: sent to that address alone, byte for byte. They
  // belong to a URL, not to a feed: behind a redirect they are not sent (RFC 9110 section 8.8).
  std::string etag;
  std::string last_modified;
  std::string validators_url;
  bool obey_robots = false;  // for article pages
  // A key of ours (RFC 6750): sent over TLS, or to this machine, and to no host but the one that
  // was asked first. Not kept anywhere.
  std::string bearer;
  // A POST of this form (application/x-www-form-urlencoded) instead of a GET.
  std::optional<std::string> form;
  std::string tag;  // the caller's; handed back with what came of it
};

struct Redirect {
  int status = 0;  // 301, 302, 303, 307, 308
  std::string to;

  friend bool operator==(const Redirect&, const Redirect&) = default;
};

// What came of it. `error` says why there is no body to use; a 304 is no error.
struct Fetched {
  std::string url;  // as requested
  std::string tag;  // of the request
  int status = 0;   // of the last hop; 0: none answered
  std::optional<model::Error> error;
  Response response;
  std::vector<Redirect> redirects;
  // Of the last answer, as sent.
  std::string cache_control, age, expires, date, retry_after;
  std::vector<std::string> links;  // Link fields (RFC 8288)
  bool held = false;  // not asked: its host wants to be left alone, until when `held_for` says
  std::chrono::seconds held_for{0};
  std::chrono::steady_clock::duration took{0};  // redirects and waiting for a turn with it
  std::shared_ptr<void> turn;  // of the body; another one may be read when this is gone
};

// What all fetches of a Fetcher share: fetcher_options() makes them.
struct FetcherOptions {
  std::string user_agent = "Faultline/0.1";
  Proxies proxies;
  AllowList allowed;
  int per_host = 2;  // connections to one host at a time (RFC 9112 section 9.4)
  // Answers at a time, from the connection on until what came of them is gone (Fetched::turn): who
  // does not keep up with reading them is not sent more.
  int connections = 256;
  int large_turns = 4;  // bodies of more than `small` bytes in memory at a time, see bodies.h
  std::size_t small = 256U << 10U;
  std::chrono::seconds idle{30};  // how long a connection is kept for the next request
  // Name → addresses; empty: the system's resolver. Called in threads of its own, may block.
  std::function<model::Result<std::vector<std::string>>(const std::string& host)> resolve;
};

// Fetches many addresses at a time, all of them in one thread, with keep-alive, per-host limits and
// back-off shared by a host's addresses. start() and next() are for one caller, wake() for any
// thread and for signal handlers' threads.
class Fetcher {
 public:
  explicit Fetcher(FetcherOptions options);
  ~Fetcher();  // gives up what is not done
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  void start(Request request);
  // Waits for the next one that is done, in the order in which they end. Nothing when `until` has
  // come, or after wake(), or at once when nothing was started.
  std::optional<Fetched> next(
      std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max());
  void wake();
  std::size_t pending() const;  // started and not yet handed out

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Options with the proxies that the environment names, this User-Agent and an allow-list of these
// words. kInvalid, saying which, for what is no proxy or no word of an allow-list.
model::Result<FetcherOptions> fetcher_options(std::string user_agent,
                                              const std::vector<std::string>& allowed);

// The reason why an answer of this status brought nothing, with what its header tells of it.
model::Error refusal(const std::string& url, int status, const std::string& retry_after,
                     const std::string& cause);

}  // namespace ingest
