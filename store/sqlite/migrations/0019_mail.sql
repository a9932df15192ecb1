-- Who wants digests, the digests as they were made, and each mail that is to go out once
-- (store/model/mail.h).

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  query TEXT NOT NULL,
  hour INTEGER NOT NULL,
  zone TEXT NOT NULL,
  when_empty INTEGER NOT NULL,
  state INTEGER NOT NULL,
  token TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  next_at INTEGER,
  told_until INTEGER NOT NULL,
  bounces INTEGER NOT NULL
) STRICT;

CREATE TABLE issues (
  id TEXT PRIMARY KEY,
  query TEXT NOT NULL,
  zone TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE outgoing (
  id TEXT PRIMARY KEY,
  subscription_id TEXT NOT NULL,
  issue_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT;
CREATE INDEX outgoing_by_try ON outgoing (next_try, id) WHERE state < 2;
