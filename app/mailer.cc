#include "app/mailer.h"

#include <chrono>

#include <spdlog/spdlog.h>

namespace app {

using namespace std::chrono_literals;

constexpr auto kEvery = 10s;

model::Result<mail::Sent> mail_once(store::Store& store, Sending& sending, model::Instant now,
                                    Meter& meter) {
  auto queued = mail::queue(store, now);
  if (!queued) return queued.error();
  auto count = [&](std::size_t mails, const char* what) {
    meter.add("faultline_mails_total", static_cast<double>(mails), what);
  };
  count(queued->mails, "queued");
  if (queued->mails > 0) {
    spdlog::info("queued: {} mails of {} issues", queued->mails, queued->issues);
  }
  auto sent = sending.send(store, now);
  if (!sent) return sent;
  count(sent->sent, "sent");
  count(sent->later, "deferred");
  count(sent->failed, "failed");
  return sent;
}

Mailer::Mailer(store::Store& store, std::function<model::Instant()> clock, Meter& meter)
    : store_(store), clock_(std::move(clock)), meter_(meter) {}

model::Result<std::unique_ptr<Mailer>> Mailer::start(store::Store& store, const Context& context,
                                                     std::function<model::Instant()> clock,
                                                     Meter& meter) {
  std::unique_ptr<Mailer> out(new Mailer(store, std::move(clock), meter));
  auto sending = Sending::make(context, [mailer = out.get()] { return mailer->ended_.load(); });
  if (!sending) return sending.error();
  out->sending_ = *std::move(sending);
  out->thread_ = std::thread([mailer = out.get()] { mailer->work(); });
  return out;
}

Mailer::~Mailer() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Mailer::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void Mailer::work() {
  std::unique_lock lock(mutex_);
  while (!ended_) {
    woken_ = false;
    lock.unlock();
    if (auto done = once(); !done) spdlog::error("mail: {}", done.error().message);
    lock.lock();
    wake_.wait_for(lock, kEvery, [this] { return ended_ || woken_; });
  }
}

model::Status Mailer::once() {
  auto sent = mail_once(store_, *sending_, clock_(), meter_);
  if (!sent) return sent.error();
  if (sent->sent + sent->failed + sent->later > 0) {
    spdlog::info("sent: {}, failed for good: {}, to be tried again: {}", sent->sent, sent->failed,
                 sent->later);
  }
  return {};
}

}  // namespace app
