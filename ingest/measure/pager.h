#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/measure/adapters.h"

// How far a measurement API was read, and what it is asked next. Pure: state, answer, now → state.
//
// A round reads all from where the last one ended, less an overlap, up to now: window by window,
// page by page. Each page's records are in the store before the next is asked for, so that a round
// that was broken off goes on at its page. A window of several pages is read again until two passes
// found the same records: what moved from page to page meanwhile is then neither lost nor doubled.
namespace ingest::measure {

// Passes over one window before it is left as it is.
inline constexpr int kMostPasses = 4;
// Pages of one window; more than the largest history of any of the APIs has.
inline constexpr std::int64_t kMostPages = 5000;

struct Cursor {
  std::optional<model::Instant> done;   // all up to here was read
  std::optional<model::Instant> until;  // of the round under way; nothing: between rounds
  model::Instant since{};               // where the first round begins
  model::Instant window_from{}, window_until{};
  std::int64_t page = 0;  // from 0, however the API counts
  std::string next;       // address that the last answer said it goes on at
  int pass = 1;
  // Records of the pass under way, and of the one before: how many, and a sum of their names that
  // does not depend on their order.
  std::int64_t count = 0, last_count = -1;
  std::uint64_t sum = 0, last_sum = 0;

  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// As it is kept in the store. What cannot be read begins anew, at the Unix epoch's zero: the caller
// sets `since`.
std::string to_json(const Cursor& cursor);
Cursor cursor_of(std::string_view json);

// What one answer held.
struct Answer {
  std::int64_t records = 0;
  std::optional<std::int64_t> total;  // of all pages, where it says
  std::string next;                   // address that it says it goes on at
  std::uint64_t sum = 0;
};

// The address of the next request, and the state that goes with it: begins a round where none is
// under way. `address` is the question's.
struct Step {
  Cursor cursor;
  std::string url;
};
Step next_step(const Adapter& adapter, const std::string& address, Cursor cursor,
               model::Instant now);

// The state after an answer that was read and stored.
struct Advanced {
  Cursor cursor;
  bool more = false;  // of this round
  std::string note;   // what a person should know
};
Advanced advance(const Adapter& adapter, const std::string& address, Cursor cursor,
                 const Answer& answer);

// Why `body` is no answer of an API, "answered with a web page …"; empty when it may be one.
std::string no_answer(const Adapter& adapter, std::string_view body);

}  // namespace ingest::measure
