#include "ingest/pushes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ingest {
namespace {

using model::Errc;
using model::Error;
using model::Instant;
using model::Poll;
using model::Result;
using model::Seconds;
using model::Status;

// What a document says does not depend on when its hub's lease ends.
bool same_but_for_lease(const Poll& a, const Poll& b) {
  if (a.push.secret != b.push.secret) return false;
  auto with_lease = a;
  with_lease.push = b.push;
  return with_lease == b;
}

void poll_soon(Poll& poll, Instant now, Seconds floor) {
  auto soon = poll.last_poll ? std::max(now, *poll.last_poll + floor) : now;
  if (!poll.next_poll || *poll.next_poll <= soon) return;
  poll.next_poll = soon;
  poll.next_reason = "what its hub pushed came beside other news of it";
}

}  // namespace

Pushes::Pushes(store::Store& store, Subscriptions& hubs, PushOptions options)
    : store_(store), hubs_(hubs), options_(options) {}

bool Pushes::wait(std::chrono::milliseconds patience) {
  // Not more than one load at a time: what waits longer, waits where it is counted.
  if (!queue_.empty()) return true;
  auto heard = hubs_.take(patience);
  if (heard.empty()) ours_.clear();
  std::move(heard.begin(), heard.end(), std::back_inserter(queue_));
  return !queue_.empty();
}

Result<std::optional<PollReport>> Pushes::take(Instant now) {
  auto report = keep(queue_.front(), now);
  if (report || report.error().code != Errc::kIo) queue_.pop_front();
  return report;
}

Result<std::optional<PollReport>> Pushes::keep(Subscriptions::Heard& heard, Instant now) {
  PollReport report;
  auto done = look(heard.poll.url, report);
  report.note = heard.note;
  if (done && heard.push) done = keep_lease(heard, report);
  if (done && heard.document) done = read(heard, report, now);
  if (!done && done.error().code == Errc::kNotFound) {
    hubs_.forget(heard.poll.url);
    return std::optional<PollReport>();
  }
  if (!done) return done.error();
  if (!options_.one_of_many) hubs_.know(report.now);
  return std::optional(std::move(report));
}

Status Pushes::look(const std::string& url, PollReport& report) {
  auto kept = store_.poll(url);
  if (!kept) return kept.error();
  if (!*kept) return Error{Errc::kNotFound, url + ": it was removed"};
  report.before = report.now = **kept;
  return {};
}

Status Pushes::keep_lease(const Subscriptions::Heard& heard, PollReport& report) {
  auto writer = store_.begin();
  if (!writer) return writer.error();
  if (auto done = look(heard.poll.url, report); !done) return done;
  auto& push = report.now.push;
  // Another process has asked, or heard an answer, meanwhile. Who denies is believed all the same:
  // a lease that is not there would only make the source be polled more rarely.
  bool other = options_.one_of_many && heard.push->until && push != heard.poll.push;
  if (other || push.secret != heard.push->secret) {
    report.note.clear();
    return {};
  }
  push.until = heard.push->until;
  auto put = (*writer)->update(report.now);
  return put ? (*writer)->commit() : put.error();
}

Status Pushes::read(Subscriptions::Heard& heard, PollReport& report, Instant now) {
  auto& document = *heard.document;
  document.name = document.url = report.now.address;
  bool late = false;
  document.admitted = [&]() -> Result<Admit> {
    if (auto done = look(heard.poll.url, report); !done) return done.error();
    late = is_late(heard.poll, report.now);
    return late ? Admit::kUnknown : Admit::kAll;
  };
  document.put_with_it = [&](store::Writer& writer, const Outcome& outcome) -> Status {
    report.now = pushed(report.before, outcome, now);
    if (late) poll_soon(report.now, now, options_.floor);
    auto put = writer.update(report.now);
    return put ? Status() : put.error();
  };
  auto read = ingest_document(store_, document, now);
  if (!read) {
    report.now = report.before;
    if (is_of_store(read.error()) || read.error().code == Errc::kNotFound) return read.error();
    report.note = "its hub pushed what cannot be read: " + read.error().message;
    return {};
  }
  report.outcome = *std::move(read);
  if (report.outcome->unchanged) return {};
  if (late) {
    report.note = "what its hub pushed came beside other news; it is polled for the rest";
  } else {
    note_ours(report);
  }
  return {};
}

bool Pushes::is_late(const Poll& then, const Poll& now) const {
  if (!options_.one_of_many || same_but_for_lease(then, now)) return false;
  auto found = ours_.find(now.url);
  if (found == ours_.end() || !same_but_for_lease(found->second.back(), now)) return true;
  const auto& states = found->second;
  return std::none_of(states.begin(), states.end(),
                      [&](const Poll& state) { return same_but_for_lease(then, state); });
}

void Pushes::note_ours(const PollReport& report) {
  constexpr std::size_t kMostStates = 64;
  if (!options_.one_of_many) return;
  auto& states = ours_[report.now.url];
  if (states.empty() || !same_but_for_lease(states.back(), report.before)) states = {report.before};
  states.push_back(report.now);
  if (states.size() > kMostStates) states.erase(states.begin());
}

}  // namespace ingest
