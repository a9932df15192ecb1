#include "correlate/correlate.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "correlate/extract.h"
#include "correlate/kept.h"
#include "correlate/late_writer.h"
#include "correlate/linked_ahead.h"
#include "correlate/newest.h"
#include "correlate/pool.h"
#include "correlate/prepare.h"
#include "correlate/run.h"

namespace correlate {
namespace {

using model::Result;
using model::Status;

// In this order: each uses what the ones before it found.
struct Pass {
  std::string_view name;
  Status (*run)(Run&, PassReport&);
};
constexpr std::array kMeasurementPasses = {
    Pass{"detect", detect_pass},  // outages in signals
    Pass{"fuse", fuse_pass},      // records of the same outage
};
struct EntryPass {
  std::string_view name;
  void (*make)(const Run&, Passing&);  // null: nothing
  Status (*write)(Run&, Passing&, PassReport&);
};
constexpr std::array kEntryPasses = {
    // what a revision says: times, places, claims
    EntryPass{"extract", make_extraction, write_extraction},
    EntryPass{"link", make_links, write_links},  // which outage an entry speaks of
    EntryPass{"verify", nullptr, verify_pass},   // its claims held against measurements
};
constexpr std::array kPasses = {
    Pass{"cluster", cluster_pass},  // entries that report the same happening
    Pass{"thread", thread_pass},    // stories and outages that belong together
};

using Without = std::set<std::string>;
bool leaves_out(const Without& without, std::string_view name) {
  return without.contains(std::string(name));
}

// Takes entries through their passes, some hundred at a time, so that what is made of them can be
// made by several threads; in the order in which they came.
class EntryRun {
 public:
  EntryRun(Run& run, const Without& without, Report& report) : run_(run) {
    first_ = report.passes.size();
    for (const auto& pass : kEntryPasses) {
      if (leaves_out(without, pass.name)) continue;
      passes_.push_back(&pass);
      report.passes.push_back({pass.name});
    }
    report_ = &report;
  }

  Status take(store::EntryView&& view) {
    ++report_->entries;
    auto& entry = waiting_.emplace_back();
    entry.revision = std::move(view.revisions.back());
    entry.first_seen = view.entry.first_seen;
    if (!run_.rebuild) {  // what is derived is being forgotten
      entry.found = std::move(view.extraction);
      entry.links = std::move(view.links);
    }
    return waiting_.size() < kBatch ? Status() : finish();
  }

  Status finish() {
    if (auto wanted = run_.go_on(); !wanted) return wanted;
    if (waiting_.size() >= kWorthSharing && pool_ == nullptr) pool_ = std::make_unique<Pool>();
    auto make = [this](std::size_t i) {
      for (const auto* pass : passes_) {
        if (pass->make != nullptr) pass->make(run_, waiting_[i]);
      }
      make_reach(run_, waiting_[i]);
    };
    if (waiting_.size() >= kWorthSharing) {
      pool_->for_each(waiting_.size(), make);
    } else {
      for (std::size_t i = 0; i < waiting_.size(); ++i) make(i);
    }
    for (auto& entry : waiting_) {
      auto report = report_->passes.begin() + static_cast<std::ptrdiff_t>(first_);
      for (const auto* pass : passes_) {
        if (auto done = pass->write(run_, entry, *report++); !done) return done;
      }
      if (auto done = collect(run_, entry); !done) return done;
    }
    waiting_.clear();
    return join_piece(run_);
  }

 private:
  static constexpr std::size_t kBatch = 256;
  static constexpr std::size_t kWorthSharing = 16;

