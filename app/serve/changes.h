#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/http_server.h"
#include "store/store.h"

namespace app::serve {

// A change as a server-sent event (HTML Living Standard, section 9.2): its id is the change's seq.
std::string event_of(const store::Change& change);
std::string_view to_string(store::ChangeKind kind);

// Those who listen to what changes. For several threads.
class Listeners {
 public:
  explicit Listeners(std::size_t most) : most_(most) {}

  // What came up to `seq` was before our time.
  void begin_at(std::int64_t seq);

  bool has_room() const;
  // What came after `seq` and was told already, as events; kMostMissed at most, else one event
  // "missed", after which one reads anew.
  model::Result<std::string> missed(std::int64_t& seq, store::Store& store) const;
  // Adds a stream: it is told `text` first, which reaches up to `seq`. What was told between is
  // told it too.
  void add(const std::shared_ptr<HttpStream>& stream, const std::string& text, std::int64_t seq);
  // Tells all of them; the changes are the next ones after those before.
  void tell(const std::vector<store::Change>& changes);
  // That derived records are up to date with everything up to `seq`.
  void tell_correlated(std::int64_t seq);
  // Keeps connections open, and finds those that have gone.
  void beat();
  std::size_t count() const;

 private:
  void send(const std::string& text);

  std::size_t most_;
  mutable std::mutex mutex_;
  std::int64_t told_ = 0;
  // The last events: for those who join while they are told.
  std::deque<std::pair<std::int64_t, std::string>> recent_;
  std::vector<std::shared_ptr<HttpStream>> streams_;
};

}  // namespace app::serve
