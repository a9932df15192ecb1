-- Revisions go by the number of their entry, which rises as entries come, and no longer by its id,
-- which is a hash: each new revision touched a leaf of a large index that no other one had touched.

CREATE TABLE revisions_by_entry (
  entry INTEGER NOT NULL REFERENCES entries (n),
  number INTEGER NOT NULL CHECK (number > 0),
  content_hash TEXT NOT NULL,
  document_id TEXT NOT NULL,
  place TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  url TEXT NOT NULL,
  canonical_url TEXT NOT NULL,
  language TEXT NOT NULL,
  publisher TEXT NOT NULL,
  authors TEXT NOT NULL,
  tags TEXT NOT NULL,
  comments_url TEXT NOT NULL,
  in_reply_to TEXT NOT NULL,
  published_at INTEGER,
  published_precision INTEGER,
  published_zone TEXT,
  updated_at INTEGER,
  updated_precision INTEGER,
  updated_zone TEXT,
  seen_at INTEGER NOT NULL,
  known_at INTEGER NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT;

INSERT INTO revisions_by_entry
SELECT n, number, content_hash, document_id, place, title, body, html, url, canonical_url, language,
  publisher, authors, tags, comments_url, in_reply_to, published_at, published_precision,
  published_zone, updated_at, updated_precision, updated_zone, seen_at, known_at
FROM revisions JOIN entries ON entries.id = revisions.entry_id
ORDER BY n, number;

DROP TABLE revisions;
ALTER TABLE revisions_by_entry RENAME TO revisions;

-- Segments of the text indexes are merged sixteen at a time instead of four: each word is written
-- again half as often, and a search looks into at most some dozens of segments more. Merging goes on
-- a little with every document; from 64 segments of a size on, all at once.
INSERT INTO entry_words (entry_words, rank) VALUES ('automerge', 16), ('crisismerge', 64);
INSERT INTO entry_grams (entry_grams, rank) VALUES ('automerge', 16), ('crisismerge', 64);
