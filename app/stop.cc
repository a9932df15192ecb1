#include "app/stop.h"

#include <csignal>
#include <ctime>
#include <utility>

#include <unistd.h>

namespace app {
namespace {

sigset_t stopping() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

StopSignal::StopSignal(std::function<void()> on_stop, std::function<void()> on_reload) {
  auto signals = stopping();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  thread_ = std::thread([this, on_stop = std::move(on_stop), on_reload = std::move(on_reload)] {
    wait(on_stop, on_reload);
  });
}

StopSignal::~StopSignal() {
  ended_ = true;
  thread_.join();
  auto signals = stopping();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

bool StopSignal::requested_for(std::chrono::milliseconds time) const {
  return requested_ && std::chrono::steady_clock::now() - requested_at_.load() >= time;
}

void StopSignal::wait(const std::function<void()>& on_stop,
                      const std::function<void()>& on_reload) {
  auto signals = stopping();
  const timespec tick{0, 100'000'000};
  while (!ended_) {
    int signal = sigtimedwait(&signals, nullptr, &tick);
    if (signal < 0) continue;
    if (signal == SIGHUP) {
      if (on_reload) on_reload();
      continue;
    }
    constexpr int kBySignal = 128;
    if (requested_) _exit(kBySignal + signal);
    requested_at_ = std::chrono::steady_clock::now();
    requested_ = true;
    on_stop();
  }
}

}  // namespace app
