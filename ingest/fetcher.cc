#include "ingest/fetcher.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <malloc.h>

#include "ingest/engine.h"

namespace ingest {

class Fetcher::Impl {
 public:
  explicit Impl(FetcherOptions options)
      : context_(std::make_shared<net::io_context>(1)),
        work_(context_->get_executor()),
        engine_(std::make_unique<Engine>(context_, std::move(options))),
        thread_([this] { context_->run(); }) {
#ifdef M_MMAP_THRESHOLD
    // Else glibc raises it to the size of what was freed, and large bodies stay with the process.
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
  }

  ~Impl() {
    context_->stop();
    thread_.join();
    done_.clear();
    // Its look-ups end before the context, whose coroutines refer to it until then.
    work_.reset();
  }

  void start(Request request) {
    {
      std::lock_guard lock(mutex_);
      ++pending_;
    }
    auto kept = std::make_shared<const Request>(std::move(request));
    net::post(*context_, [this, kept] { net::co_spawn(*context_, run(kept), net::detached); });
  }

  std::optional<Fetched> next(std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    auto ready = [this] { return !done_.empty() || woken_ || pending_ == 0; };
    if (until == std::chrono::steady_clock::time_point::max()) {
      changed_.wait(lock, ready);
    } else {
      changed_.wait_until(lock, until, ready);
    }
    woken_ = false;
    if (done_.empty()) return std::nullopt;
    auto out = std::move(done_.front());
    done_.pop_front();
    --pending_;
    return out;
  }

  void wake() {
    std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }

  std::size_t pending() const {
    std::lock_guard lock(mutex_);
    return pending_;
  }

 private:
  net::awaitable<void> run(std::shared_ptr<const Request> request) {
    auto fetched = co_await engine_->fetch(*request);  // throws nothing: all are handed out
    std::lock_guard lock(mutex_);
    done_.push_back(std::move(fetched));
    changed_.notify_all();
  }

  std::shared_ptr<net::io_context> context_;
  net::executor_work_guard<net::io_context::executor_type> work_;
  std::unique_ptr<Engine> engine_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Fetched> done_;
  std::size_t pending_ = 0;
  bool woken_ = false;
  std::thread thread_;
};

Fetcher::Fetcher(FetcherOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Fetcher::~Fetcher() = default;
void Fetcher::start(Request request) { impl_->start(std::move(request)); }
std::optional<Fetched> Fetcher::next(std::chrono::steady_clock::time_point until) {
  return impl_->next(until);
}
void Fetcher::wake() { impl_->wake(); }
std::size_t Fetcher::pending() const { return impl_->pending(); }

model::Result<FetcherOptions> fetcher_options(std::string user_agent,
                                              const std::vector<std::string>& allowed) {
  FetcherOptions options;
  options.user_agent = std::move(user_agent);
  auto proxies = proxies_from_environment();
  if (!proxies) return proxies.error();
  options.proxies = std::move(*proxies);
  auto list = AllowList::of(allowed);
  if (!list) return model::Error{list.error().code, "allowed hosts: " + list.error().message};
  options.allowed = std::move(*list);
  return options;
}

model::Result<Response> get(const std::string& url, const Limits& limits) {
  auto options = fetcher_options(FetcherOptions().user_agent, {});
  if (!options) return options.error();
  return get(url, limits, std::move(*options));
}

model::Result<Response> get(const std::string& url, const Limits& limits, FetcherOptions options) {
  options.idle = std::chrono::seconds(0);
  Fetcher fetcher(std::move(options));
  Request request;
  request.url = url;
  request.limits = limits;
  fetcher.start(std::move(request));
  auto fetched = fetcher.next();
  if (fetched->error) return *fetched->error;
  if (fetched->status == 304) return refusal(url, 304, "", "");  // was not asked for
  return std::move(fetched->response);
}

}  // namespace ingest
