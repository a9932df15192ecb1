#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ingest/guard.h"
#include "store/model/instant.h"
#include "store/model/result.h"

namespace ingest {

// The address taken apart, and what is asked of the stream: {"type":"ris_subscribe", …} made of the
// address's own query (prefix, path, host, peer). kInvalid for what is no ws or wss address.
struct StreamTarget {
  bool tls = false;
  std::string host, port, target, authority;
  std::string subscription;
};
model::Result<StreamTarget> stream_target(const std::string& url);

struct RisLiveOptions {
  std::string url;
  std::string user_agent;
  AllowList allowed;
  // Until when it was heard before; nothing: never. What lies between is a gap.
  std::optional<model::Instant> heard;
  std::chrono::milliseconds first_wait{1000};       // before it is connected to again; doubled …
  std::chrono::milliseconds longest_wait{300'000};  // … up to this
  std::function<void()> wake;                       // called when there is something to take
};

// Hears RIS Live (RIPE NCC) over a WebSocket of its own, in a thread of its own, and connects again
// when it is lost: with longer and longer waits, for ever. What was not heard meanwhile stands in
// the stream as a line of ours, {"type":"faultline_gap", …}, and from when to when it was heard as
// another, {"type":"faultline_heard", …}. Not behind a proxy.
class RisLive {
 public:
  // Lines that wait to be taken; when more come, the connection is given up and a gap told.
  static constexpr std::size_t kMostWaiting = 16U << 20U;
  static constexpr std::size_t kLongestMessage = 1U << 20U;

  explicit RisLive(RisLiveOptions options);
  ~RisLive();  // leaves
  RisLive(const RisLive&) = delete;
  RisLive& operator=(const RisLive&) = delete;

  // Messages as they came, one a line, since the last call; what is needed to take them as one
  // document. Empty: nothing came.
  struct Heard {
    std::string lines;
    std::optional<model::Instant> until;  // heard so far; nothing: not connected yet
    std::string error;                    // why it is not connected now; empty: it is
    int failures = 0;                     // in a row
  };
  Heard take();
  std::size_t waiting() const;  // bytes

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ingest
