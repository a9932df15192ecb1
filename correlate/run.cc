#include "correlate/run.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "correlate/article.h"
#include "correlate/deleted.h"
#include "correlate/extract.h"
#include "correlate/terms.h"
#include "correlate/thread.h"
#include "correlate/verify.h"

namespace correlate {
namespace {

using model::Result;
using model::Status;

Status load_entries(Run& run) {
  constexpr std::size_t kPage = 1000;
  std::string after;
  do {
    auto page = run.store.entries(after, kPage);
    if (!page) return page.error();
    for (const auto& id : page->ids) {
      auto revisions = run.store.revisions(id);
      if (!revisions) return revisions.error();
      if (!revisions->empty()) run.newest[id] = std::move(revisions->back());
    }
    after = page->next;
  } while (!after.empty());
  return {};
}

// All revisions of the outages that changed: an entry is linked again when it could speak of what
// they were or of what they are.
Status load_changed_outages(Run& run, const std::set<std::string>& ids) {
  std::vector<model::Outage> changed;
  for (const auto& id : ids) {
    auto revisions = run.store.outage_revisions(id);
    if (!revisions) return revisions.error();
    for (auto& outage : *revisions) {
      outage.id += "#" + std::to_string(outage.number);
      changed.push_back(std::move(outage));
    }
  }
  run.changed_outages = OutageIndex(std::move(changed));
  return {};
}

// What is deleted now, and what was at the last run.
Status load_deleted(Run& run) {
  auto edits = run.store.edits(0);
  if (!edits) return edits.error();
  auto now = deleted_entries(run.store, deletions(*edits), run.newest);
  if (!now) return now.error();
  run.deleted = *std::move(now);
  auto before = run.store.meta(kDeletedKey);
  if (!before) return before.error();
  std::istringstream lines(*before);
  for (std::string id; std::getline(lines, id);) {
    if (!run.deleted.contains(id)) run.restored.insert(id);
  }
  return {};
}

bool needs_links(const Run& run, const std::string& id, const model::Extraction& extraction) {
  if (run.rebuild || run.extracted.contains(id) || run.restored.contains(id)) return true;
  auto article = article_of(run.newest.at(id));
  auto windows = windows_of(article, extraction);
  return !run.changed_outages.candidates(article, extraction, windows).empty();
}

bool needs_verdicts(const Run& run, const std::string& id, const model::Extraction& extraction) {
  if (run.rebuild || run.linked.contains(id)) return true;
  for (const auto& claim : extraction.claims) {
    for (const auto& country : claim.countries) {
      if (run.changed_countries.contains(country)) return true;
    }
  }
  return false;
}

}  // namespace

Result<std::int64_t> load(Run& run, std::int64_t after_seq) {
  constexpr std::size_t kPage = 10000;
  std::set<std::string> outages;
  std::set<std::string> signals;
  for (;;) {
    auto changes = run.store.changes(after_seq, kPage);
    if (!changes) return changes.error();
    if (changes->empty()) break;
    after_seq = changes->back().seq;
    for (const auto& change : *changes) {
      if (change.kind == store::ChangeKind::kOutage) outages.insert(change.id);
      if (change.kind == store::ChangeKind::kSignal) signals.insert(change.id);
    }
  }
  auto all = run.store.outages({});
  if (!all) return all.error();
  run.outages = OutageIndex(*std::move(all));
  auto measured = run.store.signals("");
  if (!measured) return measured.error();
  run.signals = *std::move(measured);
  for (const auto& signal : run.signals) {
    if (signals.contains(signal.id)) run.changed_countries.insert(signal.scope.country);
  }
  if (auto status = load_changed_outages(run, outages); !status) return status.error();
  if (auto status = load_entries(run); !status) return status.error();
  if (auto status = load_deleted(run); !status) return status.error();
  return after_seq;
}

Result<PassReport> extract_pass(Run& run) {
  PassReport report{"extract"};
  for (const auto& [id, revision] : run.newest) {
    auto kept = run.store.extraction(id, revision.number);
    if (!kept) return kept.error();
    if (*kept && !run.rebuild) {
      run.extractions[id] = **std::move(kept);
      continue;
    }
    auto extraction = extract(article_of(revision));
    if (auto status = run.writer.set_extraction(extraction); !status) return status.error();
    run.extracted.insert(id);
    run.extractions[id] = std::move(extraction);
    ++report.looked_at;
  }
  report.made = report.looked_at;
  return report;
}

Result<PassReport> link_pass(Run& run) {
  PassReport report{"link"};
  for (const auto& [id, extraction] : run.extractions) {
    if (run.deleted.contains(id)) {
      if (auto status = run.writer.set_links(id, {}); !status) return status.error();
      continue;
    }
    if (!needs_links(run, id, extraction)) {
      auto kept = run.store.links_of_entry(id);
      if (!kept) return kept.error();
      run.links[id] = *std::move(kept);
      continue;
    }
    auto links = link(article_of(run.newest.at(id)), extraction, run.outages);
    if (auto status = run.writer.set_links(id, links); !status) return status.error();
    run.linked.insert(id);
    ++report.looked_at;
    report.made += static_cast<std::int64_t>(links.size());
    run.links[id] = std::move(links);
  }
  return report;
}

Result<PassReport> verify_pass(Run& run) {
  PassReport report{"verify"};
  for (const auto& [id, extraction] : run.extractions) {
    if (run.deleted.contains(id)) {
      if (auto status = run.writer.set_verdicts(id, {}); !status) return status.error();
      continue;
    }
    if (!needs_verdicts(run, id, extraction)) continue;
    auto verdicts =
        verify(article_of(run.newest.at(id)), extraction, run.links[id], run.outages, run.signals);
    if (auto status = run.writer.set_verdicts(id, verdicts); !status) return status.error();
    ++report.looked_at;
    report.made += static_cast<std::int64_t>(verdicts.size());
  }
  return report;
}

Result<PassReport> cluster_pass(Run& run) {
  for (const auto& id : run.deleted) run.newest.erase(id);
  run.items = items_of(run.newest, run.extractions, run.links);
  run.clusters = cluster(run.items);
  std::vector<model::Story> stories;
  for (const auto& cluster : run.clusters) stories.push_back(cluster.story);
  if (auto status = run.writer.set_stories(stories); !status) return status.error();
  return PassReport{"cluster", static_cast<std::int64_t>(run.items.size()),
                    static_cast<std::int64_t>(stories.size())};
}

Result<PassReport> thread_pass(Run& run) {
  auto incidents = thread(run.items, run.clusters, run.outages);
  if (auto status = run.writer.set_incidents(incidents); !status) return status.error();
  return PassReport{"thread", static_cast<std::int64_t>(run.clusters.size()),
                    static_cast<std::int64_t>(incidents.size())};
}

std::vector<Item> items_of(const std::map<std::string, model::Revision>& revisions,
                           const std::map<std::string, model::Extraction>& extractions,
                           const std::map<std::string, std::vector<model::Link>>& links) {
  Vocabulary vocabulary;
  std::vector<Item> out;
  for (const auto& [id, revision] : revisions) {
    Item item;
    item.entry_id = id;
    item.title = revision.title;
    item.published = model::anchor_of(revision).at;
    item.terms = vocabulary.count(revision.title, revision.body);
    item.sketch = sketch_of(revision.title, revision.body, revision.canonical_url);
    item.happened = item.published;
    if (auto found = extractions.find(id); found != extractions.end()) {
      item.happening = found->second.happening;
      item.happened = found->second.happened.at;
    }
    if (auto found = links.find(id); found != links.end()) {
      for (const auto& link : found->second) {
        if (link.probability >= kSaidFrom) item.outages.push_back(link.outage_id);
      }
    }
    out.push_back(std::move(item));
  }
  for (auto& item : out) item.terms = vocabulary.weigh(item.terms);
  return out;
}

}  // namespace correlate
