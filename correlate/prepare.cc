#include "correlate/prepare.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "correlate/article.h"
#include "correlate/correlate.h"
#include "correlate/detect/detect.h"
#include "correlate/extract.h"
#include "correlate/pool.h"

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
  constexpr std::size_t kPage = 1000;
  Changed out;
  while (after_seq < to_seq) {
    auto most = static_cast<std::size_t>(to_seq - after_seq);
    auto changes = store.changes(after_seq, std::min(kPage, most));
    if (!changes) return changes.error();
    if (changes->empty()) break;
    after_seq = changes->back().seq;
    for (const auto& change : *changes) {
      if (change.seq > to_seq) break;
      if (change.kind == store::ChangeKind::kEntry) out.entries.insert(change.id);
      if (change.kind == store::ChangeKind::kSignal) out.signals[change.id] = change.seq;
    }
  }
  return out;
}

// The newest revisions of these entries that were not extracted yet, without their markup.
Result<std::vector<model::Revision>> to_extract(store::Store& store,
                                                const std::set<std::string>& entries) {
  std::vector<model::Revision> out;
  if (entries.empty()) return out;
  auto views = store.entry_views({entries.begin(), entries.end()});
  if (!views) return views.error();
  for (auto& view : *views) {
    if (view.revisions.empty() || view.extraction) continue;
    out.push_back(std::move(view.revisions.back()));
  }
  return out;
}

std::vector<model::Extraction> extract_all(const std::vector<model::Revision>& revisions,
                                           const extraction::KnownNames& names) {
  constexpr std::size_t kWorthSharing = 16;
  std::vector<model::Extraction> out(revisions.size());
  auto make = [&](std::size_t i) { out[i] = extract(article_of(revisions[i]), names); };
  if (revisions.size() >= kWorthSharing) {
    Pool().for_each(revisions.size(), make);
  } else {
    for (std::size_t i = 0; i < revisions.size(); ++i) make(i);
  }
  return out;
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

Result<Prepared> prepare(store::Store& store, std::int64_t after_seq, std::int64_t to_seq) {
  auto lists = store.name_lists();
  if (!lists) return lists.error();
  extraction::KnownNames names(*std::move(lists));
  auto version = version_of(names);
  Prepared out;
  auto fit = fits(store, version);
  if (!fit) return fit.error();
  out.other_version = !*fit;
  if (!*fit) return out;
  auto begun = steady_clock::now();
  auto changed = changed_in(store, after_seq, to_seq);
  if (!changed) return changed.error();
  auto revisions = to_extract(store, changed->entries);
  if (!revisions) return revisions.error();
  auto read = steady_clock::now();
  auto extractions = extract_all(*revisions, names);
  auto extracted = steady_clock::now();
  auto detected = detect_all(store, changed->signals);
  if (!detected) return detected.error();
  if (extractions.empty() && detected->empty()) return out;
  auto writer = store.begin();
  if (!writer) return writer.error();
  fit = fits(store, version);  // nobody else can change that now
  if (!fit) return fit.error();
  out.other_version = !*fit;
  if (!*fit) return out;
  for (const auto& extraction : extractions) {
    if (auto done = (*writer)->set_extraction(extraction); !done) return done.error();
  }
  for (const auto& one : *detected) {
    if (auto done = write_detected(store, **writer, one); !done) return done.error();
  }
  if (auto done = (*writer)->commit(); !done) return done.error();
  out.entries = static_cast<std::int64_t>(extractions.size());
  out.series = static_cast<std::int64_t>(detected->size());
  out.extracting = extracted - read;
  out.at_store = steady_clock::now() - begun - out.extracting;
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
