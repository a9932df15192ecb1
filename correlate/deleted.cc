#include "correlate/deleted.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "correlate/decisions.h"
#include "correlate/newest.h"
#include "store/model/link_key.h"
#include "store/model/text.h"

namespace correlate {
namespace {

using model::Edit;
using model::EditKind;

// Two items of one text are one when they are dated so close to each other; feeds repeat themselves
// ("All systems operational") on other days.
constexpr model::Seconds kSameTime{86400};
// Without dates, texts of fewer words are not told from such repetitions.
constexpr std::size_t kFewestWords = 8;

// Empty where the entry says nothing: it has a link alone.
std::string words_of(const model::Revision& revision) {
  bool says = !revision.title.empty() || !revision.body.empty();
  return says ? revision.title + "\n" + revision.body : "";
}

struct Deleted {
  std::string source;
  model::Instant at{};  // of the edit
  std::optional<model::Timestamp> published;
};

// What deleted entries have ever said.
struct Said {
  std::map<std::string, std::vector<Deleted>> links;  // by link_key()
  std::map<std::string, std::vector<Deleted>> words;
};

model::Result<Said> said_by(store::Store& store, const std::map<std::string, Edit>& deletions) {
  Said out;
  for (const auto& [id, edit] : deletions) {
    auto entry = store.entry(id);
    if (!entry) return entry.error();
    auto revisions = store.revisions(id);
    if (!revisions) return revisions.error();
    if (!*entry) continue;
    for (const auto& revision : *revisions) {
      Deleted one{(*entry)->source_id, edit.at, revision.published};
      auto link = model::link_key(revision.canonical_url);
      auto words = words_of(revision);
      if (!link.empty()) out.links[link].push_back(one);
      if (!words.empty()) out.words[words].push_back(std::move(one));
    }
  }
  return out;
}

bool same_time(const std::optional<model::Timestamp>& a, const std::optional<model::Timestamp>& b,
               const std::string& words) {
  if (!a || !b) return model::words(words).size() >= kFewestWords;
  return (a->at > b->at ? a->at - b->at : b->at - a->at) <= kSameTime;
}

// Whether a deleted entry of the same feed said these words then.
model::Result<bool> said_again(store::Store& store, const Said& said, const std::string& id,
                               const model::Revision& revision) {
  auto words = words_of(revision);
  auto found = said.words.find(words);
  if (found == said.words.end()) return false;
  auto entry = store.entry(id);
  if (!entry) return entry.error();
  return *entry && std::any_of(found->second.begin(), found->second.end(), [&](const auto& one) {
    return one.source == (*entry)->source_id && same_time(one.published, revision.published, words);
  });
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
                                const std::map<std::string, Edit>& deletions) {
  std::set<std::string> shared;
  auto done = for_each_newest(store, [&](const model::Revision& revision) -> model::Status {
    if (deletions.contains(revision.entry_id)) return {};
    auto link = said.links.find(model::link_key(revision.canonical_url));
    if (link == said.links.end() || said.words.contains(words_of(revision))) return {};
    auto entry = store.entry(revision.entry_id);
    if (!entry) return entry.error();
    if (*entry && shares_link(**entry, link->second)) shared.insert(link->first);
    return {};
  });
  for (const auto& link : shared) said.links.erase(link);
  return done;
}

}  // namespace

model::Result<std::set<std::string>> deleted_entries(store::Store& store,
                                                     const std::map<std::string, Edit>& deletions) {
  std::set<std::string> out;
  if (deletions.empty()) return out;
  auto said = said_by(store, deletions);
  if (!said) return said.error();
  if (auto done = drop_shared_links(store, *said, deletions); !done) return done.error();
  auto done = for_each_newest(store, [&](const model::Revision& revision) -> model::Status {
    const auto& id = revision.entry_id;
    bool again =
        deletions.contains(id) || said->links.contains(model::link_key(revision.canonical_url));
    if (!again) {
      auto words = said_again(store, *said, id, revision);
      if (!words) return words.error();
      again = *words;
    }
    if (again) out.insert(id);
    return {};
  });
  if (!done) return done.error();
  return out;
}

model::Result<std::set<std::string>> deletion_keys(store::Store& store,
                                                   const std::map<std::string, Edit>& deletions) {
  std::set<std::string> out;
  auto said = said_by(store, deletions);
  if (!said) return said.error();
  for (const auto& [id, edit] : deletions) out.insert("id " + id);
  for (const auto& [link, by] : said->links) out.insert("link " + link);
  for (const auto& [words, by] : said->words) out.insert("words " + words);
  return out;
}

bool has_key(const std::set<std::string>& keys, const std::vector<model::Revision>& revisions) {
  if (keys.empty()) return false;
  return std::any_of(revisions.begin(), revisions.end(), [&](const model::Revision& one) {
    return keys.contains("id " + one.entry_id) ||
           keys.contains("link " + model::link_key(one.canonical_url)) ||
           keys.contains("words " + words_of(one));
  });
}

}  // namespace correlate
