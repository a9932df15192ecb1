#include <memory>
#include <optional>

#include <spdlog/spdlog.h>

#include "app/hubs.h"
#include "app/mailer.h"
#include "app/polling.h"
#include "app/serving.h"
#include "app/worker/shop.h"
#include "correlate/prepare.h"
#include "ingest/pushes.h"

// Pages and API, and hubs that call back, by every worker of this role; mails and alerts by the one
// that holds the lease.
namespace app::worker {
namespace {

using namespace std::chrono_literals;
using model::Status;

// After a person's decision: waits until it has been followed up, or says that it will be.
Status follow_up(const Shop& shop) {
  auto newest = shop.store.newest_change();
  if (!newest) return newest.error();
  auto until = std::chrono::steady_clock::now() + 15s;
  while (!shop.ended && std::chrono::steady_clock::now() < until) {
    auto progress = ::correlate::progress(shop.store);
    if (!progress) return progress.error();
    if (progress->same_version && progress->seq >= *newest) return {};
    pause(shop, 200ms);
  }
  spdlog::warn("publish: a decision is kept, and not followed up yet; no worker correlates?");
  return {};
}

class Publishing {
 public:
  explicit Publishing(const Shop& shop)
      : shop_(shop),
        pushes_(shop.store, hubs_, {true, model::Seconds(shop.options.polling.floor_s)}) {}

  // Errors are those of begin_serving().
  Status begin() {
    auto find = [this](std::string_view token) { return shop_.store.poll_with_token(token); };
    auto serving = begin_serving(
        shop_.store, shop_.options.serving, shop_.context,
        [this](store::Store& /*written*/) { return follow_up(shop_); },
        Before{kHubsPath, answer_hubs(hubs_, find, shop_.clock)}, &meter_);
    if (!serving) return serving.error();
    serving_ = *std::move(serving);
    const auto& base = shop_.options.serving.public_url;
    spdlog::info("pages are at http://{}/{}", serving_->server->address(),
                 base.empty() ? "" : ", which others reach as " + base);
    return {};
  }

  // Sends mails where that is for us to do. Errors are of the configuration.
  Status mail(bool is_ours) {
    if (!is_ours) mailer_.reset();
    if (!is_ours || mailer_ != nullptr) return {};
    auto started = Mailer::start(shop_.store, shop_.context, shop_.clock, meter_);
    if (!started) return started.error();
    mailer_ = *std::move(started);
    return {};
  }

  // Keeps what hubs say, for about two seconds.
  Status hear() {
    auto until = std::chrono::steady_clock::now() + 2s;
    while (!shop_.ended && std::chrono::steady_clock::now() < until) {
      if (!pushes_.wait(100ms)) continue;
      if (auto done = keep_next(); !done) return done;
    }
    return {};
  }

  // Hears no more, and keeps what hubs were told that we have.
  Status end() {
    serving_.reset();
    while (pushes_.wait(0ms)) {
      if (auto done = keep_next(); !done) return done;
    }
    return {};
  }

 private:
  Status keep_next() {
    auto report = pushes_.take(shop_.clock());
    if (!report) return report.error();
    if (!*report) return {};
    count(meter_, **report);
    tell(**report);
    return {};
  }

  const Shop& shop_;
  Meter meter_;
  ingest::Subscriptions hubs_;
  ingest::Pushes pushes_;
  std::unique_ptr<Mailer> mailer_;
  std::optional<Serving> serving_;
};

}  // namespace

Status publish(const Shop& shop) {
  Publishing publishing(shop);
  if (auto begun = publishing.begin(); !begun) return begun;
  Trouble trouble("publish", shop);
  while (!shop.ended) {
    auto ours = shop.leases.take("mail");
    if (auto mails = publishing.mail(ours && *ours); !mails) return mails;
    auto done = ours ? publishing.hear() : Status(ours.error());
    if (!done) {
      trouble.wait(done.error());
      continue;
    }
    trouble.over();
  }
  auto ended = publishing.end();
  if (!ended) {
    spdlog::warn("publish: {} What hubs pushed and is not kept comes with the next poll.",
                 ended.error().message);
  }
  return {};
}

}  // namespace app::worker
