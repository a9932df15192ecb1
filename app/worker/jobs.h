#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/model/poll.h"
#include "store/model/result.h"

// What workers tell one another: "look at this". All truth is in the database; a job may come
// twice, late, or not at all, and nothing is lost by it.
namespace app::worker {

// Due polls of one host: one worker at a time asks a host.
struct PollJob {
  std::string host;
  std::vector<std::string> urls;

  friend bool operator==(const PollJob&, const PollJob&) = default;
};

// What changed behind `after` up to `to` is to be worked out ahead (correlate/prepare.h).
struct PrepareJob {
  std::int64_t after = 0;
  std::int64_t to = 0;

  friend bool operator==(const PrepareJob&, const PrepareJob&) = default;
};

using Job = std::variant<PollJob, PrepareJob>;

// Of the format below; one that is newer is refused.
inline constexpr std::int64_t kJobVersion = 1;

// {"version":1,"kind":"poll","host":…,"urls":[…]}, {"version":1,"kind":"prepare","after":…,"to":…}
std::string to_text(const Job& job);
// kInvalid, with what is wrong in words, for what is none of ours.
model::Result<Job> read_job(std::string_view text);

// Subjects, streams and consumers.
inline constexpr const char* kPollStream = "FAULTLINE_POLL";
inline constexpr const char* kPrepareStream = "FAULTLINE_PREPARE";
inline constexpr const char* kDeadStream = "FAULTLINE_DEAD";
std::string subject_of(const Job& job);
// The same for the same work, so that the server takes it once (Nats-Msg-Id).
std::string message_id(const Job& job);

// Due polls by host, at most `kMostUrls` of a host in one job; streamed sources are left out.
inline constexpr std::size_t kMostUrls = 100;
std::vector<PollJob> jobs_for(const std::vector<model::Poll>& due);

// A message that nobody could work off, as the dead letters keep it.
struct DeadLetter {
  std::string subject;  // where it was
  std::string reason;   // one sentence
  std::string at;       // ISO 8601
  std::string worker;
  std::int64_t deliveries = 0;
  std::string text;  // as it was
};
std::string to_text(const DeadLetter& letter);
model::Result<DeadLetter> read_letter(std::string_view text);

}  // namespace app::worker
