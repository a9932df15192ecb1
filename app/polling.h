#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <CLI/App.hpp>

#include "app/context.h"
#include "app/meter.h"
#include "ingest/poller.h"

namespace app {

// How sources are polled, as `run` and `worker` are told.
struct PollingOptions {
  std::size_t at_once = 1000;  // fetches under way
  std::int64_t floor_s = ingest::kFloor.count();
  std::int64_t ceiling_s = ingest::kCeiling.count();
};

void add_polling_options(CLI::App& options, PollingOptions& into);

// What of them cannot be, in one sentence; empty: all can.
std::string objection(const PollingOptions& given);

// The poller's, with the keys and mappings of the context. Larger documents than these options
// allow are archives, not feeds; `faultline ingest` reads them.
ingest::PollerOptions poller_options(const PollingOptions& given, const Context& context);

// What changed in the store.
bool is_news(const ingest::Outcome& outcome);

// Counts a poll that ended, or what a hub pushed; `failed` is what the fetch of it failed by,
// empty: it did not.
void count(Meter& meter, const ingest::PollReport& report, const std::string& failed = {});

}  // namespace app
