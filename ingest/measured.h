#pragma once

#include "ingest/measure/pager.h"
#include "store/model/poll.h"

// Polls of measurement APIs, whose state is ingest/measure/'s.
namespace ingest {

// How far back the first round reads.
inline constexpr auto kFirstRound = model::Seconds(30 * 86400);

// "mapping:power" → "power"; empty for other adapters.
std::string_view mapping_name(const model::Poll& poll);
// Heard, not fetched: RIS Live.
bool is_streamed(const model::Poll& poll);
// A poll that was just added: polled at once, from `since` on.
model::Poll added(const measure::Question& question, model::Instant since, model::Instant now);
// The cursor as it is kept; of a poll whose cursor is lost, a new one.
measure::Cursor cursor_of(const model::Poll& poll);

}  // namespace ingest
