#include "correlate/prepare.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "correlate/article.h"
#include "correlate/correlate.h"
#include "correlate/detect/detect.h"
#include "correlate/extract.h"
#include "correlate/link.h"
#include "correlate/linked_ahead.h"
#include "correlate/newest.h"
#include "correlate/pool.h"
#include "correlate/run.h"

namespace correlate {
namespace {

using model::Result;
using model::Status;
using std::chrono::steady_clock;

constexpr std::string_view kDetectedKey = "correlate.detected.";

std::string detected_key(std::string_view series) {
  return std::string(kDetectedKey) + std::string(series);
}

// What some changes are about.
struct Changed {
  std::set<std::string> entries;
  std::map<std::string, std::int64_t> signals;  // each with its last change
};

// What was found in one series.
struct Detected {
  std::string series;
  std::int64_t until = 0;  // all changes up to this one were seen
  std::vector<model::Outage> outages;
};

Result<Changed> changed_in(store::Store& store, std::int64_t after_seq, std::int64_t to_seq) {
  Changed out;
  auto done = for_each_change(store, after_seq, to_seq, [&](const store::Change& change) {
    if (change.kind == store::ChangeKind::kEntry) out.entries.insert(change.id);
    if (change.kind == store::ChangeKind::kSignal) out.signals[change.id] = change.seq;
  });
  return done ? Result<Changed>(std::move(out)) : done.error();
}

// One entry, and what is worked out of it.
struct Prepares {
  model::Revision revision;  // the newest, without markup
  std::optional<model::Extraction> extraction;
  bool extracted = false;  // here
  std::vector<model::Link> links{};
};

Result<std::vector<Prepares>> newest_of(store::Store& store, const std::set<std::string>& entries) {
  std::vector<Prepares> out;
  std::vector<std::string> ids(entries.begin(), entries.end());
  auto done = for_each_view(store, ids, [&](store::EntryView&& view) {
    out.push_back({std::move(view.revisions.back()), std::move(view.extraction)});
    return Status();
  });
  return done ? Result<std::vector<Prepares>>(std::move(out)) : done.error();
}

// With null for `outages` nothing is linked.
void work_out_all(std::vector<Prepares>& entries, const extraction::KnownNames& names,
                  const OutageIndex* outages) {
  constexpr std::size_t kWorthSharing = 16;
  auto make = [&](std::size_t i) {
    auto& entry = entries[i];
    if (entry.extraction && outages == nullptr) return;
    auto article = article_of(entry.revision);
    entry.extracted = !entry.extraction;
    if (entry.extracted) entry.extraction = extract(article, names);
    if (outages != nullptr) entry.links = link(article, *entry.extraction, *outages);
  };
  if (entries.size() >= kWorthSharing) {
    Pool().for_each(entries.size(), make);
  } else {
    for (std::size_t i = 0; i < entries.size(); ++i) make(i);
  }
}

// The first word of each line.
std::set<std::string> names_in(const std::string& lines) {
  std::set<std::string> out;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) out.insert(line.substr(0, line.find(' ')));
  return out;
}

// Entries that people decided about, at the last run: a run alone links them.
Result<std::set<std::string>> decided_about(store::Store& store) {
  std::set<std::string> out;
  for (auto key : {kDeletedKey, kDecidedKey}) {
    auto lines = store.meta(key);
    if (!lines) return lines.error();
    out.merge(names_in(*lines));
  }
  return out;
}

// Entries that have changed since.
Result<std::set<std::string>> changed_since(store::Store& store, std::int64_t seq) {
  auto newest = store.newest_change();
  if (!newest) return newest.error();
  auto changed = changed_in(store, seq, *newest);
  return changed ? Result<std::set<std::string>>(std::move(changed->entries)) : changed.error();
}

Result<std::vector<Detected>> detect_all(store::Store& store,
                                         const std::map<std::string, std::int64_t>& signals) {
  std::vector<Detected> out;
  if (signals.empty()) return out;
  // Before the signals are read: what comes meanwhile may be in them, and counts as not seen.
  auto newest = store.newest_change();
  if (!newest) return newest.error();
  auto heads = store.signal_heads();
  if (!heads) return heads.error();
  for (const auto& series : detect::by_series(*std::move(heads))) {
    std::int64_t last_change = 0;
    for (const auto& head : series) {
      auto change = signals.find(head.id);
      if (change != signals.end()) last_change = std::max(last_change, change->second);
    }
    if (last_change == 0) continue;
    auto id = detect::series_id(series.front());
    auto until = detected_until(store, id);
    if (!until) return until.error();
    if (*until >= last_change) continue;
    auto found = detect_series(store, series);
    if (!found) return found.error();
    out.push_back({std::move(id), *newest, *std::move(found)});
  }
  return out;
}

// Whether what is derived was made with this code and these names.
Result<bool> fits(store::Store& store, const std::string& version) {
  auto made_by = store.meta(kVersionKey);
  return made_by ? Result<bool>(*made_by == version) : made_by.error();
}

// Under the writer's lock: what a process that was stopped brings late must not replace what was
// made since, from more.
Status write_detected(store::Store& store, store::Writer& writer, const Detected& detected) {
  auto until = detected_until(store, detected.series);
  if (!until) return until.error();
  auto correlated = number_in(store, kProgressKey);
  if (!correlated) return correlated.error();
  if (detected.until <= *until || detected.until < *correlated) return {};
  auto done = writer.set_detections(detected.series, detected.outages);
  if (!done) return done;
  return writer.set_meta(detected_key(detected.series), std::to_string(detected.until));
}

}  // namespace

