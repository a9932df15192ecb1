#include "app/commands/why_entry.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli.h"
#include "correlate/copies.h"
#include "correlate/deleted.h"
#include "feeds/render/diff.h"
#include "feeds/render/shared.h"
#include "store/model/text.h"

namespace app {
namespace {

using feeds::render::Change;
using feeds::render::printable;
using model::Result;
using model::Revision;

struct Answer {
  model::Entry entry;
  std::optional<model::Source> source;
  std::vector<Revision> revisions;
  std::optional<model::Edit> deleted;
  std::vector<correlate::Copy> copies;  // of its newest revision, in its story
};

// The other entries of its story, in their newest revisions.
Result<std::vector<Revision>> neighbours(store::Store& store, const std::string& id) {
  std::vector<Revision> out;
  auto stories = store.stories();
  if (!stories) return stories.error();
  for (const auto& story : *stories) {
    bool its =
        std::find(story.entry_ids.begin(), story.entry_ids.end(), id) != story.entry_ids.end();
    if (!its) continue;
    for (const auto& other : story.entry_ids) {
      auto revisions = store.revisions(other);
      if (!revisions) return revisions.error();
      if (other != id && !revisions->empty()) out.push_back(std::move(revisions->back()));
    }
  }
  return out;
}

Result<Answer> look_up(store::Store& store, model::Entry entry) {
  Answer out;
  auto source = store.source(entry.source_id);
  if (!source) return source.error();
  out.source = std::move(*source);
  auto revisions = store.revisions(entry.id);
  if (!revisions) return revisions.error();
  out.revisions = std::move(*revisions);
  auto edits = store.edits(0);
  if (!edits) return edits.error();
  auto deletions = correlate::deletions(*edits);
  if (auto found = deletions.find(entry.id); found != deletions.end()) out.deleted = found->second;
  auto others = neighbours(store, entry.id);
  if (!others) return others.error();
  if (!out.revisions.empty()) out.copies = correlate::copies_of(out.revisions.back(), *others);
  out.entry = std::move(entry);
  return out;
}

std::string_view name_of(model::IdentityKind kind) {
  switch (kind) {
    case model::IdentityKind::kGuid:
      return "its guid";
    case model::IdentityKind::kLink:
      return "its link";
    case model::IdentityKind::kContent:
      return "its text";
  }
  return "its text";
}

std::string to_text(const std::optional<model::Timestamp>& time) {
  return time ? model::to_iso(time->at, time->precision) : "";
}

// In what two revisions differ, by name: all that makes a revision (model::revision_hash()), and
// when its feed says that it was updated.
std::vector<std::pair<const char*, std::vector<Change>>> changes(const Revision& before,
                                                                 const Revision& after) {
  std::vector<std::pair<const char*, std::vector<Change>>> out;
  auto add = [&](const char* name, const std::string& a, const std::string& b) {
    if (a != b) out.emplace_back(name, feeds::render::diff(a, b));
  };
  auto joined = [](const auto& list) { return fmt::format("{}", fmt::join(list, ", ")); };
  add("title", before.title, after.title);
  add("text", before.body, after.body);
  if (before.body == after.body) add("markup", before.html, after.html);
  add("link", before.url, after.url);
  add("publisher", before.publisher, after.publisher);
  add("authors", joined(before.authors), joined(after.authors));
  add("tags", joined(before.tags), joined(after.tags));
  add("comments", before.comments_url, after.comments_url);
  add("in_reply_to", before.in_reply_to, after.in_reply_to);
  add("published", to_text(before.published), to_text(after.published));
  add("updated", to_text(before.updated), to_text(after.updated));
  return out;
}

boost::json::array to_json(const std::vector<Change>& script) {
  constexpr const char* kNames[] = {"same", "removed", "added"};
  boost::json::array out;
  for (const auto& [kind, text] : script) {
    out.push_back(boost::json::object{{kNames[static_cast<std::size_t>(kind)], text}});
  }
  return out;
}

boost::json::object to_json(const Answer& answer) {
  boost::json::array revisions, copies;
  for (std::size_t i = 0; i < answer.revisions.size(); ++i) {
    const auto& one = answer.revisions[i];
    boost::json::object changed;
    if (i > 0) {
      for (const auto& [name, script] : changes(answer.revisions[i - 1], one)) {
        changed[name] = to_json(script);
      }
    }
    revisions.push_back(boost::json::object{
        {"number", one.number},
        {"title", one.title},
        {"published", one.published ? boost::json::value(model::to_iso(one.published->at))
                                    : boost::json::value(nullptr)},
        {"seen_at", model::to_iso(one.seen_at)},
        {"known_at", model::to_iso(one.known_at)},
        {"document", one.document_id},
        {"place", one.place},
        {"changed", std::move(changed)}});
  }
  for (const auto& copy : answer.copies) {
    copies.push_back(boost::json::object{
        {"entry", copy.entry_id}, {"share", copy.share}, {"reason", copy.reason}});
  }
  boost::json::object out{
      {"entry", answer.entry.id},          {"source", answer.entry.source_id},
      {"identity", answer.entry.identity}, {"first_seen", model::to_iso(answer.entry.first_seen)},
      {"revisions", std::move(revisions)}, {"copies", std::move(copies)}};
  if (answer.entry.gone_at) out["gone_at"] = model::to_iso(*answer.entry.gone_at);
  if (answer.deleted) {
    out["deleted"] = boost::json::object{{"edit", answer.deleted->seq},
                                         {"at", model::to_iso(answer.deleted->at)},
                                         {"who", answer.deleted->who},
                                         {"reason", answer.deleted->value}};
  }
  return out;
}

void print_revisions(const std::vector<Revision>& revisions) {
  bool colour = stdout_is_terminal();
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const auto& one = revisions[i];
    fmt::print("\nrevision {}, seen {}, known {}\n        {} of document {:.12}\n", one.number,
               model::to_iso(one.seen_at), model::to_iso(one.known_at), one.place, one.document_id);
    if (i == 0) {
      fmt::print("        “{}”\n", printable(one.title));
      continue;
    }
    auto changed = changes(revisions[i - 1], one);
    for (const auto& [name, script] : changed) {
      fmt::print("        {}: {}\n", name, feeds::render::to_text(script, colour));
    }
    if (changed.empty()) fmt::print("        nothing that readers see changed\n");
  }
}

void print(const Answer& answer) {
  const auto& entry = answer.entry;
  fmt::print("entry   {}, from {}\n        known by {}: {}\n        first seen {}\n", entry.id,
             printable(answer.source && !answer.source->title.empty() ? answer.source->title
                                                                      : entry.source_id),
             name_of(entry.identity_kind), printable(entry.identity),
             model::to_iso(entry.first_seen));
  if (entry.gone_at) {
    fmt::print("        left out by its feed since {}\n", model::to_iso(*entry.gone_at));
  }
  if (answer.deleted) {
    const auto& edit = *answer.deleted;
    fmt::print("        deleted by {} at {} (edit {}){}\n", printable(edit.who),
               model::to_iso(edit.at), edit.seq,
               edit.reason.empty() ? "" : ": " + printable(edit.reason));
  }
  print_revisions(answer.revisions);
  if (!answer.copies.empty()) fmt::print("\nnear-copies in its story\n");
  for (const auto& copy : answer.copies) {
    fmt::print("  {}  {}\n", copy.entry_id, copy.reason);
  }
}

}  // namespace

int why_entry(store::Store& store, const std::string& id, const Context& context) {
  auto entry = store.entry(id);
  if (!entry) return fail(entry.error());
  if (!*entry) {
    return fail(
        {model::Errc::kNotFound,
         fmt::format("no entry “{}”; faultline timeline --format json shows their ids", id)});
  }
  auto answer = look_up(store, std::move(**entry));
  if (!answer) return fail(answer.error());
  if (context.json) {
    fmt::print("{}\n", boost::json::serialize(to_json(*answer)));
  } else {
    print(*answer);
  }
  return kDone;
}

}  // namespace app
