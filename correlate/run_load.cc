// What a run begins with: the facts that have changed, and what people decided.
#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

#include "correlate/deleted.h"
#include "correlate/linked_ahead.h"
#include "correlate/newest.h"
#include "correlate/run.h"

namespace correlate {
namespace {

using model::Result;
using model::Status;

// The entries whose links or verdicts were decided on otherwise at the last run.
Status load_decisions(Run& run, const std::vector<model::Edit>& edits) {
  run.decisions = decisions(edits);
  auto kept = run.store.meta(kDecidedKey);
  if (!kept) return kept.error();
  auto now = digest(run.decisions);
  std::istringstream lines(*kept);
  for (std::string line; std::getline(lines, line);) {
    auto id = line.substr(0, line.find(' '));
    auto found = now.find(id);
    if (found == now.end() || id + found->second != line) {
      run.decided_anew.insert(id);
    } else {
      now.erase(found);
    }
  }
  for (const auto& [id, what] : now) run.decided_anew.insert(id);
  return {};
}

// Whether what people deleted may be otherwise than at the last run.
Result<bool> deletions_may_differ(Run& run) {
  if (!run.kept.full || run.edited) return true;
  for (const auto& [id, seq] : run.changed) {
    auto revisions = run.store.revisions(id);
    if (!revisions) return revisions.error();
    if (has_key(run.kept.deletion_keys, *revisions)) return true;
  }
  return false;
}

// Which of the entries that have changed were linked ahead. Those that people decided about were
// not.
Status load_links(Run& run) {
  auto ranges = linked_ranges(run.store);
  if (!ranges) return ranges.error();
  if (run.rebuild || ranges->empty()) return {};
  auto decided = digest(run.decisions);
  for (const auto& [entry, seq] : run.changed) {
    if (has(*ranges, seq) && !decided.contains(entry)) run.linked_ahead.insert(entry);
  }
  return {};
}

Status load_deletions(Run& run, const std::vector<model::Edit>& edits) {
  auto differ = deletions_may_differ(run);
  if (!differ) return differ.error();
  if (!*differ) return {};
  auto all = deletions(edits);
  auto now = deleted_entries(run.store, all);
  if (!now) return now.error();
  auto keys = deletion_keys(run.store, all);
  if (!keys) return keys.error();
  run.kept.deletion_keys = *std::move(keys);
  auto before = run.store.meta(kDeletedKey);
  if (!before) return before.error();
  std::set<std::string> then;
  std::istringstream lines(*before);
  for (std::string id; std::getline(lines, id);) then.insert(id);
  std::set_difference(then.begin(), then.end(), now->begin(), now->end(),
                      std::inserter(run.restored, run.restored.end()));
  std::set_difference(now->begin(), now->end(), then.begin(), then.end(),
                      std::inserter(run.deleted_anew, run.deleted_anew.end()));
  run.kept.deleted = *std::move(now);
  return {};
}

using Each = std::function<Status(store::EntryView&&)>;

Status for_each_in_order(Run& run, const Each& each) {
  auto order = in_order(run.store, [&run] { return run.go_on(); });
  if (!order) return order.error();
  run.to_join = order->size() - std::min(order->size(), run.kept.deleted.size());
  std::vector<std::string> ids;
  ids.reserve(order->size());
  for (auto& key : *order) ids.push_back(std::move(key.entry_id));
  return for_each_view(run.store, ids, each);
}

}  // namespace

Result<std::int64_t> load(Run& run, std::int64_t after_seq) {
  auto seen = for_each_change(run.store, after_seq, [&run](const store::Change& change) {
    if (change.kind == store::ChangeKind::kEntry) run.changed[change.id] = change.seq;
    if (change.kind == store::ChangeKind::kEdit) run.edited = true;
    if (change.kind == store::ChangeKind::kOutage) run.measured_anew = true;
    if (change.kind == store::ChangeKind::kSignal) run.changed_signals[change.id] = change.seq;
  });
  if (!seen) return seen.error();
  run.measured_anew = run.measured_anew || run.rebuild || !run.changed_signals.empty();
  auto edits = run.store.edits(0);
  if (!edits) return edits.error();
  if (auto done = load_decisions(run, *edits); !done) return done.error();
  if (auto done = load_links(run); !done) return done.error();
  if (auto done = load_deletions(run, *edits); !done) return done.error();
  return seen;
}

Status for_each_to_look_at(Run& run, const Each& each) {
  auto& reach = run.kept.reach;
  run.reach_anew = reach.lacks_words_of(run.changed_outages);
  if (run.looks_at_all()) reach.begin(run.kept.outages);
  if (run.piece > 0) return for_each_in_order(run, each);
  if (run.looks_at_all()) return for_each_view(run.store, each);
  auto ids = reach.of(run.changed_outages, run.kept.outages, run.changed_countries);
  for (const auto& [entry, decided] : run.decisions.links) {
    if (decided_on_changed(run, entry)) ids.insert(entry);
  }
  for (const auto& [entry, seq] : run.changed) ids.insert(entry);
  for (const auto* more : {&run.decided_anew, &run.restored, &run.deleted_anew}) {
    ids.insert(more->begin(), more->end());
  }
  // What was decided about need not be there.
  return for_each_view(run.store, std::vector(ids.begin(), ids.end()), each);
}

}  // namespace correlate
