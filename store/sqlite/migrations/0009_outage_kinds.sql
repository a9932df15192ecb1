-- What an outage record is, how it came to be known, whether its start is only where watching
-- began, what its source says beyond our columns, and when we first heard of it.

ALTER TABLE outages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outages ADD COLUMN basis INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outages ADD COLUMN start_censored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outages ADD COLUMN extra TEXT NOT NULL DEFAULT '';
ALTER TABLE outages ADD COLUMN first_seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE outages SET first_seen_at = (
  SELECT first.seen_at FROM outages AS first WHERE first.id = outages.id AND first.number = 1);

-- What correlation makes of the records: what several of them say together about one outage …
CREATE TABLE fused (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  asn INTEGER,
  prefix TEXT NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER,
  start_uncertainty INTEGER,
  end_uncertainty INTEGER,
  open INTEGER NOT NULL,
  depth REAL,
  cause TEXT NOT NULL,
  measurements TEXT NOT NULL,
  document_id TEXT NOT NULL,
  place TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  basis INTEGER NOT NULL,
  start_censored INTEGER NOT NULL,
  extra TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX fused_by_start ON fused (start_at, id);
CREATE INDEX fused_by_country ON fused (country, start_at);

CREATE TABLE fused_records (
  record_id TEXT NOT NULL PRIMARY KEY,
  outage_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fused_records_by_outage ON fused_records (outage_id);

-- … and the outages found in a series of signals.
CREATE TABLE detections (
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  asn INTEGER,
  prefix TEXT NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER,
  start_uncertainty INTEGER,
  end_uncertainty INTEGER,
  open INTEGER NOT NULL,
  depth REAL,
  cause TEXT NOT NULL,
  measurements TEXT NOT NULL,
  document_id TEXT NOT NULL,
  place TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  basis INTEGER NOT NULL,
  start_censored INTEGER NOT NULL,
  extra TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  series TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (series, position)
) STRICT;
