#include "ingest/measured.h"

#include <algorithm>

#include <fmt/format.h>

#include "ingest/poller.h"
#include "ingest/target.h"
#include "store/model/text.h"

namespace ingest {
namespace {

using model::Instant;
using model::Poll;
using model::Result;
using model::Seconds;
using model::Status;

constexpr std::string_view kMapping = "mapping:";

// What a person might do about an answer that is none.
std::string hint_of(const measure::Adapter& adapter, int status, bool key) {
  const auto* provider = measure::provider_named(adapter.provider);
  bool needs_key = provider != nullptr && provider->needs_key;
  if (status == 400) return "its way of asking may have changed; look for a newer Faultline";
  if (status == 404) return "nothing is at this address; look for a newer Faultline";
  if (status != 401 && status != 403) return "";
  if (!needs_key) return "the server does not let us in; ask its publisher";
  return key ? "the key is not accepted; it needs the right to read Radar (FAULTLINE_RADAR_TOKEN)"
             : "it needs a key; give it as FAULTLINE_RADAR_TOKEN, or radar-token in the "
               "configuration";
}

}  // namespace

std::string_view mapping_name(const Poll& poll) {
  std::string_view name = poll.adapter;
  return name.starts_with(kMapping) ? name.substr(kMapping.size()) : std::string_view();
}

bool is_streamed(const Poll& poll) {
  const auto* adapter = measure::adapter_named(poll.adapter);
  return adapter != nullptr && adapter->streamed;
}

Poll added(const measure::Question& question, Instant since, Instant now) {
  auto poll = added(question.address, now);
  poll.title = question.title;
  poll.adapter = question.adapter->name;
  measure::Cursor cursor;
  cursor.since = since;
  poll.cursor = measure::to_json(cursor);
  return poll;
}

measure::Cursor cursor_of(const Poll& poll) {
  auto cursor = measure::cursor_of(poll.cursor);
  if (cursor.since == Instant{}) cursor.since = poll.added_at - kFirstRound;
  return cursor;
}

Request Poller::measured(const Poll& poll, const measure::Adapter& adapter, Instant now) {
  auto step = measure::next_step(adapter, poll.address, cursor_of(poll), now);
  cursors_.insert_or_assign(poll.url, std::move(step.cursor));
  Request request;
  request.url = std::move(step.url);
  request.tag = poll.url;
  request.limits = options_.limits;
  auto key = options_.keys.find(std::string(adapter.provider));
  if (key != options_.keys.end()) request.bearer = key->second;
  return request;
}

std::string Poller::prepare(const Poll& poll, Input& input) const {
  if (poll.adapter.empty()) return "";
  if (auto name = mapping_name(poll); !name.empty()) {
    auto mapping = options_.mappings.find(std::string(name));
    if (mapping == options_.mappings.end()) {
      return fmt::format("{}: there is no [mapping.{}] in the configuration.", poll.url, name);
    }
    input.mapping = &mapping->second;
    return "";
  }
  const auto* adapter = measure::adapter_named(poll.adapter);
  if (adapter == nullptr) {
    return fmt::format("{}: was added by a newer Faultline; this one cannot read \"{}\".", poll.url,
                       poll.adapter);
  }
  auto why = measure::no_answer(*adapter, input.bytes);
  if (!why.empty()) return poll.url + ": it " + why + ".";
  input.kind = adapter->kind;
  input.is_answer = true;
  return "";
}

bool Poller::note_answer(PollReport& report, const Polled& answer, Instant now) {
  const auto* adapter = measure::adapter_named(report.before.adapter);
  if (adapter == nullptr) return false;
  auto asked = cursors_.extract(report.before.url);
  if (!answer.error.empty() || answer.held || asked.empty()) {
    bool key = options_.keys.count(std::string(adapter->provider)) > 0;
    auto hint = hint_of(*adapter, answer.status, key);
    if (!answer.held && answer.status >= 400) report.now.suggestion = hint;
    return false;
  }
  measure::Answer read = report.outcome ? report.outcome->answer : measure::Answer();
  auto next = measure::advance(*adapter, report.before.address, std::move(asked.mapped()), read);
  report.now.cursor = measure::to_json(next.cursor);
  if (!next.note.empty() && report.outcome) report.outcome->warnings.push_back({"", next.note});
  if (next.more) {
    report.now.next_poll = now;
    report.now.next_reason =
        fmt::format("more of its answer: page {} of what was until {}", next.cursor.page + 1,
                    model::to_iso(next.cursor.window_until));
    return true;
  }
  auto wait = std::clamp(adapter->every, options_.bounds.floor,
                         std::max(options_.bounds.floor, options_.bounds.ceiling));
  report.now.next_poll = now + wait + jitter(report.now.url, now, wait);
  report.now.next_reason = "it is asked every " + model::human_duration(wait);
  return false;
}

std::optional<std::chrono::steady_clock::time_point> Poller::next_page() const {
  return pages_.empty() ? std::nullopt : std::optional(pages_.begin()->first);
}

Status Poller::start_pages(Instant now) {
  while (!pages_.empty() && pages_.begin()->first <= std::chrono::steady_clock::now()) {
    auto url = std::move(pages_.begin()->second);
    pages_.erase(pages_.begin());
    paging_.erase(url);
    auto poll = store_.poll(url);
    if (!poll) return poll.error();
    if (!*poll) continue;  // removed meanwhile
    auto target = target_of((*poll)->address);
    auto host = target ? target->host : "";
    ++hosts_[host].under_way;
    start(**poll, now);
    under_way_.emplace(url, host);
  }
  return {};
}

}  // namespace ingest