  Run& run_;
  std::vector<const EntryPass*> passes_;
  Report* report_ = nullptr;
  std::size_t first_ = 0;  // of these passes in the report
  std::vector<Passing> waiting_;
  std::unique_ptr<Pool> pool_;
};

Status run_entry_passes(Run& run, const Without& without, Report& out) {
  EntryRun entries(run, without, out);
  auto done = for_each_to_look_at(
      run, [&](store::EntryView&& view) { return entries.take(std::move(view)); });
  return done ? entries.finish() : done;
}

template <std::size_t kSize>
Status run_all(const std::array<Pass, kSize>& passes, Run& run, const Without& without,
               Report& out) {
  for (const auto& pass : passes) {
    if (leaves_out(without, pass.name)) continue;
    if (auto wanted = run.go_on(); !wanted) return wanted;
    PassReport report{pass.name};
    if (auto done = pass.run(run, report); !done) return done;
    out.passes.push_back(report);
  }
  return {};
}

Result<Report> run_passes(Run& run, const Without& without) {
  Report out;
  if (auto done = run_all(kMeasurementPasses, run, without, out); !done) return done.error();
  if (auto done = run_entry_passes(run, without, out); !done) return done.error();
  if (auto done = run_all(kPasses, run, without, out); !done) return done.error();
  return out;
}

// How far the last run came; nothing when everything is to be made anew.
Result<std::optional<std::int64_t>> last_seq(store::Store& store, const std::string& version,
                                             bool rebuild) {
  auto made_by = store.meta(kVersionKey);
  if (!made_by) return made_by.error();
  if (rebuild || *made_by != version) return std::optional<std::int64_t>();
  auto seq = number_in(store, kProgressKey);
  return seq ? Result<std::optional<std::int64_t>>(*seq) : seq.error();
}

std::string lines_of(const std::map<std::string, std::string>& digest) {
  std::string out;
  for (const auto& [entry, what] : digest) out += entry + what + "\n";
  return out;
}

// Whether the last run saw everything that the store holds.
Result<bool> nothing_new(store::Store& store, const std::string& version, bool anew) {
  auto from = last_seq(store, version, anew);
  if (!from) return from.error();
  if (!*from) return false;
  auto changes = store.changes(**from, 1);
  if (!changes) return changes.error();
  return changes->empty();
}

bool has_fused(const Run& run) { return run.rebuild || !run.changed_outages.all().empty(); }

// Whether what workers link while a run is under way is good for the next one: the run has neither
// changed outages, nor linked entries that have changed again.
Result<bool> keeps_links_ahead(Run& run) {
  if (has_fused(run)) return false;
  bool again = false;
  auto done = for_each_change(run.store, run.kept.seq, [&](const store::Change& change) {
    again = again || run.linked.contains(change.id);
  });
  return done ? Result<bool>(!again) : done.error();
}

// What workers linked and this run has seen is told no more.
Status forget_links_ahead(Run& run) {
  auto ranges = linked_ranges(run.store);
  if (!ranges) return ranges.error();
  if (ranges->empty()) return {};
  auto keeps = keeps_links_ahead(run);
  if (!keeps) return keeps.error();
  for (const auto& range : *ranges) {
    if (*keeps && range.to > run.kept.seq) continue;
    if (auto status = forget(run.writer.locked(), range); !status) return status;
  }
  return {};
}

// How far this run came goes into the store, which is locked.
Status tell_progress(Run& run) {
  const auto& kept = run.kept;
  if (auto done = forget_links_ahead(run); !done) return done;
  auto& writer = run.writer.locked();
  if (has_fused(run)) {
    auto status = writer.set_meta(kFusedKey, std::to_string(kept.seq));
    if (!status) return status;
  }
  for (const auto& [key, value] :
       {std::pair{kVersionKey, kept.version}, std::pair{kProgressKey, std::to_string(kept.seq)},
        std::pair{kDeletedKey, fmt::format("{}", fmt::join(kept.deleted, "\n"))},
        std::pair{kDecidedKey, lines_of(digest(run.decisions))}}) {
    if (auto status = writer.set_meta(key, value); !status) return status;
  }
  return {};
}

// One try at bringing what is derived up to date.
class Attempt {
 public:
  Attempt(store::Store& store, const Extent& extent, const Options& options,
          std::unique_ptr<Kept>& kept)
      : store_(store),
        extent_(extent),
        options_(options),
        kept_(kept),
        writer_(store, extent.writes, [this] { return is_as_found(); }) {}

