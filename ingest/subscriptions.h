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
// it to Pushes, which reads it. For any thread.
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
    model::Poll poll;  // as it was when this was said
    std::optional<model::Push> push;
    std::optional<Input> document;
    std::string note;  // in words, when it is worth telling
  };

  // For one process that does it all: what is subscribed to is known without asking the store.
  // The subscription of this source as it is now; none when it has no secret.
  void know(const model::Poll& poll);
  void forget(const std::string& url);
  // The source whose subscription has this token, as know() was told last.
  std::optional<model::Poll> known(std::string_view token) const;

  // GET: this source's hub asks whether we mean it. The reply is its challenge, or 404.
  Reply ask(const model::Poll& poll, std::string_view query, model::Instant now);
  // POST: this source's hub brings a document. 202 also when its signature is wrong: it is then
  // left unread (section 8). 503 when too much waits.
  Reply deliver(const model::Poll& poll, std::string_view signature, Input document);

  // All that was heard since. Waits up to `patience` for something, or for wake().
  std::vector<Heard> take(std::chrono::milliseconds patience = std::chrono::milliseconds(0));
  void wake();

 private:
  void hear(Heard heard);  // under mutex_

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::map<std::string, model::Poll, std::less<>> known_;  // by token
  std::map<std::string, std::string> tokens_;              // by url
  std::vector<Heard> heard_;
  std::size_t waiting_ = 0;  // bytes of documents in heard_
  bool woken_ = false;
};

}  // namespace ingest