std::string version_of(const extraction::KnownNames& names) {
  return fmt::format("10.{}{}", kExtractVersion,
                     names.fingerprint().empty() ? "" : "." + names.fingerprint());
}

Result<std::int64_t> number_in(store::Store& store, std::string_view key) {
  auto text = store.meta(key);
  if (!text) return text.error();
  std::int64_t out = 0;
  std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

Result<std::int64_t> detected_until(store::Store& store, std::string_view series) {
  return number_in(store, detected_key(series));
}

Result<std::vector<model::Outage>> detect_series(store::Store& store,
                                                 const std::vector<model::Signal>& heads) {
  std::vector<model::Signal> documents;
  for (const auto& head : heads) {
    auto signal = store.signal(head.id);
    if (!signal) return signal.error();
    if (*signal) documents.push_back(**std::move(signal));
  }
  std::vector<model::Outage> out;
  for (auto& detection : detect::detect(documents, {})) {
    for (auto& outage : detection.outages) {
      for (const auto& signal : documents) {
        auto end = signal.from + static_cast<std::int64_t>(signal.values.size()) * signal.step;
        if (outage.start < signal.from || outage.start >= end) continue;
        outage.document_id = signal.document_id;
        outage.place = signal.place;
      }
      out.push_back(std::move(outage));
    }
  }
  return out;
}

class Preparer::Work {
 public:
  Work(store::Store& store, std::int64_t after, std::int64_t to)
      : store_(store), range_{after, to} {}

  // Reads what is to be worked out: nothing where what is derived was made by other code.
  Status read() {
    auto lists = store_.name_lists();
    if (!lists) return lists.error();
    names_.emplace(*std::move(lists));
    version_ = version_of(*names_);
    auto fit = fits(store_, version_);
    if (!fit) return fit.error();
    out_.other_version = !*fit;
    if (!*fit) return {};
    auto newest = store_.newest_change();
    if (!newest) return newest.error();
    seen_ = *newest;
    if (auto done = read_basis(); !done) return done.error();
    auto changed = changed_in(store_, range_.after, range_.to);
    if (!changed) return changed.error();
    auto entries = newest_of(store_, changed->entries);
    if (!entries) return entries.error();
    entries_ = *std::move(entries);
    auto detected = detect_all(store_, changed->signals);
    if (!detected) return detected.error();
    detected_ = *std::move(detected);
    return {};
  }

  bool links() const { return links_; }
  const std::string& basis() const { return basis_; }

  void think(const OutageIndex& outages) {
    auto begun = steady_clock::now();
    work_out_all(entries_, *names_, links_ ? &outages : nullptr);
    out_.thinking = steady_clock::now() - begun;
  }

  // Under the writer's lock, where nobody else changes what this rests on.
  Status keep() {
    auto writer = store_.begin();
    if (!writer) return writer.error();
    auto fit = fits(store_, version_);
    if (!fit) return fit.error();
    out_.other_version = !*fit;
    if (!*fit) return {};
    for (const auto& entry : entries_) {
      if (!entry.extracted) continue;
      if (auto done = (*writer)->set_extraction(*entry.extraction); !done) return done.error();
      ++out_.entries;
    }
    for (const auto& one : detected_) {
      if (auto done = write_detected(store_, **writer, one); !done) return done.error();
      ++out_.series;
    }
    if (links_) {
      if (auto done = write_links(**writer); !done) return done.error();
    }
    return (*writer)->commit();
  }

  // Whether there is nothing to keep, as where the same was done before.
  bool empty() const {
    bool extracted = std::any_of(entries_.begin(), entries_.end(),
                                 [](const Prepares& entry) { return entry.extracted; });
    return !extracted && detected_.empty() && (!links_ || entries_.empty());
  }
  const Prepared& prepared() const { return out_; }

 private:
  // Links are made ahead of what no run has seen, and not twice.
  Status read_basis() {
    auto basis = store_.meta(kFusedKey);
    if (!basis) return basis.error();
    basis_ = *std::move(basis);
    auto correlated = number_in(store_, kProgressKey);
    if (!correlated) return correlated.error();
    auto noted = is_noted(store_, range_);
    if (!noted) return noted.error();
    links_ = *correlated <= range_.after && !*noted;
    return {};
  }

  Status write_links(store::Writer& writer) {
    // A run alone changes the outages: without one they are as they were.
    auto correlated = number_in(store_, kProgressKey);
    if (!correlated) return correlated.error();
    if (*correlated > range_.after) return {};
    auto left = decided_about(store_);
    if (!left) return left.error();
    // A later job links these as they are now, or has done so.
    auto changed = changed_since(store_, seen_);
    if (!changed) return changed.error();
    for (const auto& entry : entries_) {
      const auto& id = entry.revision.entry_id;
      if (left->contains(id) || changed->contains(id)) continue;
      if (auto done = writer.set_links(id, entry.links); !done) return done;
      ++out_.linked;
    }
    return note(writer, range_);
  }

  store::Store& store_;
  LinkedRange range_;
  std::string basis_;  // what kFusedKey says
  std::optional<extraction::KnownNames> names_;
  std::string version_;
  std::int64_t seen_ = 0;  // the newest change before anything was read
  bool links_ = false;
  std::vector<Prepares> entries_;
  std::vector<Detected> detected_;
  Prepared out_;
};

Preparer::Preparer(store::Store& store) : store_(store) {}
Preparer::~Preparer() = default;

Status Preparer::read_outages(const std::string& basis) {
  if (basis_ == basis) return {};
  basis_.reset();
  auto fused = store_.fused({});
  if (!fused) return fused.error();
  outages_ = OutageIndex(*std::move(fused));
  basis_ = basis;
  return {};
}

Result<std::shared_ptr<Preparer::Work>> Preparer::work_out(std::int64_t after_seq,
                                                           std::int64_t to_seq) {
  auto work = std::make_shared<Work>(store_, after_seq, to_seq);
  if (auto done = work->read(); !done) return done.error();
  if (work->links()) {
    if (auto done = read_outages(work->basis()); !done) return done.error();
  }
  work->think(outages_);
  return work;
}

Result<Prepared> Preparer::keep(Work& work) {
  if (work.empty()) return work.prepared();
  auto kept = work.keep();
  return kept ? Result<Prepared>(work.prepared()) : kept.error();
}

Result<Prepared> Preparer::prepare(std::int64_t after_seq, std::int64_t to_seq) {
  auto begun = steady_clock::now();
  auto work = work_out(after_seq, to_seq);
  if (!work) return work.error();
  auto out = keep(**work);
  if (out) out->at_store = steady_clock::now() - begun - out->thinking;
  return out;
}

Result<Progress> progress(store::Store& store) {
  auto lists = store.name_lists();
  if (!lists) return lists.error();
  auto fit = fits(store, version_of(extraction::KnownNames(*std::move(lists))));
  if (!fit) return fit.error();
  auto seq = number_in(store, kProgressKey);
  if (!seq) return seq.error();
  return Progress{*seq, *fit};
}

Status make_ready(store::Store& store) {
  auto writer = store.begin();
  if (!writer) return writer.error();
  auto made_by = store.meta(kVersionKey);
  if (!made_by) return made_by.error();
  if (!made_by->empty()) return {};
  auto lists = store.name_lists();
  if (!lists) return lists.error();
  auto version = version_of(extraction::KnownNames(*std::move(lists)));
  // Of a run that left passes out something may be there.
  if (auto done = (*writer)->clear_derived(); !done) return done;
  if (auto done = (*writer)->set_meta(kVersionKey, version); !done) return done;
  if (auto done = (*writer)->set_meta(kProgressKey, "0"); !done) return done;
  return (*writer)->commit();
}

}  // namespace correlate
