#include "app/worker/shop.h"

#include <algorithm>
#include <thread>

#include <spdlog/spdlog.h>

#include "app/worker/jobs.h"
#include "store/model/instant.h"

namespace app::worker {

using namespace std::chrono_literals;
using model::Status;

void tell(const ingest::PollReport& report) {
  const auto& name = report.now.url;
  if (report.now.failures > report.before.failures) {
    spdlog::warn("{}: {}", name, report.now.last_error);
  }
  if (!report.note.empty()) spdlog::info("{}: {}", name, report.note);
  if (!report.outcome) return;
  for (const auto& warning : report.outcome->warnings) {
    spdlog::warn("{}: {}", name, warning.message);
  }
  auto changed = report.outcome->entries_added + report.outcome->entries_revised +
                 report.outcome->outages_added + report.outcome->outages_revised +
                 report.outcome->signals_changed;
  if (changed > 0) spdlog::info("{}: {} records new or changed", name, changed);
}

void pause(const Shop& shop, std::chrono::milliseconds time) {
  auto until = std::chrono::steady_clock::now() + time;
  while (!shop.ended && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(time, 100ms));
  }
}

void Trouble::wait(const model::Error& error) {
  if (times_++ == 0) spdlog::warn("{}: {} Waiting.", role_, error.message);
  pause(shop_, std::min<std::chrono::milliseconds>(500ms * times_, 5s));
}

void Trouble::over() {
  if (times_ > 0) spdlog::info("{}: going on", role_);
  times_ = 0;
}

Status declare_all(Nats& nats) {
  // One message a host, so that one worker at a time asks it.
  auto done = nats.declare({kPollStream, "faultline.poll.>", true, true, 10'000});
  if (done) done = nats.declare({kPrepareStream, "faultline.prepare.>", true, true, 10'000});
  if (done) done = nats.declare({kDeadStream, "faultline.dead.>", false, false, 1'000'000});
  return done;
}

void bury(const Shop& shop, Delivery& delivery, const std::string& reason) {
  DeadLetter letter{delivery.subject(),    reason,         model::to_iso(shop.clock()), shop.name,
                    delivery.deliveries(), delivery.text()};
  auto subject = "faultline.dead." + letter.subject.substr(letter.subject.find('.') + 1);
  // The same message is buried once, whoever does it.
  auto id = letter.subject + " " + std::to_string(delivery.number());
  auto sent = shop.nats.publish(subject, to_text(letter), id);
  if (!sent || *sent == Sent::kFull) {
    delivery.put_off(5s);
    return;
  }
  spdlog::error("dead letter: {}: {}", letter.subject, reason);
  delivery.done();
}

}  // namespace app::worker
