#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

// What we use of NATS JetStream, over libnats.
namespace app::worker {

// A message that was given to us and is ours until it is done, or for as long as the server waits
// for a word (`lease`). That word is given while a Delivery lives and who works on it touches it
// again and again; what is neither done nor put off is given to another worker.
class Delivery {
 public:
  virtual ~Delivery() = default;
  virtual std::string subject() const = 0;
  virtual std::string text() const = 0;
  virtual std::int64_t number() const = 0;      // in its stream
  virtual std::int64_t deliveries() const = 0;  // with this one
  // It is being worked on still.
  virtual void touch() = 0;
  virtual void done() = 0;
  virtual void put_off(std::chrono::seconds delay) = 0;
};

// What became of a message that was published.
enum class Sent : std::uint8_t { kKept, kKnown, kFull };

struct StreamSettings {
  std::string name;
  std::string subject;         // "faultline.poll.>"
  bool is_queue = true;        // a message goes when it is done; else when it is deleted
  bool one_a_subject = false;  // another one of the same subject is refused (kFull)
  std::int64_t most = 10'000;  // then what comes is refused
};

// How many wait in a queue, and whether somebody works on it.
struct QueueState {
  std::int64_t messages = 0;
  bool has_workers = false;
};

// A connection that is made again and again, for ever, when it is lost; says so in the log. For
// several threads.
class Nats {
 public:
  // Errors, in a sentence without a password: kInvalid for a URL that is none, kIo for a server
  // that cannot be reached, does not let us in, or has no JetStream.
  static model::Result<std::unique_ptr<Nats>> connect(const std::string& url,
                                                      const std::string& name,
                                                      std::chrono::seconds lease);
  virtual ~Nats() = default;

  // Makes the stream, with a consumer of the same name where it is a queue, or brings it up to
  // date.
  virtual model::Status declare(const StreamSettings& settings) = 0;
  // Without `id` nothing is known again. kIo when the server did not say that it keeps it.
  virtual model::Result<Sent> publish(const std::string& subject, const std::string& text,
                                      const std::string& id) = 0;
  // Up to `most` messages of a queue; waits for the first one. None is no error. kIo also while
  // there is no connection. What is not touched for `silence` counts as dropped: who had it hangs.
  virtual model::Result<std::vector<std::unique_ptr<Delivery>>> take(
      const std::string& stream, int most, std::chrono::milliseconds patience,
      std::chrono::seconds silence = std::chrono::hours(1)) = 0;
  virtual model::Result<QueueState> state(const std::string& stream) = 0;

  // What is in a stream that is no queue, by number; and one of it.
  struct Kept {
    std::int64_t number = 0;
    std::string text;
  };
  virtual model::Result<std::vector<Kept>> list(const std::string& stream) = 0;
  virtual model::Result<std::optional<Kept>> get(const std::string& stream,
                                                 std::int64_t number) = 0;
  virtual model::Status remove(const std::string& stream, std::int64_t number) = 0;
};

}  // namespace app::worker
