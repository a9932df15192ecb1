#include "store/sql/columns.h"
#include "store/sql/rows.h"
#include "store/sql/writer.h"

namespace store::sql {

void read(Rows& rows, model::Subscription& s) {
  s.id = rows.text();
  s.address = rows.text();
  s.query = rows.text();
  s.hour = static_cast<int>(rows.integer());
  s.zone = rows.text();
  s.when_empty = rows.integer() != 0;
  s.state = kind<model::Subscription::State>(rows);
  s.token = rows.text();
  s.created_at = rows.instant();
  s.next_at = maybe_instant(rows);
  s.told_until = rows.instant();
  s.bounces = static_cast<int>(rows.integer());
  s.kind = kind<model::Subscription::Kind>(rows);
  s.channel = kind<model::Subscription::Channel>(rows);
  s.told_change = rows.integer();
  s.threshold = static_cast<int>(rows.integer());
  s.quiet = model::Seconds(rows.integer());
  s.secret = rows.text();
}

Values values(const model::Subscription& s) {
  return {s.id,    s.address, s.query,       s.hour,      s.zone,          s.when_empty,
          s.state, s.token,   s.created_at,  s.next_at,   s.told_until,    s.bounces,
          s.kind,  s.channel, s.told_change, s.threshold, s.quiet.count(), s.secret};
}

void read(Rows& rows, model::Issue& i) {
  i.id = rows.text();
  i.query = rows.text();
  i.zone = rows.text();
  i.window.from = rows.instant();
  i.window.to = rows.instant();
  i.made_at = rows.instant();
  i.content = rows.text();
}

Values values(const model::Issue& i) {
  return {i.id, i.query, i.zone, i.window.from, i.window.to, i.made_at, i.content};
}

void read(Rows& rows, model::Outgoing& o) {
  o.id = rows.text();
  o.subscription_id = rows.text();
  o.issue_id = rows.text();
  o.state = kind<model::Outgoing::State>(rows);
  o.attempts = static_cast<int>(rows.integer());
  o.next_try = rows.instant();
  o.answer = rows.text();
}

Values values(const model::Outgoing& o) {
  return {o.id, o.subscription_id, o.issue_id, o.state, o.attempts, o.next_try, o.answer};
}

Status SqlWriter::put(const model::Subscription& s) {
  edited_ = true;  // who said yes, or no more, must outlive a power cut
  auto done = db_.run("DELETE FROM subscriptions WHERE id = ? OR token = ?", {s.id, s.token});
  if (!done) return done;
  return db_.insert("subscriptions", values(s));
}

Result<Put> SqlWriter::put(const model::Issue& i) { return put_once("issues", values(i)); }

Result<Put> SqlWriter::put(const model::Outgoing& o) { return put_once("outgoing", values(o)); }

Status SqlWriter::update(const model::Outgoing& o) {
  edited_ = true;  // that a mail has gone out must outlive a power cut
  return replace("outgoing", values(o));
}

}  // namespace store::sql
