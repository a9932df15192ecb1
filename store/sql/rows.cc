#include "store/sql/rows.h"

#include "store/sql/columns.h"

namespace store::sql {
void read(Rows& rows, model::Source& s) {
  s.id = rows.text();
  s.url = rows.text();
  s.kind = kind<model::SourceKind>(rows);
  s.title = rows.text();
  s.home = rows.text();
  s.language = rows.text();
  s.added_at = rows.instant();
}
Values values(const model::Source& s) {
  return {s.id, s.url, s.kind, s.title, s.home, s.language, s.added_at};
}

void read(Rows& rows, model::Document& d) {
  d.source_id = rows.text();
  d.id = rows.text();
  d.url = rows.text();
  d.format = rows.text();
  d.size = static_cast<std::uint64_t>(rows.integer());
  d.fetched_at = rows.instant();
  d.fingerprint = rows.text();
}
Values values(const model::Document& d) {
  return {d.source_id, d.id, d.url, d.format, d.size, d.fetched_at, d.fingerprint};
}

void read(Rows& rows, model::RawDocument& r) {
  r.id = rows.text();
  r.codec = rows.text();
  r.bytes = rows.blob();
}
Values values(const model::RawDocument& r) { return {r.id, r.codec, Blob{r.bytes}}; }

void read(Rows& rows, model::Entry& e) {
  e.id = rows.text();
  e.source_id = rows.text();
  e.identity = rows.text();
  e.identity_kind = kind<model::IdentityKind>(rows);
  e.first_seen = rows.instant();
  e.gone_at = maybe_instant(rows);
}
Values values(const model::Entry& e) {
  return {e.id, e.source_id, e.identity, e.identity_kind, e.first_seen};
}

void read(Rows& rows, model::Revision& r) {
  r.entry_id = rows.text();
  rows.skip();  // entry
  r.number = static_cast<int>(rows.integer());
  for (auto* field : {&r.content_hash, &r.document_id, &r.place, &r.title, &r.body, &r.html, &r.url,
                      &r.canonical_url, &r.language, &r.publisher}) {
    *field = rows.text();
  }
  read_list(rows, r.authors);
  read_list(rows, r.tags);
  r.comments_url = rows.text();
  r.in_reply_to = rows.text();
  r.published = maybe_timestamp(rows);
  r.updated = maybe_timestamp(rows);
  r.seen_at = rows.instant();
  r.known_at = rows.instant();
}
Values values(std::int64_t entry, const model::Revision& r) {
  Values out{entry,
             r.number,
             r.content_hash,
             r.document_id,
             r.place,
             r.title,
             r.body,
             r.html,
             r.url,
             r.canonical_url,
             r.language,
             r.publisher,
             json_of(r.authors),
             json_of(r.tags),
             r.comments_url,
             r.in_reply_to};
  add(out, r.published);
  add(out, r.updated);
  append(out, {r.seen_at, r.known_at});
  return out;
}

void read(Rows& rows, model::Outage& o) {
  o.id = rows.text();
  o.number = static_cast<int>(rows.integer());
  rows.skip();  // hash
  read_scope(rows, o.scope);
  o.start = rows.instant();
  o.end = maybe_instant(rows);
  o.start_uncertainty = maybe_seconds(rows);
  o.end_uncertainty = maybe_seconds(rows);
  o.open = rows.integer() != 0;
  o.depth = maybe<double>(rows, [&] { return rows.real(); });
  o.cause = rows.text();
  read_list(rows, o.measurements);
  o.document_id = rows.text();
  o.place = rows.text();
  o.seen_at = rows.instant();
  rows.skip();  // newest
  o.kind = kind<model::OutageKind>(rows);
  o.basis = kind<model::Basis>(rows);
  o.start_censored = rows.integer() != 0;
  o.extra = rows.text();
  o.first_seen_at = rows.instant();
}
Values values(const model::Outage& o) {
  Values out{o.id, o.number, model::outage_hash(o)};
  add(out, o.scope);
  append(out, {o.start, o.end, o.start_uncertainty, o.end_uncertainty, o.open, o.depth, o.cause,
               json_of(o.measurements), o.document_id, o.place, o.seen_at, true, o.kind, o.basis,
               o.start_censored, o.extra, o.first_seen_at});
  return out;
}

void read(Rows& rows, model::Signal& s) {
  s.id = rows.text();
  read_scope(rows, s.scope);
  s.source = rows.text();
  s.kind = rows.text();
  s.unit = rows.text();
  s.from = rows.instant();
  s.step = model::Seconds(rows.integer());
  s.document_id = rows.text();
  s.place = rows.text();
}
Values values(const model::Signal& s) {
  Values out{s.id};
  add(out, s.scope);
  append(out, {s.source, s.kind, s.unit, s.from, s.step, s.document_id, s.place});
  return out;
}

void read(Rows& rows, model::NameList& l) {
  l.id = rows.text();
  l.title = rows.text();
  l.licence = rows.text();
  l.source = rows.text();
  l.imported_at = rows.instant();
  l.records = rows.integer();
  l.names = rows.integer();
  l.bytes = rows.blob();
}

Values values(const model::NameList& l) {
  return {l.id, l.title, l.licence, l.source, l.imported_at, l.records, l.names, Blob{l.bytes}};
}

void read(Rows& rows, model::Token& t) {
  t.id = rows.text();
  t.name = rows.text();
  t.role = kind<model::Role>(rows);
  t.hash = rows.text();
  t.created_at = rows.instant();
  t.expires_at = maybe_instant(rows);
}

Values values(const model::Token& t) {
  return {t.id, t.name, t.role, t.hash, t.created_at, t.expires_at};
}

void read(Rows& rows, model::Edit& e) {
  e.seq = rows.integer();
  e.at = rows.instant();
  e.who = rows.text();
  e.kind = kind<model::EditKind>(rows);
  e.target = rows.text();
  e.value = rows.text();
  e.field = rows.text();
  e.reason = rows.text();
  read_list(rows, e.entries);
}
Values values(const model::Edit& e) {
  return {e.at, e.who, e.kind, e.target, e.value, e.field, e.reason, json_of(e.entries)};
}

void read(Rows& rows, Change& c) {
  c.seq = rows.integer();
  c.kind = kind<ChangeKind>(rows);
  c.id = rows.text();
}

void read(Rows& rows, std::string& text) { text = rows.text(); }
void read(Rows& rows, std::int64_t& number) { number = rows.integer(); }
void read(Rows& rows, std::pair<std::string, std::string>& both) {
  both.first = rows.text();
  both.second = rows.text();
}

}  // namespace store::sql
