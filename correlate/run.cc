#include "correlate/run.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "correlate/article.h"
#include "correlate/detect/detect.h"
#include "correlate/extract.h"
#include "correlate/fuse.h"
#include "correlate/prepare.h"
#include "correlate/verify.h"

namespace correlate {
namespace {

using model::Result;
using model::Status;

// What differs between two lists of outages: as they were and as they are.
class Difference {
 public:
  Difference(std::vector<model::Outage> before, const std::vector<model::Outage>& now) {
    for (auto& outage : before) before_.emplace(outage.id, std::move(outage));
    for (const auto& outage : now) {
      auto was = before_.find(outage.id);
      if (was != before_.end() && was->second == outage) {
        before_.erase(was);
        continue;
      }
      put_.push_back(&outage);
    }
  }

  Status write(LateWriter& writer) const {
    // Records may have moved: what is gone lets go of them first.
    for (const auto& [id, outage] : before_) {
      if (auto done = writer.remove_fused(id); !done) return done;
    }
    for (const auto* outage : put_) {
      if (auto done = writer.set_fused(*outage); !done) return done;
    }
    return {};
  }

  // An entry is linked again when it could speak of what an outage was, or of what it is.
  OutageIndex both() const {
    std::vector<model::Outage> out;
    for (const auto& [id, outage] : before_) {
      out.push_back(outage);
      out.back().id += "#before";
    }
    for (const auto* outage : put_) out.push_back(*outage);
    return OutageIndex(std::move(out));
  }

  std::size_t size() const { return put_.size(); }

