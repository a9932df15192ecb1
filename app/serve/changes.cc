#include "app/serve/changes.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace app::serve {
namespace {

constexpr std::size_t kPage = 1000;
// More than this is not told again event by event; whoever was away so long reads anew.
constexpr std::size_t kMostMissed = 10'000;

}  // namespace

std::string_view to_string(store::ChangeKind kind) {
  switch (kind) {
    case store::ChangeKind::kEntry:
      return "entry";
    case store::ChangeKind::kOutage:
      return "outage";
    case store::ChangeKind::kSignal:
      return "signal";
    case store::ChangeKind::kEdit:
      return "edit";
  }
  return "";
}

std::string event_of(const store::Change& change) {
  return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", change.seq, to_string(change.kind),
                     boost::json::serialize(boost::json::object{{"id", change.id}}));
}

void Listeners::begin_at(std::int64_t seq) {
  std::lock_guard lock(mutex_);
  told_ = seq;
}

bool Listeners::has_room() const {
  std::lock_guard lock(mutex_);
  return streams_.size() < most_;
}

model::Result<std::string> Listeners::missed(std::int64_t& seq, store::Store& store) const {
  std::string out = "retry: 2000\n: here\n\n";
  std::int64_t told = 0;
  {
    std::lock_guard lock(mutex_);
    told = told_;
  }
  for (std::size_t count = 0; seq < told;) {
    auto changes = store.changes(seq, kPage);
    if (!changes) return changes.error();
    for (const auto& change : *changes) {
      if (change.seq > told) break;
      out += event_of(change);
      seq = change.seq;
    }
    count += changes->size();
    if (changes->size() < kPage) break;
    if (count < kMostMissed) continue;
    seq = told;
    return fmt::format("id: {}\nevent: missed\ndata: {{}}\n\n", told);
  }
  return out;
}

void Listeners::add(const std::shared_ptr<HttpStream>& stream, const std::string& text,
                    std::int64_t seq) {
  std::lock_guard lock(mutex_);
  auto all = text;
  for (const auto& [at, event] : recent_) {
    if (at > seq) all += event;
  }
  if (streams_.size() >= most_) all = "event: full\ndata: {}\n\n";
  if (stream->send(std::make_shared<const std::string>(std::move(all))) &&
      streams_.size() < most_) {
    streams_.push_back(stream);
  }
}

void Listeners::tell(const std::vector<store::Change>& changes) {
  std::string text;
  std::lock_guard lock(mutex_);
  for (const auto& change : changes) {
    auto event = event_of(change);
    text += event;
    recent_.emplace_back(change.seq, std::move(event));
    told_ = change.seq;
  }
  while (recent_.size() > kPage) recent_.pop_front();
  if (!text.empty()) send(text);
}

void Listeners::tell_correlated(std::int64_t seq) {
  std::lock_guard lock(mutex_);
  send(fmt::format("event: correlated\ndata: {{\"seq\":{}}}\n\n", seq));
}

void Listeners::beat() {
  std::lock_guard lock(mutex_);
  send(": here\n\n");
}

std::size_t Listeners::count() const {
  std::lock_guard lock(mutex_);
  return streams_.size();
}

void Listeners::send(const std::string& text) {
  auto bytes = std::make_shared<const std::string>(text);
  std::erase_if(streams_, [&](const auto& stream) { return !stream->send(bytes); });
}

}  // namespace app::serve
