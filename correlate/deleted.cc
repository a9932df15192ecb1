#include "correlate/deleted.h"

#include <algorithm>
#include <utility>

#include "store/model/link_key.h"

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;

std::string words_of(const model::Revision& revision) {
  return revision.title + "\n" + revision.body;
}

struct Deleted {
  std::string source;
  model::Instant at{};  // of the edit
};

// What deleted entries have ever said.
struct Said {
  std::map<std::string, std::vector<Deleted>> links;   // by link_key()
  std::map<std::string, std::set<std::string>> words;  // → sources
};

model::Result<Said> said_by(store::Store& store, const std::map<std::string, Edit>& deletions) {
  Said out;
  for (const auto& [id, edit] : deletions) {
    auto entry = store.entry(id);
    if (!entry) return entry.error();
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    if (!*entry) continue;
    const auto& source = (*entry)->source_id;
    for (const auto& revision : *revisions) {
      auto link = model::link_key(revision.canonical_url);
      if (!link.empty()) out.links[link].push_back({source, edit.at});
      out.words[words_of(revision)].insert(source);
    }
  }
  return out;
}

// Whether the entry was beside a deleted one in its source, with the same link and another text,
// when that was deleted: then the link is of several (a page that all items of a feed lead to).
bool shares_link(const model::Entry& entry, const std::vector<Deleted>& deleted) {
  return std::any_of(deleted.begin(), deleted.end(), [&](const Deleted& one) {
    return one.source == entry.source_id && entry.first_seen <= one.at;
  });
}

// Links that stand for one article no more.
model::Status drop_shared_links(store::Store& store, Said& said,
                                const std::map<std::string, Edit>& deletions,
                                const std::map<std::string, model::Revision>& newest) {
  std::set<std::string> shared;
  for (const auto& [id, revision] : newest) {
    if (deletions.contains(id)) continue;
    auto link = said.links.find(model::link_key(revision.canonical_url));
    if (link == said.links.end() || said.words.contains(words_of(revision))) continue;
    auto entry = store.entry(id);
    if (!entry) return entry.error();
    if (*entry && shares_link(**entry, link->second)) shared.insert(link->first);
  }
  for (const auto& link : shared) said.links.erase(link);
  return {};
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
  if (auto done = drop_shared_links(store, *said, deletions, newest); !done) return done.error();
  for (const auto& [id, revision] : newest) {
    bool again =
        deletions.contains(id) || said->links.contains(model::link_key(revision.canonical_url));
    auto words = again ? said->words.end() : said->words.find(words_of(revision));
    if (words != said->words.end()) {
      auto entry = store.entry(id);
      if (!entry) return entry.error();
      again = *entry && words->second.contains((*entry)->source_id);
    }
    if (again) out.insert(id);
  }
  return out;
}

}  // namespace correlate
