#include "store/sql/columns.h"
#include "store/sql/rows.h"

namespace store::sql {

void read(Rows& rows, model::Poll& p) {
  p.url = rows.text();
  p.title = rows.text();
  read_list(rows, p.groups);
  p.source_id = rows.text();
  p.added_at = rows.instant();
  for (auto* text : {&p.address, &p.etag, &p.last_modified, &p.validators_url}) {
    *text = rows.text();
  }
  for (auto* at : {&p.last_poll, &p.last_success, &p.last_new, &p.failing_since}) {
    *at = maybe_instant(rows);
  }
  p.failures = static_cast<int>(rows.integer());
  p.last_status = static_cast<int>(rows.integer());
  p.last_error = rows.text();
  p.next_poll = maybe_instant(rows);
  p.next_reason = rows.text();
  p.rhythm.since = maybe_instant(rows);
  p.rhythm.at = rows.instant();
  p.rhythm.slow = rows.real();
  p.rhythm.fast = rows.real();
  p.wishes.ttl = model::Seconds(rows.integer());
  p.wishes.period = model::Seconds(rows.integer());
  p.wishes.skip_hours = static_cast<std::uint32_t>(rows.integer());
  p.wishes.skip_days = static_cast<std::uint32_t>(rows.integer());
  p.move.to = rows.text();
  p.move.first_seen = maybe_instant(rows);
  p.move.last_seen = maybe_instant(rows);
  p.move.sightings = static_cast<int>(rows.integer());
  for (auto* text : {&p.push.hub, &p.push.topic, &p.push.secret}) *text = rows.text();
  p.push.asked_at = maybe_instant(rows);
  p.push.until = maybe_instant(rows);
  for (auto* text : {&p.suggestion, &p.adapter, &p.cursor}) *text = rows.text();
}

Values values(const model::Poll& p) {
  Values out{p.url,     p.title, json_of(p.groups), p.source_id,     p.added_at,
             p.address, p.etag,  p.last_modified,   p.validators_url};
  append(out, {p.last_poll, p.last_success, p.last_new, p.failing_since, p.failures, p.last_status,
               p.last_error, p.next_poll, p.next_reason});
  append(out, {p.rhythm.since, p.rhythm.at, p.rhythm.slow, p.rhythm.fast, p.wishes.ttl,
               p.wishes.period, p.wishes.skip_hours, p.wishes.skip_days});
  append(out, {p.move.to, p.move.first_seen, p.move.last_seen, p.move.sightings});
  append(out, {p.push.hub, p.push.topic, p.push.secret, p.push.asked_at, p.push.until, p.suggestion,
               p.adapter, p.cursor});
  return out;
}

}  // namespace store::sql
