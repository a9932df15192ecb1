// The passes over all entries: what changed of them goes into the stories and incidents that are
// kept, and what changed of those into the store.
#include <algorithm>
#include <utility>

#include "correlate/features.h"
#include "correlate/run.h"
#include "store/model/text.h"

namespace correlate {
namespace {

using model::Status;

// The first sentence of a text that says something, if it is not too long for a line.
std::string lead_of(const std::string& body) {
  constexpr std::size_t kRead = 1200, kFewestWords = 5, kMostLength = 300;
  std::string_view begin = std::string_view(body).substr(0, kRead);
  while (!begin.empty() && !model::is_utf8(begin)) begin.remove_suffix(1);
  for (const auto& piece : model::sentences(begin)) {
    auto sentence = piece.of(begin);
    if (model::words(sentence).size() < kFewestWords) continue;
    auto out = model::squeeze(sentence);
    return model::code_points(out) <= kMostLength ? out : "";
  }
  return {};
}

// Puts the entries' first sentences where its summary has their titles: of incidents of several
// stories, or of an outage.
Status quote(store::Store& store, model::Incident& incident) {
  if (incident.story_ids.size() < 2 && incident.outage_ids.empty()) return {};
  for (auto& line : incident.summary) {
    auto revisions = store.revisions(line.entry_id);
    if (!revisions) return revisions.error();
    if (revisions->empty()) continue;
    if (auto lead = lead_of(revisions->back().body); !lead.empty()) line.text = std::move(lead);
  }
  return {};
}

void begin_joining(Run& run) {
  auto& joining = run.kept.joining;
  joining.give_up_when(run.give_up);
  joining.constrain({run.decisions.stories, run.decisions.incidents});
}

}  // namespace

Status collect(Run& run, const Passing& entry) {
  const auto& revision = entry.revision;
  const auto& id = revision.entry_id;
  run.kept.reach.put(id, entry.reach);
  if (run.kept.deleted.contains(id)) {
    run.gone.push_back(id);
    return {};
  }
  auto& joining = run.kept.joining;
  bool as_before = joining.contains(id) && !entry.extracted && !entry.linked;
  if (as_before && !run.changed.contains(id)) return {};
  auto item = item_of(revision, entry.extraction, entry.links, entry.first_seen);
  locate(item, run.kept.outages);
  if (joining.is_as_held(item)) {
    // Its outages, or words that no item holds, may have changed.
    joining.tell_again_of_entry(id);
  } else {
    run.items.push_back(std::move(item));
  }
  return {};
}

Status join_piece(Run& run) {
  if (run.piece == 0 || run.items.size() < run.piece) return {};
  auto& joining = run.kept.joining;
  if (run.joined_items == 0) begin_joining(run);
  run.joined_items += run.items.size();
  joining.expect(run.to_join - std::min(run.to_join, run.joined_items));
  joining.change({}, std::exchange(run.items, {}));
  run.gave_up = run.gave_up || joining.gave_up();
  if (auto wanted = run.go_on(); !wanted) return wanted;
  auto stories = joining.let_go();
  run.stories_ahead += static_cast<std::int64_t>(stories.size());
  return run.kept.written.put_ahead(run.writer, stories, [&] { return run.go_on(); });
}

Status cluster_pass(Run& run, PassReport& report) {
  auto& joining = run.kept.joining;
  report.looked_at = static_cast<std::int64_t>(run.joined_items + run.items.size());
  begin_joining(run);
  joining.expect(0);
  joining.change(run.gone, std::move(run.items));
  run.gave_up = run.gave_up || joining.gave_up();
  if (auto wanted = run.go_on(); !wanted) return wanted;
  run.joined = joining.take_changes(run.kept.outages);
  report.made = run.stories_ahead + static_cast<std::int64_t>(run.joined.stories.size());
  return run.kept.written.put_stories(run.writer, run.joined, [&] { return run.go_on(); });
}

Status thread_pass(Run& run, PassReport& report) {
  auto& incidents = run.joined.incidents;
  for (auto& incident : incidents) {
    if (auto wanted = run.go_on(); !wanted) return wanted;
    if (auto done = quote(run.store, incident); !done) return done;
  }
  report.looked_at = static_cast<std::int64_t>(run.joined.stories.size());
  report.made = static_cast<std::int64_t>(incidents.size());
  return run.kept.written.put_incidents(run.writer, run.joined, [&] { return run.go_on(); });
}

}  // namespace correlate
