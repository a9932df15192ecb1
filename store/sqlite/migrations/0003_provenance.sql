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

-- A whole document's words in one segment of the index, instead of one for each megabyte.
INSERT INTO entry_words (entry_words, rank) VALUES ('hashsize', 33554432);
INSERT INTO entry_grams (entry_grams, rank) VALUES ('hashsize', 33554432);
