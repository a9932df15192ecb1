#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "app/meter.h"
#include "app/sending.h"
#include "store/store.h"

namespace app {

// Beside what `run` does: makes the digests and alerts that are due and sends what is in the
// outbox, in a thread of its own, since a mail server may be slow. Looks every few seconds, and
// when it is told that something was correlated.
class Mailer {
 public:
  // The store and the meter must live as long. `clock` is asked in the mailer's thread. Errors as
  // Sending::make.
  static model::Result<std::unique_ptr<Mailer>> start(store::Store& store, const Context& context,
                                                      std::function<model::Instant()> clock,
                                                      Meter& meter);
  ~Mailer();  // ends within a second or two: what is on its way is tried again next time
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;

  void wake();

 private:
  Mailer(store::Store& store, std::function<model::Instant()> clock, Meter& meter);
  void work();
  model::Status once();

  store::Store& store_;
  std::function<model::Instant()> clock_;
  Meter& meter_;
  std::unique_ptr<Sending> sending_;
  std::atomic<bool> ended_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  std::thread thread_;
};

// One round: makes what is due and sends it. What `run --once` does at its end.
model::Result<mail::Sent> mail_once(store::Store& store, Sending& sending, model::Instant now,
                                    Meter& meter);

}  // namespace app
