-- The bytes that records were read from, how they are known again at once, and whether an entry is
-- still in its feed.

ALTER TABLE documents ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_url ON documents (url, fingerprint);

CREATE TABLE document_bytes (
  id TEXT NOT NULL PRIMARY KEY,
  codec TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

ALTER TABLE entries ADD COLUMN dated INTEGER;    -- when it says it was published, at first
ALTER TABLE entries ADD COLUMN gone_at INTEGER;  -- since when its feed leaves it out
CREATE INDEX entries_by_date ON entries (source_id, dated) WHERE dated IS NOT NULL;
