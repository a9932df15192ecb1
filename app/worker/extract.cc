#include <spdlog/spdlog.h>

#include "app/worker/jobs.h"
#include "app/worker/shop.h"
#include "correlate/prepare.h"

// Works out ahead what depends on one record alone.
namespace app::worker {
namespace {

using namespace std::chrono_literals;

// Works until the job is done, the worker is stopped, or it proves to be one that cannot be done.
void work_off(const Shop& shop, ::correlate::Preparer& preparer, Trouble& trouble,
              Delivery& delivery) {
  auto job = read_job(delivery.text());
  if (!job) return bury(shop, delivery, job.error().message);
  const auto* range = std::get_if<PrepareJob>(&*job);
  if (range == nullptr) return bury(shop, delivery, "This is no job for the role extract.");
  if (delivery.deliveries() > kMostDeliveries) {
    return bury(shop, delivery,
                "It was given out " + std::to_string(kMostDeliveries) +
                    " times, and no worker came to its end.");
  }
  while (!shop.ended) {
    auto done = preparer.prepare(range->after, range->to);
    if (done) {
      trouble.over();
      if (done->entries + done->linked + done->series > 0) {
        std::chrono::duration<double, std::milli> thinking = done->thinking,
                                                  at_store = done->at_store;
        spdlog::info(
            "extracted: {} entries, {} linked, {} series; {:.1f} ms, {:.1f} ms at the store",
            done->entries, done->linked, done->series, thinking.count(), at_store.count());
      }
      return delivery.done();
    }
    // What is damaged is not mended by waiting.
    if (done.error().code != model::Errc::kIo) return bury(shop, delivery, done.error().message);
    trouble.wait(done.error());
  }
}

}  // namespace

model::Status extract(const Shop& shop) {
  Trouble trouble("extract", shop);
  ::correlate::Preparer preparer(shop.store);
  while (!shop.ended) {
    auto jobs = shop.nats.take(kPrepareStream, 1, 1s);
    if (!jobs) {
      trouble.wait(jobs.error());
      (void)declare_all(shop.nats);  // where the server has lost them
      continue;
    }
    for (auto& delivery : *jobs) work_off(shop, preparer, trouble, *delivery);
  }
  return {};
}

}  // namespace app::worker
