#include "store/sqlite/rows.h"

#include "store/sqlite/json.h"

namespace store::sqlite {
namespace {

using model::Seconds;
using model::Timestamp;

template <typename Enum>
Enum kind(Rows& rows) {
  return static_cast<Enum>(rows.integer());
}

// The next column as `read` reads it, or nothing where it is null.
template <typename T, typename Read>
std::optional<T> maybe(Rows& rows, Read read_value) {
  if (rows.null()) {
    rows.skip();
    return std::nullopt;
  }
  return T(read_value());
}

std::optional<model::Instant> maybe_instant(Rows& rows) {
  return maybe<model::Instant>(rows, [&] { return rows.instant(); });
}
std::optional<Seconds> maybe_seconds(Rows& rows) {
  return maybe<Seconds>(rows, [&] { return Seconds(rows.integer()); });
}

Timestamp timestamp(Rows& rows) {
  Timestamp time;
  time.at = rows.instant();
  time.precision = kind<model::Precision>(rows);
  time.zone = rows.text();
  return time;
}

std::optional<Timestamp> maybe_timestamp(Rows& rows) {
  if (!rows.null()) return timestamp(rows);
  for (int column = 0; column < 3; ++column) rows.skip();
  return std::nullopt;
}

void add(Values& out, const std::optional<Timestamp>& time) {
  out.emplace_back(time ? std::optional(time->at) : std::nullopt);
  out.emplace_back(time ? std::optional(time->precision) : std::nullopt);
  out.emplace_back(time ? std::optional(time->zone) : std::nullopt);
}

void add(Values& out, const model::Scope& scope) {
  for (const auto& value : Values{scope.country, scope.region, scope.asn, scope.prefix}) {
    out.push_back(value);
  }
}

void read_scope(Rows& rows, model::Scope& scope) {
  scope.country = rows.text();
  scope.region = rows.text();
  scope.asn =
      maybe<std::uint32_t>(rows, [&] { return static_cast<std::uint32_t>(rows.integer()); });
  scope.prefix = rows.text();
}

template <typename List>
void read_list(Rows& rows, List& list) {
  if (!from_json(rows.text(), list)) rows.damaged("a list that cannot be read");
}

void read_span(Rows& rows, model::Span& span) {
  span.begin = static_cast<std::size_t>(rows.integer());
  span.end = static_cast<std::size_t>(rows.integer());
  span.text = rows.text();
}

void append(Values& out, const Values& more) { out.insert(out.end(), more.begin(), more.end()); }

}  // namespace

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
}
Values values(const model::Document& d) {
  return {d.source_id, d.id, d.url, d.format, d.size, d.fetched_at};
}

void read(Rows& rows, model::Entry& e) {
  e.id = rows.text();
  e.source_id = rows.text();
  e.identity = rows.text();
  e.identity_kind = kind<model::IdentityKind>(rows);
  e.first_seen = rows.instant();
}
Values values(const model::Entry& e) {
  return {e.id, e.source_id, e.identity, e.identity_kind, e.first_seen};
}

void read(Rows& rows, model::Revision& r) {
  r.entry_id = rows.text();
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
Values values(const model::Revision& r) {
  Values out{r.entry_id,
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
}
Values values(const model::Outage& o) {
  Values out{o.id, o.number, model::outage_hash(o)};
  add(out, o.scope);
  append(out, {o.start, o.end, o.start_uncertainty, o.end_uncertainty, o.open, o.depth, o.cause,
               json_of(o.measurements), o.document_id, o.place, o.seen_at});
  return out;
}

void read(Rows& rows, model::Signal& s) {
  s.id = rows.text();
  read_scope(rows, s.scope);
  s.source = rows.text();
  s.kind = rows.text();
  s.unit = rows.text();
  s.from = rows.instant();
  s.step = Seconds(rows.integer());
  read_list(rows, s.values);
  s.document_id = rows.text();
  s.place = rows.text();
}
Values values(const model::Signal& s) {
  Values out{s.id};
  add(out, s.scope);
  append(out,
         {s.source, s.kind, s.unit, s.from, s.step, json_of(s.values), s.document_id, s.place});
  return out;
}

void read(Rows& rows, model::Edit& e) {
  e.seq = rows.integer();
  e.at = rows.instant();
  e.who = rows.text();
  e.kind = kind<model::EditKind>(rows);
  e.target = rows.text();
  e.value = rows.text();
}
Values values(const model::Edit& e) { return {e.at, e.who, e.kind, e.target, e.value}; }

void read(Rows& rows, Change& c) {
  c.seq = rows.integer();
  c.kind = kind<ChangeKind>(rows);
  c.id = rows.text();
}

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
          c.ongoing};
}

void read(Rows& rows, model::Link& l) {
  l.id = rows.text();
  l.entry_id = rows.text();
  l.revision = static_cast<int>(rows.integer());
  l.outage_id = rows.text();
  l.probability = rows.real();
}
Values values(const model::Link& l) {
  return {l.id, l.entry_id, l.revision, l.outage_id, l.probability};
}

void read(Rows& rows, model::Reason& r) {
  r.feature = rows.text();
  r.bits = rows.real();
  r.text = rows.text();
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
}
Values values(const model::Verdict& v) {
  return {v.id,      v.claim_id, v.entry_id, v.revision, v.outage_id,
          v.verdict, v.claimed,  v.measured, v.note};
}

void read(Rows& rows, model::Story& s) {
  s.id = rows.text();
  s.title = rows.text();
}

void read(Rows& rows, model::Incident& i) {
  i.id = rows.text();
  i.title = rows.text();
  i.span.from = rows.instant();
  i.span.to = rows.instant();
}

void read(Rows& rows, std::string& text) { text = rows.text(); }
void read(Rows& rows, std::int64_t& number) { number = rows.integer(); }
void read(Rows& rows, std::pair<std::string, std::string>& both) {
  both.first = rows.text();
  both.second = rows.text();
}

}  // namespace store::sqlite
