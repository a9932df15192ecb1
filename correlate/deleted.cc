#include "correlate/deleted.h"

#include <utility>

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;

std::string words_of(const std::string& source, const model::Revision& revision) {
  return source + "\n" + revision.title + "\n" + revision.body;
}

// What deleted entries have ever said.
struct Said {
  std::set<std::string> links;
  std::set<std::string> sources;
  std::set<std::string> words;
};

model::Result<Said> said_by(store::Store& store, const std::map<std::string, Edit>& deletions) {
  Said out;
  for (const auto& [id, edit] : deletions) {
    auto entry = store.entry(id);
    if (!entry) return entry.error();
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    if (!*entry) continue;
    out.sources.insert((*entry)->source_id);
    for (const auto& revision : *revisions) {
      if (!revision.canonical_url.empty()) out.links.insert(revision.canonical_url);
      out.words.insert(words_of((*entry)->source_id, revision));
    }
  }
  return out;
}

}  // namespace

std::map<std::string, Edit> deletions(const std::vector<Edit>& edits, std::int64_t before) {
  // An undo comes after what it undoes: from the last one on, each is known to hold or not.
  std::set<std::int64_t> undone;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    bool holds = edit->seq < before && !undone.contains(edit->seq);
    if (holds && edit->kind == EditKind::kUndo) undone.insert(std::stoll(edit->target));
  }
  std::map<std::string, Edit> out;
  for (const auto& edit : edits) {
    bool holds = edit.seq < before && !undone.contains(edit.seq);
    if (holds && edit.kind == EditKind::kDelete) out.emplace(edit.target, edit);
  }
  return out;
}

model::Result<std::set<std::string>> deleted_entries(
    store::Store& store, const std::map<std::string, Edit>& deletions,
    const std::map<std::string, model::Revision>& newest) {
  std::set<std::string> out;
  if (deletions.empty()) return out;
  auto said = said_by(store, deletions);
  if (!said) return said.error();
  for (const auto& [id, revision] : newest) {
    bool again = deletions.contains(id) || said->links.contains(revision.canonical_url);
    if (!again) {
      auto entry = store.entry(id);
      if (!entry) return entry.error();
      again = *entry && said->sources.contains((*entry)->source_id) &&
              said->words.contains(words_of((*entry)->source_id, revision));
    }
    if (again) out.insert(id);
  }
  return out;
}

}  // namespace correlate