  // `alone`: nobody else writes from its beginning to its end.
  Result<Report> make(bool alone) {
    auto lists = store_.name_lists();
    if (!lists) return lists.error();
    extraction::KnownNames names(*std::move(lists));
    version_ = version_of(names);
    bool anew = options_.rebuild || !options_.without.empty();
    auto idle = nothing_new(store_, version_, anew);
    if (!idle) return idle.error();
    if (*idle) return Report{};
    if (alone) {
      if (auto locked = writer_.lock(); !locked) return locked.error();
    }
    auto found = read_progress();
    if (!found) return found.error();
    found_ = *std::move(found);
    auto from = last_seq(store_, version_, anew);
    if (!from) return from.error();
    return go_on_from(*from, std::move(names));
  }

  bool overtaken() const { return writer_.overtaken(); }

 private:
  // What another process changes that correlates.
  Result<std::string> read_progress() {
    auto version = store_.meta(kVersionKey);
    if (!version) return version.error();
    auto seq = store_.meta(kProgressKey);
    return seq ? Result<std::string>(*version + " " + *seq) : seq.error();
  }

  Result<bool> is_as_found() {
    if (!found_) return true;  // locked before anything was read
    auto now = read_progress();
    return now ? Result<bool>(*now == *found_) : now.error();
  }

  Result<Report> go_on_from(std::optional<std::int64_t> from, extraction::KnownNames names) {
    bool goes_on = kept_ != nullptr && from && kept_->version == version_ && kept_->seq == *from;
    if (!goes_on) kept_ = std::make_unique<Kept>(extent_.journal);
    Run run(store_, writer_, std::move(names), *kept_);
    run.rebuild = !from;
    if (!goes_on && !leaves_out(options_.without, "cluster")) run.piece = extent_.piece;
    run.give_up = options_.give_up;
    if (run.rebuild) {
      if (auto status = writer_.clear_derived(); !status) return status.error();
    } else if (!goes_on) {
      if (auto status = kept_->written.read(store_); !status) return status.error();
    }
    auto seq = load(run, from.value_or(0));
    if (!seq) return seq.error();
    auto report = run_passes(run, options_.without);
    if (report) report->anew = !goes_on;
    if (run.gave_up) return Report{.given_up = true};
    if (!report) return report.error();
    auto done = finish(run, *seq);
    return done ? report : done.error();
  }

  Status finish(Run& run, std::int64_t seq) {
    kept_->version = version_;
    kept_->seq = seq;
    kept_->full = true;
    if (auto locked = writer_.lock(); !locked) return locked;
    // A run that left passes out is not a state to go on from.
    if (options_.without.empty()) {
      if (auto status = tell_progress(run); !status) return status;
    }
    if (auto status = writer_.commit(); !status) return status;
    if (!options_.without.empty()) kept_.reset();
    return {};
  }

  store::Store& store_;
  const Extent& extent_;
  const Options& options_;
  std::unique_ptr<Kept>& kept_;
  std::string version_;               // that it works with
  std::optional<std::string> found_;  // read_progress()
  LateWriter writer_;
};

}  // namespace

std::vector<std::string_view> pass_names() {
  std::vector<std::string_view> out;
  for (const auto& pass : kMeasurementPasses) out.push_back(pass.name);
  for (const auto& pass : kEntryPasses) out.push_back(pass.name);
  for (const auto& pass : kPasses) out.push_back(pass.name);
  return out;
}

Correlator::Correlator(store::Store& store, const Extent& extent)
    : store_(store), extent_(extent) {}
Correlator::~Correlator() = default;

Result<Report> Correlator::run(const Options& options) {
  // Another process that correlates meanwhile spoils it, and so does an entry that was let go: then
  // it is begun again, at last with the store locked from the beginning.
  constexpr int kTries = 3;
  for (int left = kTries - 1;; --left) {
    Attempt attempt(store_, extent_, options, kept_);
    auto report = attempt.make(left == 0);
    bool again = attempt.overtaken() || (kept_ != nullptr && kept_->joining.lacks_items());
    // It may have gone on where the store has not.
    if (again || !report || report->given_up) kept_.reset();
    if (!again || left == 0) return report;
  }
}

Result<Report> correlate(store::Store& store, const Options& options) {
  return Correlator(store).run(options);
}

}  // namespace correlate
