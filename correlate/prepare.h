#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correlate/extract/known_names.h"
#include "correlate/outage_index.h"
#include "store/model/outage.h"
#include "store/model/result.h"
#include "store/store.h"

// The part of correlation that other processes can work out ahead of a run, each a stretch of the
// changes: outages in one place's series, extraction of one revision, its links with the outages
// that there are. Pure functions of facts that do not change, and of outages that only a run
// changes, written where a run would have written them, so that it finds them there.
namespace correlate {

// What prepare() did.
struct Prepared {
  std::int64_t entries = 0;    // extracted
  std::int64_t linked = 0;     // entries that were linked
  std::int64_t series = 0;     // looked through for outages
  bool other_version = false;  // what is derived was made by other code or names: nothing was done
  // Of its time: extracting and linking, and all else, which is the store's where there are no
  // series.
  std::chrono::steady_clock::duration thinking{0}, at_store{0};
};

// Not for several threads.
class Preparer {
 public:
  // What was worked out and not kept yet.
  class Work;

  // The store must live as long.
  explicit Preparer(store::Store& store);
  ~Preparer();
  Preparer(const Preparer&) = delete;
  Preparer& operator=(const Preparer&) = delete;

  // Works out ahead what the changes behind `after_seq` up to `to_seq` ask for, as far as nobody
  // has done it, and keeps that in one transaction. To do the same twice, late or in any order
  // changes nothing in what a run leaves. Errors are the store's.
  model::Result<Prepared> prepare(std::int64_t after_seq, std::int64_t to_seq);

  // Its two halves: between them others may change and correlate whatever they like.
  model::Result<std::shared_ptr<Work>> work_out(std::int64_t after_seq, std::int64_t to_seq);
  model::Result<Prepared> keep(Work& work);

 private:
  // The fused outages, read again when a run has changed them.
  model::Status read_outages(const std::string& basis);

  store::Store& store_;
  std::optional<std::string> basis_;  // of the outages
  OutageIndex outages_{{}};
};

// How far the last run came.
struct Progress {
  std::int64_t seq = 0;      // of the store's changes
  bool same_version = true;  // false: the next run begins anew
};
model::Result<Progress> progress(store::Store& store);

// Notes in a store from which nothing was derived yet who is going to do it, so that prepare() may
// work ahead of the first run; leaves others as they are.
model::Status make_ready(store::Store& store);

// Which code and names derived records are made with.
std::string version_of(const extraction::KnownNames& names);
// Under this name the store's meta keeps that.
inline constexpr std::string_view kVersionKey = "correlate.version";

// A number that the store's meta keeps; 0 where there is none.
model::Result<std::int64_t> number_in(store::Store& store, std::string_view key);
// Up to which change the outages of a series were last worked out ahead; 0: never.
model::Result<std::int64_t> detected_until(store::Store& store, std::string_view series);
// The outages in one series, each with the document that it begins in. One series is in memory.
model::Result<std::vector<model::Outage>> detect_series(store::Store& store,
                                                        const std::vector<model::Signal>& heads);

}  // namespace correlate
