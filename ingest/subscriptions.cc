#include "ingest/subscriptions.h"

#include <utility>

#include "ingest/websub.h"

namespace ingest {

void Subscriptions::know(const model::Poll& poll) {
  std::lock_guard lock(mutex_);
  auto token = poll.push.secret.empty() ? "" : model::callback_token(poll.push.secret);
  auto& kept = tokens_[poll.url];
  if (kept != token) known_.erase(kept);
  kept = token;
  if (token.empty()) {
    tokens_.erase(poll.url);
  } else {
    known_.insert_or_assign(token, poll);
  }
}

void Subscriptions::forget(const std::string& url) {
  std::lock_guard lock(mutex_);
  auto kept = tokens_.find(url);
  if (kept == tokens_.end()) return;
  known_.erase(kept->second);
  tokens_.erase(kept);
}

std::optional<model::Poll> Subscriptions::known(std::string_view token) const {
  std::lock_guard lock(mutex_);
  auto found = known_.find(token);
  return found == known_.end() ? std::nullopt : std::optional(found->second);
}

Subscriptions::Reply Subscriptions::ask(const model::Poll& poll, std::string_view query,
                                        model::Instant now) {
  auto question = hub_question(query);
  auto push = confirmed(poll.push, question, now);
  if (!push) return {404, "this was not asked for\n"};
  bool denied = question.mode == "denied";
  auto why = question.reason.empty() ? "" : ": " + question.reason;
  std::lock_guard lock(mutex_);
  hear({poll, *push, std::nullopt,
        denied ? "its hub denies the subscription" + why
               : "its hub pushes what is new until " + model::to_iso(*push->until)});
  return {200, denied ? "" : question.challenge};
}

Subscriptions::Reply Subscriptions::deliver(const model::Poll& poll, std::string_view signature,
                                            Input document) {
  bool is_its_own = is_signed(signature, document.bytes, poll.push.secret);
  std::lock_guard lock(mutex_);
  if (!is_its_own) {
    hear({poll, std::nullopt, std::nullopt,
          "something was pushed that its hub did not sign; it was left unread"});
    return {202, ""};
  }
  if (waiting_ + document.bytes.size() > kMostWaiting) return {503, "too much waits; come back\n"};
  waiting_ += document.bytes.size();
  hear({poll, std::nullopt, std::move(document), ""});
  return {202, ""};
}

void Subscriptions::hear(Heard heard) {
  // Notes are cheap to cause from outside: beyond some they are dropped, not so what is signed.
  constexpr std::size_t kMostNotes = 1000;
  bool only_note = !heard.push && !heard.document;
  if (only_note && heard_.size() >= kMostNotes) return;
  heard_.push_back(std::move(heard));
  changed_.notify_all();
}

std::vector<Subscriptions::Heard> Subscriptions::take(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [this] { return !heard_.empty() || woken_; });
  woken_ = false;
  waiting_ = 0;
  return std::exchange(heard_, {});
}

void Subscriptions::wake() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

}  // namespace ingest
