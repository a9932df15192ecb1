#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extent.h"
#include "store/model/instant.h"
#include "store/model/result.h"
#include "store/store.h"

namespace correlate {

struct Options {
  bool rebuild = false;           // forget everything derived and begin anew
  std::set<std::string> without;  // passes to leave out, by name
  // Asked many times a second while there is much to do; when it is true the run ends soon and
  // leaves the store as it was. None: never.
  std::function<bool()> give_up{};
};

// How one pass went.
struct PassReport {
  std::string_view name;
  std::int64_t looked_at = 0;  // records that it worked on
  std::int64_t made = 0;       // records that came of it
};

struct Report {
  bool given_up = false;     // nothing was kept: all else says nothing
  bool anew = false;         // it had nothing kept to go on from, and read all entries
  std::int64_t entries = 0;  // that were read
  std::vector<PassReport> passes{};
};

// Under this name the store's meta keeps which change correlation has come to.
inline constexpr std::string_view kProgressKey = "correlate.seq";

// The names of the passes in the order they run.
std::vector<std::string_view> pass_names();

struct Kept;

// Brings everything derived up to date with the facts in one store: detect → fuse → extract →
// link → verify → cluster → thread. Incremental: an entry is extracted once for each revision, and
// linked again only when it or an outage that it can speak of has changed. Stories and incidents,
// which depend on all entries, are kept in memory between runs: what changed is taken back and
// decided again, and only records that differ are written. An outage or a signal that has changed
// asks for the entries that name its place, network or operator. The first run reads all entries;
// so does one that finds that another process has correlated meanwhile, or an operator of a name
// that no outage had, or what would change decisions about entries that were let go. The store is
// locked only while a run writes: what others put meanwhile is the next run's. What a run leaves
// equals, byte for byte, what `rebuild` leaves. Depends on nothing but the store: no clock, no
// locale. Not for several threads.
class Correlator {
 public:
  // The store must live as long.
  explicit Correlator(store::Store& store, const Extent& extent = {});
  ~Correlator();
  Correlator(const Correlator&) = delete;
  Correlator& operator=(const Correlator&) = delete;

  // Without passes where nothing had changed. After one that was given up, as after an error, the
  // next begins anew.
  model::Result<Report> run(const Options& options);

 private:
  store::Store& store_;
  Extent extent_;
  std::unique_ptr<Kept> kept_;
};

// The same, once.
model::Result<Report> correlate(store::Store& store, const Options& options);

}  // namespace correlate
