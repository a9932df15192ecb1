#include "store/sql/check.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "store/sql/rows.h"

namespace store::sql {
namespace {

// A statement that selects, as one text each, what is wrong; `what` says it around that text.
struct Rule {
  std::string_view where;
  std::string_view what;
  std::string_view sql;
  std::string_view advice;
};

// Facts, and what people and mails depend on.
constexpr Rule kFacts[] = {
    {"documents", "document {} is of no source",
     "SELECT id FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = "
     "d.source_id)",
     kBringBack},
    {"documents", "the bytes of document {} are missing",
     "SELECT id FROM documents AS d WHERE fingerprint <> '' AND NOT EXISTS (SELECT 1 FROM "
     "document_bytes WHERE id = d.id)",
     kBringBack},
    {"document_bytes", "the bytes {} are of no document",
     "SELECT id FROM document_bytes AS b WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = "
     "b.id)",
     kBringBack},
    {"entries", "entry {} is of no source",
     "SELECT id FROM entries AS e WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = e.source_id)",
     kBringBack},
    {"entries", "entry {} has no revision",
     "SELECT id FROM entries AS e WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE entry = e.n)",
     kBringBack},
    {"revisions", "revisions of entry number {} have no entry",
     "SELECT CAST(entry AS TEXT) FROM revisions AS r WHERE number = 1 AND NOT EXISTS (SELECT 1 "
     "FROM entries WHERE n = r.entry)",
     kBringBack},
    {"revisions", "numbers of the revisions of entry number {} are missing",
     "SELECT CAST(entry AS TEXT) FROM revisions GROUP BY entry HAVING min(number) <> 1 OR "
     "max(number) <> count(*)",
     kBringBack},
    {"revisions", "revision {} was read from a document that is not there",
     "SELECT e.id || ' ' || CAST(r.number AS TEXT) FROM revisions AS r JOIN entries AS e ON e.n = "
     "r.entry WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = r.document_id)",
     kBringBack},
    {"outages",
     "of outage {} numbers of its revisions are missing, or not the last one alone is "
     "marked the newest",
     "SELECT id FROM outages GROUP BY id HAVING min(number) <> 1 OR max(number) <> count(*) OR "
     "sum(CASE WHEN newest THEN 1 ELSE 0 END) <> 1 OR max(CASE WHEN newest THEN number END) <> "
     "max(number)",
     kBringBack},
    {"outages", "outage {} was read from a document that is not there",
     "SELECT id || ' ' || CAST(number AS TEXT) FROM outages AS o WHERE NOT EXISTS (SELECT 1 FROM "
     "documents WHERE id = o.document_id)",
     kBringBack},
    {"signals", "signal {} was read from a document that is not there",
     "SELECT id FROM signals AS s WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = "
     "s.document_id)",
     kBringBack},
    {"signal_blocks", "samples of {} are of no signal",
     "SELECT signal FROM signal_blocks AS b WHERE NOT EXISTS (SELECT 1 FROM signals WHERE id = "
     "b.signal) GROUP BY signal",
     kBringBack},
    {"signal_blocks", "blocks of samples of signal {} are missing",
     "SELECT signal FROM signal_blocks GROUP BY signal HAVING min(block) <> 0 OR max(block) + 1 "
     "<> count(*)",
     kBringBack},
    {"source_states", "what is remembered of source {} is of none that is there",
     "SELECT source FROM source_states AS s WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = "
     "s.source)",
     kBringBack},
    {"edits", "numbers of edits are missing before {}",
     "SELECT CAST(last AS TEXT) FROM (SELECT max(seq) AS last, count(*) AS made FROM edits) AS e "
     "WHERE last <> made",
     kBringBack},
    {"edits", "edit {} undoes one that is not there before it",
     "SELECT CAST(seq AS TEXT) FROM edits AS e WHERE kind = 6 AND NOT EXISTS (SELECT 1 FROM edits "
     "AS t WHERE t.seq = (CASE WHEN e.kind = 6 THEN CAST(e.target AS BIGINT) END) AND t.seq < "
     "e.seq)",
     kBringBack},
    {"changes", "numbers of changes are missing before {}",
     "SELECT CAST(last AS TEXT) FROM (SELECT max(seq) AS last, min(seq) AS first_one, count(*) AS "
     "made FROM changes) AS c WHERE made > 0 AND last - first_one + 1 <> made",
     kBringBack},
    {"changes", "change {} is of an entry that is not there",
     "SELECT CAST(seq AS TEXT) FROM changes AS c WHERE kind = 0 AND NOT EXISTS (SELECT 1 FROM "
     "entries WHERE id = c.id)",
     kBringBack},
    {"changes", "change {} is of an outage that is not there",
     "SELECT CAST(seq AS TEXT) FROM changes AS c WHERE kind = 1 AND NOT EXISTS (SELECT 1 FROM "
     "outages WHERE id = c.id)",
     kBringBack},
    {"changes", "change {} is of a signal that is not there",
     "SELECT CAST(seq AS TEXT) FROM changes AS c WHERE kind = 2 AND NOT EXISTS (SELECT 1 FROM "
     "signals WHERE id = c.id)",
     kBringBack},
    {"changes", "change {} is of an edit that is not there",
     "SELECT CAST(seq AS TEXT) FROM changes AS c WHERE kind = 3 AND NOT EXISTS (SELECT 1 FROM "
     "edits WHERE seq = (CASE WHEN c.kind = 3 THEN CAST(c.id AS BIGINT) END))",
     kBringBack},
    {"outgoing", "mail {} is to a subscription that is not there",
     "SELECT id FROM outgoing AS m WHERE NOT EXISTS (SELECT 1 FROM subscriptions WHERE id = "
     "m.subscription_id)",
     kBringBack},
    {"outgoing", "mail {} is of a digest that is not there",
     "SELECT id FROM outgoing AS m WHERE issue_id <> '' AND NOT EXISTS (SELECT 1 FROM issues "
     "WHERE id = m.issue_id)",
     kBringBack},
};

// What correlation made of them.
constexpr Rule kDerived[] = {
    {"extractions", "{} was found in a revision that is not there",
     "SELECT entry_id || ' ' || CAST(revision AS TEXT) FROM extractions AS x WHERE NOT EXISTS "
     "(SELECT 1 FROM entries AS e JOIN revisions AS r ON r.entry = e.n WHERE e.id = x.entry_id AND "
     "r.number = x.revision)",
     kDeriveAgain},
    {"links", "link {} is of a revision that is not there",
     "SELECT id FROM links AS l WHERE NOT EXISTS (SELECT 1 FROM entries AS e JOIN revisions AS r "
     "ON r.entry = e.n WHERE e.id = l.entry_id AND r.number = l.revision)",
     kDeriveAgain},
    {"links", "link {} is to an outage that is not there",
     "SELECT id FROM links AS l WHERE NOT EXISTS (SELECT 1 FROM fused WHERE id = l.outage_id)",
     kDeriveAgain},
    {"verdicts", "verdict {} is on a claim that is not there",
     "SELECT id FROM verdicts AS v WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = v.claim_id "
     "AND entry_id = v.entry_id)",
     kDeriveAgain},
    {"verdicts", "verdict {} rests on an outage that is not there",
     "SELECT id FROM verdicts AS v WHERE outage_id <> '' AND NOT EXISTS (SELECT 1 FROM fused "
     "WHERE id = v.outage_id)",
     kDeriveAgain},
    {"fused_records", "the fused outage rests on {}, which is not there",
     "SELECT record_id FROM fused_records AS f LEFT JOIN (SELECT DISTINCT id FROM detections) AS "
     "d ON d.id = f.record_id WHERE d.id IS NULL AND NOT EXISTS (SELECT 1 FROM outages WHERE id = "
     "f.record_id)",
     kDeriveAgain},
    {"fused_records", "record {} is of a fused outage that is not there",
     "SELECT record_id FROM fused_records AS f WHERE NOT EXISTS (SELECT 1 FROM fused WHERE id = "
     "f.outage_id)",
     kDeriveAgain},
    {"story_entries", "story {} has an entry that is not there",
     "SELECT story_id FROM story_entries AS s WHERE NOT EXISTS (SELECT 1 FROM entries WHERE id = "
     "s.entry_id)",
     kDeriveAgain},
    {"story_entries", "entry {} is in several stories",
     "SELECT entry_id FROM story_entries GROUP BY entry_id HAVING count(*) > 1", kDeriveAgain},
    {"stories", "story {} has no entry",
     "SELECT id FROM stories AS s WHERE NOT EXISTS (SELECT 1 FROM story_entries WHERE story_id = "
     "s.id)",
     kDeriveAgain},
    {"incident_members", "incident {} has a story that is not there",
     "SELECT incident_id FROM incident_members AS m WHERE is_outage = 0 AND NOT EXISTS (SELECT 1 "
     "FROM stories WHERE id = m.member_id)",
     kDeriveAgain},
    {"incident_members", "incident {} has an outage that is not there",
     "SELECT incident_id FROM incident_members AS m WHERE is_outage = 1 AND NOT EXISTS (SELECT 1 "
     "FROM fused WHERE id = m.member_id)",
     kDeriveAgain},
    {"entry_marks", "what queries find of entry number {} is of none that is there",
     "SELECT CAST(entry AS TEXT) FROM entry_marks AS m WHERE NOT EXISTS (SELECT 1 FROM entries "
     "WHERE n = m.entry) OR NOT EXISTS (SELECT 1 FROM marks WHERE id = m.mark)",
     kDeriveAgain},
    {"outage_marks", "what queries find of outage {} is of none that is there",
     "SELECT outage FROM outage_marks AS m WHERE NOT EXISTS (SELECT 1 FROM fused WHERE id = "
     "m.outage) OR NOT EXISTS (SELECT 1 FROM marks WHERE id = m.mark)",
     kDeriveAgain},
    {"meta", "correlation says it has come to change {}, which is not there yet",
     "SELECT value FROM meta WHERE key = 'correlate.seq' AND CAST(value AS BIGINT) > (SELECT "
     "coalesce(max(seq), 0) FROM changes)",
     kDeriveAgain},
};

// A damaged database may find something wrong with every row; what is beyond is only counted.
constexpr std::int64_t kMostLookedAt = 100'000;

Status hold(Checker& checker, const Rule& rule) {
  auto rows = checker.db().rows(std::string(rule.sql) + " LIMIT ?", {kMostLookedAt});
  while (rows->next()) {
    checker.found(fmt::format(fmt::runtime(rule.what), rows->text()), rule.advice);
  }
  return rows->status();
}

}  // namespace

void Checker::told(Trouble trouble) {
  ++troubles_;
  tell_(trouble);
}

void Checker::found(std::string what, std::string_view advice) {
  if (++of_this_ <= kMostTold) told({where_, std::move(what), std::string(advice)});
}

void Checker::found(const model::Error& error) {
  std::string_view message = error.message;
  while (message.ends_with('.')) message.remove_suffix(1);
  auto advice = message.rfind("; ");
  if (advice == std::string_view::npos) return found(std::string(message), kBringBack);
  found(std::string(message.substr(0, advice)), message.substr(advice + 2));
}

Status Checker::one(std::string_view where, const std::function<Status()>& check) {
  where_ = where;
  of_this_ = 0;
  ++checks_;
  if (options_.at) options_.at(where);
  auto done = db_.begin_reading();
  if (done) done = check();
  db_.end_reading();
  if (!done && !db_.alive()) return done;
  if (!done) found(done.error());
  if (of_this_ > kMostTold) {
    told({where_, fmt::format("and {} more of this kind", of_this_ - kMostTold),
          std::string("see the first of them")});
  }
  return {};
}

Status Checker::run(TextCheck& texts) {
  for (const auto& rules : {std::pair(std::begin(kFacts), std::end(kFacts)),
                            std::pair(std::begin(kDerived), std::end(kDerived))}) {
    for (const auto* rule = rules.first; rule != rules.second; ++rule) {
      if (auto done = one(rule->where, [&] { return hold(*this, *rule); }); !done) return done;
    }
  }
  return options_.quick ? Status() : check_contents(*this, texts);
}

}  // namespace store::sql
