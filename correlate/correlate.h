#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

struct Options {
  bool rebuild = false;           // forget everything derived and begin anew
  std::set<std::string> without;  // passes to leave out, by name
};

// How one pass went.
struct PassReport {
  std::string_view name;
  std::int64_t looked_at = 0;  // records that it worked on
  std::int64_t made = 0;       // records that came of it
};

struct Report {
  std::vector<PassReport> passes;
};

// Under this name the store's meta keeps which change correlation has come to.
inline constexpr std::string_view kProgressKey = "correlate.seq";

// The names of the passes in the order they run.
std::vector<std::string_view> pass_names();

// Brings everything derived up to date with the facts in the store: detect → fuse → extract →
// link → verify → cluster → thread. Incremental: an entry is extracted once for each revision, and
// linked again only when it or an outage that it can speak of has changed; stories and incidents,
// which depend on all entries, are made anew. What an incremental run leaves equals, byte for byte,
// what `rebuild` leaves. Depends on nothing but the store: no clock, no locale.
model::Result<Report> correlate(store::Store& store, const Options& options);

}  // namespace correlate