 private:
  std::map<std::string, model::Outage> before_;  // changed or gone
  std::vector<const model::Outage*> put_;
};

bool needs_links(const Run& run, const Passing& entry, const Article& article) {
  const auto& extraction = entry.extraction;
  // What has changed may have been extracted ahead of this run, and linked too.
  bool changed = run.changed.contains(article.id) && !run.linked_ahead.contains(article.id);
  if (run.rebuild || entry.extracted || changed || run.restored.contains(article.id) ||
      run.decided_anew.contains(article.id)) {
    return true;
  }
  if (run.changed_outages.all().empty()) return false;
  if (decided_on_changed(run, article.id)) return true;
  evidence::Reading reading(article, extraction);
  if (run.changed_outages.touches(reading)) return true;
  // What is told of a place (how rare outages are there, how long they last, what moved timelines
  // score) rests on all of its outages, named or not.
  for (auto i : run.kept.outages.candidates(reading, windows_of(reading))) {
    if (run.changed_outages.has_country(run.kept.outages.all()[i].scope.country)) return true;
  }
  return false;
}

bool needs_verdicts(const Run& run, const Passing& entry) {
  bool changed = run.changed.contains(entry.revision.entry_id);  // linked here, or ahead
  if (run.rebuild || entry.linked || changed) return true;
  for (const auto& claim : entry.extraction.claims) {
    for (const auto& country : claim.countries) {
      if (run.changed_countries.contains(country)) return true;
    }
  }
  return false;
}

// The outages in one series, which has changed. Where a worker found them in all that it holds they
// are there; what a worker finds meanwhile rests on changes that this run has not seen, and stays.
Result<std::vector<model::Outage>> detect_changed(Run& run, const std::vector<model::Signal>& heads,
                                                  std::int64_t last_change) {
  auto id = detect::series_id(heads.front());
  auto until = run.rebuild ? Result<std::int64_t>(0) : detected_until(run.store, id);
  if (!until) return until.error();
  if (*until >= last_change && !run.rebuild) return run.store.detections(id);
  auto found = detect_series(run.store, heads);
  if (!found) return found.error();
  auto write = [&run, id, until = *until, found = *found](store::Writer& to) -> Status {
    auto now = detected_until(run.store, id);
    if (!now) return now.error();
    return *now > until && !run.rebuild ? Status() : to.set_detections(id, found);
  };
  auto kept = run.writer.add(std::move(write));
  return kept ? std::move(found) : kept.error();
}

}  // namespace

bool decided_on_changed(const Run& run, const std::string& entry) {
  auto decided = run.decisions.links.find(entry);
  if (decided == run.decisions.links.end()) return false;
  return std::any_of(decided->second.begin(), decided->second.end(), [&](const auto& one) {
    return run.changed_outages.find(one.first) != nullptr ||
           run.changed_outages.find(one.first + "#before") != nullptr;
  });
}

Status Run::go_on() {
  gave_up = gave_up || (give_up && give_up());
  return gave_up ? Status(model::Error{model::Errc::kTimeout, "Correlation was given up."})
                 : Status();
}

Status detect_pass(Run& run, PassReport& report) {
  if (!run.measured_anew) return {};
  auto heads = run.store.signal_heads();
  if (!heads) return heads.error();
  for (const auto& series : detect::by_series(*std::move(heads))) {
    if (auto wanted = run.go_on(); !wanted) return wanted;
    bool changed = run.rebuild;
    std::int64_t last_change = 0;
    for (const auto& head : series) {
      auto change = run.changed_signals.find(head.id);
      if (change == run.changed_signals.end()) continue;
      changed = true;
      last_change = std::max(last_change, change->second);
      run.changed_countries.insert(head.scope.country);
    }
    auto found = changed ? detect_changed(run, series, last_change)
                         : run.store.detections(detect::series_id(series.front()));
    if (!found) return found.error();
    if (changed) {
      ++report.looked_at;
      report.made += static_cast<std::int64_t>(found->size());
    }
    std::move(found->begin(), found->end(), std::back_inserter(run.detections));
  }
  return {};
}

Status fuse_pass(Run& run, PassReport& report) {
  if (!run.measured_anew && run.kept.full) return {};
  // On a rebuild what the store still shows is being forgotten.
  Result<std::vector<model::Outage>> before = std::vector<model::Outage>();
  if (!run.rebuild) before = run.store.fused({});
  if (!before) return before.error();
  if (!run.measured_anew) {
    run.kept.outages = OutageIndex(*std::move(before));
    return {};
  }
  auto records = run.store.outages({});
  if (!records) return records.error();
  report.looked_at = static_cast<std::int64_t>(records->size());
  std::move(run.detections.begin(), run.detections.end(), std::back_inserter(*records));
  auto now = fuse(*std::move(records));
  Difference difference(*std::move(before), now);
  if (auto done = difference.write(run.writer); !done) return done;
  report.made = static_cast<std::int64_t>(difference.size());
  run.changed_outages = difference.both();
  run.kept.outages = OutageIndex(std::move(now));
  return {};
}

void make_extraction(const Run& run, Passing& entry) {
  if (entry.found) {
    entry.extraction = *std::move(entry.found);
    return;
  }
  entry.extraction = extract(article_of(entry.revision), run.names);
  entry.extracted = true;
}

Status write_extraction(Run& run, Passing& entry, PassReport& report) {
  if (!entry.extracted) return {};
  ++report.looked_at;
  ++report.made;
  return run.writer.set_extraction(entry.extraction);
}

void make_links(const Run& run, Passing& entry) {
  const auto& id = entry.revision.entry_id;
  if (run.kept.deleted.contains(id)) return;
  auto article = article_of(entry.revision);
  if (!needs_links(run, entry, article)) return;
  entry.links = link(article, entry.extraction, run.kept.outages);
  auto is_outage = [&](std::string_view other) { return run.kept.outages.find(other) != nullptr; };
  decide_links(run.decisions, id, entry.revision.number, is_outage, entry.links);
  entry.linked = true;
}

void make_reach(const Run& run, Passing& entry) {
  bool fresh = run.looks_at_all() || run.changed.contains(entry.revision.entry_id);
  if (fresh) entry.reach = run.kept.reach.keys_of(article_of(entry.revision), entry.extraction);
}

Status write_links(Run& run, Passing& entry, PassReport& report) {
  const auto& id = entry.revision.entry_id;
  if (run.kept.deleted.contains(id)) return run.writer.set_links(id, {});
  if (entry.linked) {
    ++report.looked_at;
    report.made += static_cast<std::int64_t>(entry.links.size());
    run.linked.insert(id);
    return run.writer.set_links(id, entry.links);
  }
  order_links(entry.links);  // the store has them by id
  return {};
}

Status verify_pass(Run& run, Passing& entry, PassReport& report) {
  const auto& id = entry.revision.entry_id;
  if (run.kept.deleted.contains(id)) return run.writer.set_verdicts(id, {});
  if (!needs_verdicts(run, entry)) return {};
  auto signals = run.signals.of(claimed_countries(entry.extraction));
  if (!signals) return signals.error();
  auto verdicts =
      verify(article_of(entry.revision), entry.extraction, entry.links, run.kept.outages, *signals);
  decide_verdicts(run.decisions, verdicts);
  ++report.looked_at;
  report.made += static_cast<std::int64_t>(verdicts.size());
  return run.writer.set_verdicts(id, verdicts);
}

}  // namespace correlate
