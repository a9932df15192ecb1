#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingest.h"
#include "store/model/poll.h"

namespace ingest {

// What hubs say to our callbacks (WebSub sections 5 and 7), on its way from the server that hears
// it to the Poller that reads it. For any thread.
class Subscriptions {
 public:
  // Bytes of one pushed document, and of all that wait to be read.
  static constexpr std::size_t kLargest = 8U << 20U;
  static constexpr std::size_t kMostWaiting = 64U << 20U;

  struct Reply {
    int status = 200;
    std::string body;
  };
  // What a hub confirmed or denied, or pushed.
  struct Heard {
    std::string url;  // of the poll
    std::optional<model::Push> push;
    std::optional<Input> document;
    std::string note;  // in words, when it is worth telling
  };

  // The subscription of this source as it is now; none when it has no secret.
  void know(const model::Poll& poll);
  void forget(const std::string& url);

  // How large a body the hub may send to this callback: none to one that is not known.
  std::size_t body_limit(std::string_view token) const;
  // GET: the hub asks whether we mean it. The reply is its challenge, or 404.
  Reply ask(std::string_view token, std::string_view query, model::Instant now);
  // POST: the hub brings a document. 202 also when its signature is wrong: it is then left unread
  // (section 8). 410 for a callback that is not known, 503 when too much waits.
  Reply deliver(std::string_view token, std::string_view signature, Input document);

  // All that was heard since. Waits up to `patience` for something, or for wake().
  std::vector<Heard> take(std::chrono::milliseconds patience = std::chrono::milliseconds(0));
  void wake();

 private:
  struct Known {
    std::string url;
    model::Push push;
  };
  void hear(Heard heard);  // under mutex_

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::map<std::string, Known, std::less<>> known_;  // by token
  std::map<std::string, std::string> tokens_;        // by url
  std::vector<Heard> heard_;
  std::size_t waiting_ = 0;  // bytes of documents in heard_
  bool woken_ = false;
};

}  // namespace ingest
