#include "ingest/poller.h"

#include <utility>

#include "ingest/measured.h"
#include "ingest/notes.h"
#include "ingest/target.h"
#include "ingest/websub.h"

namespace ingest {
namespace {

using model::Instant;
using model::Poll;
using model::Result;
using model::Status;

// Sources that are asked for at a time; the rest is asked for when these have begun.
constexpr std::size_t kBatch = 2000;
constexpr std::string_view kToHub = "hub ";

std::string host_of(const Poll& poll) {
  auto target = target_of(poll.address);
  return target ? target->host : "";
}

// The hub and topic that the feed or its answer names (WebSub section 4); what changes or ends
// takes the lease with it.
void note_hub(Poll& poll, const Fetched& fetched, const std::optional<Outcome>& outcome) {
  if (!outcome || outcome->unchanged) return;
  auto hub = link_with_rel(fetched.links, "hub");
  auto self = link_with_rel(fetched.links, "self");
  if (hub.empty()) hub = outcome->notes.hub;
  if (self.empty()) self = outcome->notes.self;
  if (!target_of(hub)) hub.clear();
  if (!target_of(self)) self = poll.address;
  if (hub == poll.push.hub && (hub.empty() || self == poll.push.topic)) return;
  poll.push = {};
  if (!hub.empty()) poll.push = {hub, self, "", std::nullopt, std::nullopt};
}

Input input_of(Fetched& fetched, const std::string& name) {
  Input input;
  input.name = name;
  input.url = fetched.response.url;
  input.bytes = std::move(fetched.response.body);
  input.content_type = std::move(fetched.response.content_type);
  input.content_language = std::move(fetched.response.content_language);
  input.content_location = std::move(fetched.response.content_location);
  return input;
}

}  // namespace

Poller::Poller(store::Store& store, Fetcher& fetcher, Subscriptions& hubs, PollerOptions options)
    : store_(store), fetcher_(fetcher), hubs_(hubs), options_(std::move(options)) {}

Status Poller::begin() {
  if (options_.callback.empty()) return {};
  auto polls = store_.polls();
  if (!polls) return polls.error();
  for (const auto& poll : *polls) hubs_.know(poll);
  return {};
}

Status Poller::refill(Instant now) {
  bool same_second = refilled_at_ && *refilled_at_ == now;
  // What waits behind its host's limit must not keep others from being asked for.
  if (options_.by_offer || !hosts_ready_.empty() || same_second) return {};
  refilled_at_ = now;
  auto due = store_.due_polls(now, kBatch + under_way_.size() + waiting_);
  if (!due) return due.error();
  for (auto& poll : *due) offer(std::move(poll));
  return {};
}

void Poller::offer(Poll poll) {
  if (is_streamed(poll) || is_busy_with(poll.url)) return;
  lined_up_.insert(poll.url);
  auto name = host_of(poll);
  hosts_[name].waiting.push_back(std::move(poll));
  ++waiting_;
  line_up(name);
}

bool Poller::is_busy_with(const std::string& url) const {
  return under_way_.count(url) > 0 || paging_.count(url) > 0 || lined_up_.count(url) > 0;
}

void Poller::line_up(const std::string& name) {
  auto& host = hosts_[name];
  if (host.queued || host.under_way >= options_.per_host) return;
  if (host.waiting.empty()) {
    if (host.under_way == 0) hosts_.erase(name);
    return;
  }
  host.queued = true;
  hosts_ready_.push_back(name);
}

Status Poller::start_due(Instant now) {
  if (auto done = start_pages(now); !done) return done;
  if (auto done = refill(now); !done) return done;
  while (under_way_.size() < options_.at_once && !hosts_ready_.empty()) {
    auto name = std::move(hosts_ready_.front());
    hosts_ready_.pop_front();
    auto& host = hosts_[name];
    host.queued = false;
    auto poll = std::move(host.waiting.front());
    host.waiting.pop_front();
    ++host.under_way;
    --waiting_;
    lined_up_.erase(poll.url);
    start(poll, now);
    under_way_.emplace(std::move(poll.url), name);
    line_up(name);
  }
  return {};
}

void Poller::start(const Poll& poll, Instant now) {
  if (options_.by_offer) begun_[poll.url] = poll;
  if (const auto* adapter = measure::adapter_named(poll.adapter)) {
    fetcher_.start(measured(poll, *adapter, now));
    return;
  }
  Request request;
  request.url = poll.address;
  request.tag = poll.url;
  request.limits = options_.limits;
  request.etag = poll.etag;
  request.last_modified = poll.last_modified;
  request.validators_url = poll.validators_url;
  fetcher_.start(std::move(request));
}

Result<std::optional<PollReport>> Poller::take(Fetched fetched, Instant now) {
  bool from_hub = is_of_hub(fetched.tag);
  auto url = from_hub ? fetched.tag.substr(kToHub.size()) : fetched.tag;
  if (auto began = under_way_.find(fetched.tag); began != under_way_.end()) {
    auto name = std::move(began->second);
    under_way_.erase(began);
    --hosts_[name].under_way;
    line_up(name);
  }
  auto begun = from_hub ? decltype(begun_)::node_type() : begun_.extract(url);
  auto kept = store_.poll(url);
  if (!kept) return kept.error();
  if (!*kept) return std::optional<PollReport>();
  if (from_hub) {
    if (!fetched.error) return std::optional<PollReport>();
    PollReport report{**kept, **kept, std::nullopt, ""};
    report.note = "its hub did not take what it was asked: " + fetched.error->message;
    return std::optional(std::move(report));
  }
  auto taken = take_answer(fetched, begun.empty() ? **kept : begun.mapped(), now);
  if (!taken && taken.error().code == model::Errc::kNotFound) return std::optional<PollReport>();
  return taken;
}

Status Poller::admit(const Poll& begun) const {
  if (!options_.by_offer) return {};
  auto now = store_.poll(begun.url);
  if (!now) return now.error();
  if (*now && **now == begun) return {};
  return model::Error{model::Errc::kNotFound, begun.url + ": another process has polled it"};
}

Result<std::optional<PollReport>> Poller::take_answer(Fetched& fetched, const Poll& begun,
                                                      Instant now) {
  if (auto admitted = admit(begun); !admitted) return admitted.error();
  Taken taken{fetched, polled(fetched, now), {begun, begun, std::nullopt, ""}, now};
  if (!fetched.error && fetched.status != 304) {
    if (auto read = read_answer(taken); !read) return read.error();
  }
  if (!taken.kept) {
    settle(taken);
    if (auto done = keep(taken.report); !done) return done.error();
  }
  const auto& poll = taken.report.now;
  hubs_.know(poll);
  if (taken.more) {
    pages_.emplace(std::chrono::steady_clock::now() + options_.page_gap, poll.url);
    paging_.insert(poll.url);
  }
  // Not before its secret is kept and known: hubs ask back at once.
  if (taken.subscribe) ask_hub(poll.url, poll.push, "subscribe");
  if (taken.leaves) ask_hub(poll.url, taken.report.before.push, "unsubscribe");
  return std::optional(std::move(taken.report));
}

void Poller::settle(Taken& taken) {
  auto& [fetched, answer, report, now, kept, more, subscribe, leaves] = taken;
  bool measured = measure::adapter_named(report.before.adapter) != nullptr;
  if (measured) {
    // Their addresses change with each window: neither redirects nor validators mean a thing.
    answer.redirects.clear();
    answer.etag.clear();
    answer.last_modified.clear();
  }
  report.now = after(report.before, answer, now, options_.bounds);
  more = note_answer(report, answer, now);
  if (!measured) note_hub(report.now, fetched, report.outcome);
  const auto& left = report.before.push;
  leaves = !options_.callback.empty() && left.until && *left.until > now &&
           report.now.push.secret != left.secret;
  subscribe = answer.error.empty() && may_subscribe(report.now.push, now);
  if (subscribe) report.now.push.asked_at = now;
}

Status Poller::read_answer(Taken& taken) {
  auto& [fetched, answer, report, now, kept, more, subscribe, leaves] = taken;
  auto input = input_of(fetched, report.before.address);
  input.admitted = [&]() -> Result<Admit> {
    auto admitted = admit(taken.report.before);
    return admitted ? Result<Admit>(Admit::kAll) : admitted.error();
  };
  // In one transaction: who is stopped in between would not know that this had brought something.
  input.put_with_it = [&](store::Writer& writer, const Outcome& outcome) -> Status {
    taken.report.outcome = taken.answer.outcome = outcome;
    settle(taken);
    auto put = writer.update(taken.report.now);
    return put ? Status() : put.error();
  };
  answer.error = prepare(report.before, input);
  if (!answer.error.empty()) return {};
  auto read = ingest_document(store_, input, now);
  kept = read && report.outcome;
  if (kept) return {};
  report.outcome.reset();
  answer.outcome.reset();
  if (!read && (is_of_store(read.error()) || read.error().code == model::Errc::kNotFound)) {
    return read.error();
  }
  if (read) {
    report.outcome = *read;
    answer.outcome = std::move(*read);
  } else {
    answer.error = read.error().message;
  }
  return {};
}

bool Poller::may_subscribe(model::Push& push, Instant now) const {
  if (options_.callback.empty() || !wants_subscription(push, now)) return false;
  if (push.secret.empty()) push.secret = new_secret();
  return !push.secret.empty();
}

void Poller::ask_hub(const std::string& url, const model::Push& push, std::string_view mode) {
  Request request;
  request.url = push.hub;
  request.tag = std::string(kToHub) + url;
  request.limits = options_.limits;
  request.form =
      subscription_form(push, mode, options_.callback + model::callback_token(push.secret));
  fetcher_.start(std::move(request));
}

bool Poller::is_of_hub(std::string_view tag) { return tag.starts_with(kToHub); }

Status Poller::keep(const PollReport& report) {
  auto writer = store_.begin();
  if (!writer) return writer.error();
  if (auto admitted = admit(report.before); !admitted) return admitted.error();
  auto put = (*writer)->update(report.now);
  return put ? (*writer)->commit() : put.error();
}

}  // namespace ingest
