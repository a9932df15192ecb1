#include "correlate/correlate.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "correlate/extract.h"
#include "correlate/kept.h"
#include "correlate/linked_ahead.h"
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

// How far this run came goes into the store.
Status tell_progress(Run& run) {
  const auto& kept = run.kept;
  auto ranges = linked_ranges(run.store);
  if (!ranges) return ranges.error();
  for (const auto& range : *ranges) {
    if (auto status = forget(run.writer, range); !status) return status;
  }
  if (run.rebuild || !run.changed_outages.all().empty()) {
    auto status = run.writer.set_meta(kFusedKey, std::to_string(kept.seq));
    if (!status) return status;
  }
  for (const auto& [key, value] :
       {std::pair{kVersionKey, kept.version}, std::pair{kProgressKey, std::to_string(kept.seq)},
        std::pair{kDeletedKey, fmt::format("{}", fmt::join(kept.deleted, "\n"))},
        std::pair{kDecidedKey, lines_of(digest(run.decisions))}}) {
    if (auto status = run.writer.set_meta(key, value); !status) return status;
  }
  return {};
}

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
  auto report = bring_up_to_date(options);
  if (kept_ != nullptr && kept_->joining.lacks_items()) {
    kept_.reset();
    report = bring_up_to_date(options);
  }
  // It may have gone on where the store has not.
  if (!report || report->given_up) kept_.reset();
  return report;
}

Result<Report> Correlator::bring_up_to_date(const Options& options) {
  auto lists = store_.name_lists();
  if (!lists) return lists.error();
  extraction::KnownNames names(*std::move(lists));
  auto made_by = version_of(names);
  bool anew = options.rebuild || !options.without.empty();
  auto idle = nothing_new(store_, made_by, anew);
  if (!idle) return idle.error();
  if (*idle) return Report{};
  auto writer = store_.begin();
  if (!writer) return writer.error();
  auto from = last_seq(store_, made_by, anew);
  if (!from) return from.error();
  bool goes_on = kept_ != nullptr && *from && kept_->version == made_by && kept_->seq == **from;
  if (!goes_on) kept_ = std::make_unique<Kept>(extent_.journal);
  Run run(store_, **writer, std::move(names), *kept_);
  run.rebuild = !*from;
  if (!goes_on && !leaves_out(options.without, "cluster")) run.piece = extent_.piece;
  run.give_up = options.give_up;
  if (run.rebuild) {
    if (auto status = (*writer)->clear_derived(); !status) return status.error();
  } else if (!goes_on) {
    if (auto status = kept_->written.read(store_); !status) return status.error();
  }
  auto seq = load(run, from->value_or(0));
  if (!seq) return seq.error();
  auto report = run_passes(run, options.without);
  if (report) report->anew = !goes_on;
  if (run.gave_up) return Report{.given_up = true};
  if (!report) return report.error();
  kept_->version = made_by;
  kept_->seq = *seq;
  kept_->full = true;
  // A run that left passes out is not a state to go on from.
  if (options.without.empty()) {
    if (auto status = tell_progress(run); !status) return status.error();
  }
  if (auto status = (*writer)->commit(); !status) return status.error();
  if (!options.without.empty()) kept_.reset();
  return report;
}

Result<Report> correlate(store::Store& store, const Options& options) {
  return Correlator(store).run(options);
}

}  // namespace correlate
