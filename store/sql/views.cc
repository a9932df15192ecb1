#include "store/sql/views.h"

#include <utility>

#include <fmt/format.h>

#include "store/sql/queries.h"
#include "store/sql/rows.h"

namespace store::sql {
namespace {

// Runs `sql`, in which {} stands for the condition that `column` is one of the ids, and calls
// each(rows) on every row.
template <typename Each>
Status each_row(Db& db, std::string_view sql, std::string_view column,
                const std::vector<std::string>& ids, Each each) {
  auto among = db.dialect().among(column, ids);
  auto rows = db.rows(fmt::format(fmt::runtime(sql), among.sql), among.values);
  while (rows->next()) each(*rows);
  return rows->status();
}

// Views in the order of their entries' ids, which are asked for in the same order.
class Views {
 public:
  explicit Views(std::vector<EntryView>& views) : views_(views) {}

  // Null where there is none.
  EntryView* of(const std::string& id) {
    while (at_ < views_.size() && views_[at_].entry.id < id) ++at_;
    return at_ < views_.size() && views_[at_].entry.id == id ? &views_[at_] : nullptr;
  }

 private:
  std::vector<EntryView>& views_;
  std::size_t at_ = 0;
};

using Ids = std::vector<std::string>;

Status add_revisions(Db& db, const Ids& ids, std::vector<EntryView>& to) {
  Views views(to);
  return each_row(
      db,
      "SELECT e.id, r.entry, r.number, r.content_hash, r.document_id, r.place, r.title, r.body, "
      "'', r.url, r.canonical_url, r.language, r.publisher, r.authors, r.tags, r.comments_url, "
      "r.in_reply_to, r.published_at, r.published_precision, r.published_zone, r.updated_at, "
      "r.updated_precision, r.updated_zone, r.seen_at, r.known_at FROM entries AS e JOIN "
      "revisions AS r ON r.entry = e.n WHERE {} ORDER BY e.id, r.number",
      "e.id", ids, [&](Rows& rows) {
        model::Revision revision;
        read(rows, revision);
        if (auto* view = views.of(revision.entry_id)) {
          view->revisions.push_back(std::move(revision));
        }
      });
}

// Of the newest revisions.
constexpr std::string_view kNewest =
    " AS x WHERE {} AND revision = (SELECT max(number) FROM revisions JOIN entries ON entry = n "
    "WHERE entries.id = x.entry_id) ORDER BY entry_id";

Status add_extractions(Db& db, const Ids& ids, std::vector<EntryView>& to) {
  Views of_extractions(to);
  auto done = each_row(db, fmt::format("SELECT * FROM extractions{}", kNewest), "entry_id", ids,
                       [&](Rows& rows) {
                         model::Extraction extraction;
                         read(rows, extraction);
                         if (auto* view = of_extractions.of(extraction.entry_id)) {
                           view->extraction = std::move(extraction);
                         }
                       });
  if (!done) return done;
  Views of_claims(to);
  return each_row(
      db, fmt::format("SELECT entry_id, {} FROM claims{}, position", kClaimColumns, kNewest),
      "entry_id", ids, [&](Rows& rows) {
        auto id = rows.text();
        model::Claim claim;
        read(rows, claim);
        auto* view = of_claims.of(id);
        if (view != nullptr && view->extraction) {
          view->extraction->claims.push_back(std::move(claim));
        }
      });
}

Status add_links(Db& db, const Ids& ids, std::vector<EntryView>& to) {
  Views views(to);
  auto done = each_row(db, "SELECT * FROM links WHERE {} ORDER BY entry_id, id", "entry_id", ids,
                       [&](Rows& rows) {
                         model::Link link;
                         read(rows, link);
                         if (auto* view = views.of(link.entry_id)) {
                           view->links.push_back(std::move(link));
                         }
                       });
  if (!done) return done;
  Views of_reasons(to);
  std::size_t at = 0;  // in the links of `last`
  const EntryView* last = nullptr;
  return each_row(
      db,
      "SELECT l.entry_id, l.id, feature, bits, text FROM links AS l JOIN link_reasons ON link_id = "
      "l.id WHERE {} ORDER BY l.entry_id, l.id, position",
      "l.entry_id", ids, [&](Rows& rows) {
        auto entry = rows.text();
        auto id = rows.text();
        model::Reason reason;
        read(rows, reason);
        auto* view = of_reasons.of(entry);
        if (view == nullptr) return;
        if (std::exchange(last, view) != view) at = 0;
        while (at < view->links.size() && view->links[at].id < id) ++at;
        if (at < view->links.size()) view->links[at].reasons.push_back(std::move(reason));
      });
}

Status add_verdicts(Db& db, const Ids& ids, std::vector<EntryView>& to) {
  Views views(to);
  return each_row(db, "SELECT * FROM verdicts WHERE {} ORDER BY entry_id, id", "entry_id", ids,
                  [&](Rows& rows) {
                    model::Verdict verdict;
                    read(rows, verdict);
                    if (auto* view = views.of(verdict.entry_id)) {
                      view->verdicts.push_back(std::move(verdict));
                    }
                  });
}

}  // namespace

Result<std::vector<EntryView>> entry_views(Db& db, const Ids& ids) {
  std::vector<EntryView> out;
  auto done = each_row(
      db,
      "SELECT e.id, source_id, identity, identity_kind, first_seen, gone_at, coalesce(title, '') "
      "FROM entries AS e LEFT JOIN sources AS s ON s.id = source_id WHERE {} ORDER BY e.id",
      "e.id", ids, [&](Rows& rows) {
        auto& view = out.emplace_back();
        read(rows, view.entry);
        view.source_title = rows.text();
      });
  if (!done) return done.error();
  for (auto* add : {add_revisions, add_extractions, add_links, add_verdicts}) {
    if (done = add(db, ids, out); !done) return done.error();
  }
  return out;
}

Result<std::vector<model::Story>> stories_among(Db& db, const Ids& ids) {
  std::vector<model::Story> out;
  auto done = each_row(db, "SELECT * FROM stories WHERE {} ORDER BY id", "id", ids,
                       [&](Rows& rows) { read(rows, out.emplace_back()); });
  if (!done) return done.error();
  auto story = out.begin();
  done = each_row(
      db, "SELECT story_id, entry_id FROM story_entries WHERE {} ORDER BY story_id, position",
      "story_id", ids, [&](Rows& rows) {
        auto id = rows.text();
        while (story != out.end() && story->id < id) ++story;
        if (story != out.end()) story->entry_ids.push_back(rows.text());
      });
  if (!done) return done.error();
  return out;
}

Result<std::vector<model::Outage>> fused_among(Db& db, const Ids& ids) {
  std::vector<model::Outage> out;
  auto done = each_row(db, "SELECT * FROM fused WHERE {} ORDER BY id", "id", ids,
                       [&](Rows& rows) { read(rows, out.emplace_back()); });
  if (!done) return done.error();
  return out;
}

}  // namespace store::sql
