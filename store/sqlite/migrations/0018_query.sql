-- What queries ask of entries and outages, where it can be found at once (store/rules/facts.h).

-- When an entry was published (until `published_to`), when it was first known, and when what it
-- reports took place; what it is ordered by is `shown_at`.
ALTER TABLE entries ADD COLUMN shown_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN published_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN learned_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN happened_from INTEGER;
ALTER TABLE entries ADD COLUMN happened_to INTEGER;
ALTER TABLE entries ADD COLUMN publisher INTEGER;  -- a mark
UPDATE entries SET
  (shown_at, published_to) = (
    SELECT coalesce(published_at, known_at),
      CASE published_precision
        WHEN 1 THEN published_at + 60
        WHEN 2 THEN published_at + 3600
        WHEN 3 THEN published_at + 86400
        WHEN 4 THEN unixepoch(published_at, 'unixepoch', '+1 month')
        WHEN 5 THEN unixepoch(published_at, 'unixepoch', '+1 year')
        ELSE coalesce(published_at, known_at) + 1
      END
    FROM revisions WHERE entry = n ORDER BY number DESC LIMIT 1),
  learned_at = (SELECT known_at FROM revisions WHERE entry = n AND number = 1)
WHERE EXISTS (SELECT 1 FROM revisions WHERE entry = n);
CREATE INDEX entries_by_shown ON entries (shown_at, id);

-- Values that fields find. `field` is the number of query::Field; 100 are words of outages, 101
-- publishers.
CREATE TABLE marks (
  id INTEGER PRIMARY KEY,
  field INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (field, value)
) STRICT;
CREATE TABLE entry_marks (
  mark INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (mark, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_marks_by_entry ON entry_marks (entry);
CREATE TABLE outage_marks (
  mark INTEGER NOT NULL,
  outage TEXT NOT NULL,
  PRIMARY KEY (mark, outage)
) STRICT, WITHOUT ROWID;
CREATE INDEX outage_marks_by_outage ON outage_marks (outage);

CREATE INDEX verdicts_by_verdict ON verdicts (verdict, entry_id);
CREATE INDEX links_by_probability ON links (probability, entry_id);
CREATE INDEX incidents_by_end ON incidents (to_at, id);

-- The next run of correlation fills the marks.
DELETE FROM meta WHERE key = 'correlate.version';
