#include <memory>

#include <spdlog/spdlog.h>

#include "app/mailer.h"
#include "app/serving.h"
#include "app/worker/shop.h"
#include "correlate/prepare.h"

// Pages and API, by every worker of this role; mails and alerts by the one that holds the lease.
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

}  // namespace

Status publish(const Shop& shop) {
  Meter meter;
  auto serving = begin_serving(
      shop.store, shop.options.serving, shop.context,
      [&shop](store::Store& /*written*/) { return follow_up(shop); }, std::nullopt, &meter);
  if (!serving) return serving.error();
  spdlog::info("pages are at http://{}/", serving->server->address());
  Trouble trouble("publish", shop);
  std::unique_ptr<Mailer> mailer;
  while (!shop.ended) {
    auto ours = shop.leases.take("mail");
    if (!ours) {
      mailer.reset();
      trouble.wait(ours.error());
      continue;
    }
    trouble.over();
    if (!*ours) mailer.reset();
    if (*ours && mailer == nullptr) {
      auto started = Mailer::start(shop.store, shop.context, shop.clock, meter);
      if (!started) return started.error();
      mailer = *std::move(started);
    }
    pause(shop, 2s);
  }
  return {};
}

}  // namespace app::worker
