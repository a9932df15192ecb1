#include "ingest/streams.h"

#include <iterator>
#include <set>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ingest/measured.h"

namespace ingest {
namespace {

using model::Instant;
using model::Poll;
using model::Result;
using model::Seconds;
using model::Status;
using std::chrono::steady_clock;

constexpr auto kBatch = std::chrono::seconds(60);
constexpr std::size_t kMuch = 1U << 20U;
// Whether sources were added or removed is asked so often.
constexpr auto kRefresh = std::chrono::seconds(10);

std::string cursor_at(Instant heard) {
  measure::Cursor cursor;
  cursor.since = heard;
  cursor.done = heard;
  return measure::to_json(cursor);
}

std::optional<Instant> heard_until(const Poll& poll) {
  return measure::cursor_of(poll.cursor).done;
}

}  // namespace

Streams::Streams(store::Store& store, const FetcherOptions& network, std::function<void()> wake)
    : store_(store), network_(network), wake_(std::move(wake)) {}

Status Streams::refresh() {
  auto now = steady_clock::now();
  if (refreshed_ && now - *refreshed_ < kRefresh) return {};
  refreshed_ = now;
  auto polls = store_.polls();
  if (!polls) return polls.error();
  std::set<std::string> there;
  for (const auto& poll : *polls) {
    if (!is_streamed(poll)) continue;
    there.insert(poll.url);
    if (streams_.count(poll.url) > 0) continue;
    RisLiveOptions options;
    options.url = poll.address;
    options.user_agent = network_.user_agent;
    options.allowed = network_.allowed;
    options.heard = heard_until(poll);
    options.wake = wake_;
    Stream stream;
    stream.source = std::make_unique<RisLive>(std::move(options));
    stream.taken = now;
    streams_.emplace(poll.url, std::move(stream));
  }
  std::erase_if(streams_, [&](const auto& one) { return there.count(one.first) == 0; });
  return {};
}

bool Streams::is_due(const Stream& stream, bool all) const {
  return all || stream.source->waiting() > kMuch || steady_clock::now() - stream.taken >= kBatch;
}

Result<std::vector<PollReport>> Streams::take(Instant now, bool all) {
  if (auto done = refresh(); !done) return done.error();
  std::vector<PollReport> out;
  for (auto at = streams_.begin(); at != streams_.end();) {
    auto& [url, stream] = *at;
    if (!is_due(stream, all)) {
      ++at;
      continue;
    }
    auto report = take(url, stream, now);
    bool elsewhere = !report && report.error().code == model::Errc::kNotFound;
    if (!report && !elsewhere) return report.error();
    if (report && *report) out.push_back(**std::move(report));
    at = elsewhere ? streams_.erase(at) : std::next(at);
    if (elsewhere) refreshed_.reset();
  }
  return out;
}

Result<std::optional<PollReport>> Streams::take(const std::string& url, Stream& stream,
                                                Instant now) {
  stream.taken = steady_clock::now();
  auto kept = store_.poll(url);
  if (!kept) return kept.error();
  if (!*kept) return std::optional<PollReport>();
  auto heard = stream.source->take();
  bool failed_again = heard.failures > stream.failures;
  stream.failures = heard.failures;
  PollReport report{**kept, **kept, std::nullopt, ""};
  if (auto done = keep(report, std::move(heard), failed_again, now); !done) return done.error();
  return std::optional(std::move(report));
}

void Streams::settle(PollReport& report, const RisLive::Heard& heard, bool failed_again,
                     Instant now) {
  auto& poll = report.now;
  if (report.outcome) {
    if (report.outcome->routes > 0) poll.last_new = now;
    poll.source_id = report.outcome->notes.source_id;
  }
  if (heard.until && *heard.until != heard_until(poll)) {
    poll.cursor = cursor_at(*heard.until);
    poll.last_poll = poll.last_success = now;
  }
  if (heard.error.empty()) {
    poll.failures = 0;
    poll.failing_since.reset();
    poll.last_error.clear();
    poll.next_reason = "it is heard all the time";
  } else if (failed_again) {
    if (poll.failures == 0) poll.failing_since = now;
    ++poll.failures;
    poll.last_error = poll.url + ": " + heard.error + ".";
    poll.next_reason = "it is connected to again and again";
  }
  poll.next_poll = now + std::chrono::duration_cast<Seconds>(kBatch);
}

Status Streams::admit(const Poll& before) const {
  auto now = store_.poll(before.url);
  if (!now) return now.error();
  if (*now && **now == before) return {};
  return model::Error{model::Errc::kNotFound, before.url + ": another process has heard it"};
}

Status Streams::keep(PollReport& report, RisLive::Heard heard, bool failed_again, Instant now) {
  if (!heard.lines.empty()) {
    Input input;
    input.name = report.before.address;
    input.url = report.before.address + "#" + model::to_iso(now);
    input.bytes = std::move(heard.lines);
    input.kind = feeds::Kind::kRisLive;
    input.admitted = [&]() -> Result<Admit> {
      auto admitted = admit(report.before);
      return admitted ? Result<Admit>(Admit::kAll) : admitted.error();
    };
    input.put_with_it = [&](store::Writer& writer, const Outcome& outcome) -> Status {
      report.outcome = outcome;
      settle(report, heard, failed_again, now);
      auto put = writer.update(report.now);
      return put ? Status() : put.error();
    };
    auto read = ingest_document(store_, input, now);
    if (!read) return read.error();
    if (report.outcome) return {};
    report.outcome = *std::move(read);  // read before
  }
  settle(report, heard, failed_again, now);
  auto writer = store_.begin();
  if (!writer) return writer.error();
  if (auto admitted = admit(report.before); !admitted) return admitted;
  auto put = (*writer)->update(report.now);
  return put ? (*writer)->commit() : put.error();
}

}  // namespace ingest
