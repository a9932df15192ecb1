#include "store/sql/columns.h"
#include "store/sql/rows.h"

namespace store::sql {

void read(Rows& rows, model::Extraction& e) {
  e.entry_id = rows.text();
  e.revision = static_cast<int>(rows.integer());
  e.language = rows.text();
  e.happening = kind<model::Happening>(rows);
  e.happened = timestamp(rows);
  e.outage_score = rows.real();
  if (!found_from_json(rows.text(), e)) rows.damaged("an extraction that cannot be read");
}
Values values(const model::Extraction& e) {
  return {e.entry_id,           e.revision,      e.language,     e.happening,     e.happened.at,
          e.happened.precision, e.happened.zone, e.outage_score, json_of_found(e)};
}

void read(Rows& rows, model::Claim& c) {
  c.id = rows.text();
  c.kind = kind<model::ClaimKind>(rows);
  read_span(rows, c.span);
  read_span(rows, c.sentence);
  c.value = rows.text();
  c.mod = rows.text();
  c.zone = rows.text();
  auto from = maybe_instant(rows);
  auto to = maybe_instant(rows);
  if (from && to) c.interval = {*from, *to};
  read_list(rows, c.countries);
  c.speaker = rows.text();
  c.hedged = rows.integer() != 0;
  c.denied = rows.integer() != 0;
  c.ongoing = rows.integer() != 0;
  if (!detail_from_json(rows.text(), c)) rows.damaged("a claim that cannot be read");
}
Values values(const model::Extraction& of, std::size_t position) {
  const auto& c = of.claims[position];
  return {of.entry_id,
          of.revision,
          position,
          c.id,
          c.kind,
          c.span.begin,
          c.span.end,
          c.span.text,
          c.sentence.begin,
          c.sentence.end,
          c.sentence.text,
          c.value,
          c.mod,
          c.zone,
          c.interval ? std::optional(c.interval->from) : std::nullopt,
          c.interval ? std::optional(c.interval->to) : std::nullopt,
          json_of(c.countries),
          c.speaker,
          c.hedged,
          c.denied,
          c.ongoing,
          json_of_detail(c)};
}

void read(Rows& rows, model::Link& l) {
  l.id = rows.text();
  l.entry_id = rows.text();
  l.revision = static_cast<int>(rows.integer());
  l.outage_id = rows.text();
  l.probability = rows.real();
  l.relation = kind<model::LinkRelation>(rows);
  l.dependent = rows.integer() != 0;
  l.any = rows.real();
  if (!from_json(rows.text(), l.hypotheses)) rows.damaged("a link that cannot be read");
  l.decoys = static_cast<int>(rows.integer());
  l.decoys_as_high = static_cast<int>(rows.integer());
  l.q = rows.real();
}
Values values(const model::Link& l) {
  return {l.id,
          l.entry_id,
          l.revision,
          l.outage_id,
          l.probability,
          l.relation,
          l.dependent,
          l.any,
          json_of(l.hypotheses),
          l.decoys,
          l.decoys_as_high,
          l.q};
}

void read(Rows& rows, model::Reason& r) {
  r.feature = rows.text();
  r.bits = rows.real();
  r.text = rows.text();
}

Values values(const model::Link& of, const model::Reason& r, std::size_t position) {
  return {of.id, position, r.feature, r.bits, r.text};
}

void read(Rows& rows, model::Verdict& v) {
  v.id = rows.text();
  v.claim_id = rows.text();
  v.entry_id = rows.text();
  v.revision = static_cast<int>(rows.integer());
  v.outage_id = rows.text();
  v.verdict = kind<model::VerdictKind>(rows);
  v.claimed = rows.text();
  v.measured = rows.text();
  v.note = rows.text();
  v.source = rows.text();
}
Values values(const model::Verdict& v) {
  return {v.id,      v.claim_id, v.entry_id, v.revision, v.outage_id,
          v.verdict, v.claimed,  v.measured, v.note,     v.source};
}

void read(Rows& rows, model::Story& s) {
  s.id = rows.text();
  s.title = rows.text();
  s.origins = static_cast<int>(rows.integer());
}

Values values(const model::Story& s) { return {s.id, s.title, s.origins}; }

void read(Rows& rows, model::Incident& i) {
  i.id = rows.text();
  i.title = rows.text();
  i.span.from = rows.instant();
  i.span.to = rows.instant();
  if (!detail_from_json(rows.text(), i)) rows.damaged("an incident that cannot be read");
}

Values values(const model::Incident& i) {
  return {i.id, i.title, i.span.from, i.span.to, json_of_detail(i)};
}

}  // namespace store::sql
