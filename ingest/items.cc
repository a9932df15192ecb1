#include "ingest/items.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "store/rules/terms.h"

namespace ingest {
namespace {

// Starting a thread pays from some hundreds of items on.
constexpr std::size_t kFewItems = 256;
// Handing over one by one would cost more than the items do.
constexpr std::size_t kTogether = 32;
constexpr std::size_t kMostAhead = 16;  // batches waiting

}  // namespace

// Normalises ahead, and cuts the texts for searching. The queue is bounded, so that a writer that
// waits for the disk holds it up.
struct Items::Worker {
  using Batch = std::vector<NewsItem>;

  explicit Worker(Normaliser& normaliser) : thread([this, &normaliser] { run(normaliser); }) {}
  ~Worker() {
    {
      std::lock_guard lock(mutex);
      stopped = true;
    }
    changed.notify_all();
    thread.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void run(Normaliser& normaliser) {
    for (bool more = true; more;) {
      Batch batch;
      while (batch.size() < kTogether && more) {
        auto item = normaliser.next();
        more = item.has_value();
        if (!more) break;
        item->text = store::rules::cut_joined(item->revision);
        batch.push_back(std::move(*item));
      }
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return stopped || queue.size() < kMostAhead; });
      if (stopped) return;
      queue.push_back(std::move(batch));
      finished = !more;
      changed.notify_all();
    }
  }

  std::optional<NewsItem> next() {
    if (at == current.size() && !take()) return std::nullopt;
    return std::move(current[at++]);
  }

  // The next batch that is not empty; false at the end.
  bool take() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return finished || !queue.empty(); });
      if (queue.empty()) return false;
      current = std::move(queue.front());
      queue.pop_front();
      at = 0;
      changed.notify_all();
      if (!current.empty()) return true;
    }
  }

  std::mutex mutex;  // guards queue, stopped and finished
  std::condition_variable changed;
  std::deque<Batch> queue;
  bool stopped = false;
  bool finished = false;
  Batch current;  // the reader's own
  std::size_t at = 0;
  std::thread thread;  // last: it uses all of the above
};

Items::Items(const feeds::news::Document& document, Origin origin)
    : origin_(std::move(origin)), normaliser_(document, origin_) {
  if (document.entries.size() > kFewItems) worker_ = std::make_unique<Worker>(normaliser_);
}

Items::~Items() = default;

const model::Source& Items::source() const { return normaliser_.source(); }

std::optional<NewsItem> Items::next() {
  return worker_ != nullptr ? worker_->next() : normaliser_.next();
}

const std::vector<model::Warning>& Items::warnings() const { return normaliser_.warnings(); }

}  // namespace ingest
