-- Tables, keys and the reasons for them: store/README.md. Times are seconds since 1970 UTC; a
-- Timestamp is three columns (_at, _precision, _zone), all null when there is none. Kinds and
-- precisions are the numbers of their enums in store/model/. Lists of strings are JSON arrays.

-- Facts -----------------------------------------------------------------------------------------

CREATE TABLE sources (
  id TEXT NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  home TEXT NOT NULL,
  language TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  source_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  format TEXT NOT NULL,
  size INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (source_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_by_id ON documents (id);

CREATE TABLE entries (
  n INTEGER PRIMARY KEY,  -- the rowid of both text indexes
  id TEXT NOT NULL UNIQUE,
  source_id TEXT NOT NULL,
  identity TEXT NOT NULL,
  identity_kind INTEGER NOT NULL,
  first_seen INTEGER NOT NULL
) STRICT;

CREATE TABLE revisions (
  entry_id TEXT NOT NULL REFERENCES entries (id),
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
  PRIMARY KEY (entry_id, number)
) STRICT;

CREATE TABLE outages (
  id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
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
  PRIMARY KEY (id, number)
) STRICT;
CREATE INDEX outages_by_start ON outages (start_at, id) WHERE newest;
CREATE INDEX outages_by_country ON outages (country, start_at) WHERE newest;

CREATE TABLE signals (
  id TEXT NOT NULL PRIMARY KEY,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  asn INTEGER,
  prefix TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  step INTEGER NOT NULL,
  samples TEXT NOT NULL,
  document_id TEXT NOT NULL,
  place TEXT NOT NULL
) STRICT;
CREATE INDEX signals_by_country ON signals (country, id);

CREATE TABLE edits (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  kind INTEGER NOT NULL,
  target TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  id TEXT NOT NULL
) STRICT;

-- Text indexes over the newest revision of each entry ----------------------------------------------
-- The text is cut into pieces before it gets here (store/rules/terms.h) and joined by blanks; the
-- categories make the tokenizer cut at nothing else.

CREATE VIRTUAL TABLE entry_words USING fts5 (
  title, body, publisher, tags,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);
CREATE VIRTUAL TABLE entry_grams USING fts5 (
  title, body, publisher, tags,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);

-- Derived: can be forgotten and worked out again -----------------------------------------------------

CREATE TABLE extractions (
  entry_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  language TEXT NOT NULL,
  happening INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  happened_precision INTEGER NOT NULL,
  happened_zone TEXT NOT NULL,
  outage_score REAL NOT NULL,
  found TEXT NOT NULL,  -- JSON: times, mentions, happened_span, outage_words
  PRIMARY KEY (entry_id, revision)
) STRICT;

CREATE TABLE claims (
  entry_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  span_text TEXT NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  sentence_text TEXT NOT NULL,
  value TEXT NOT NULL,
  mod TEXT NOT NULL,
  zone TEXT NOT NULL,
  from_at INTEGER,
  to_at INTEGER,
  countries TEXT NOT NULL,
  speaker TEXT NOT NULL,
  hedged INTEGER NOT NULL,
  denied INTEGER NOT NULL,
  ongoing INTEGER NOT NULL,
  PRIMARY KEY (entry_id, revision, position),
  FOREIGN KEY (entry_id, revision) REFERENCES extractions (entry_id, revision) ON DELETE CASCADE
) STRICT;
CREATE INDEX claims_by_id ON claims (id);

CREATE TABLE links (
  id TEXT NOT NULL PRIMARY KEY,
  entry_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  outage_id TEXT NOT NULL,
  probability REAL NOT NULL
) STRICT;
CREATE INDEX links_by_entry ON links (entry_id, id);
CREATE INDEX links_by_outage ON links (outage_id, id);

CREATE TABLE link_reasons (
  link_id TEXT NOT NULL REFERENCES links (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  feature TEXT NOT NULL,
  bits REAL NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (link_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts (
  id TEXT NOT NULL PRIMARY KEY,
  claim_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  outage_id TEXT NOT NULL,
  verdict INTEGER NOT NULL,
  claimed TEXT NOT NULL,
  measured TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_by_entry ON verdicts (entry_id, id);

CREATE TABLE stories (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL
) STRICT;

CREATE TABLE story_entries (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  entry_id TEXT NOT NULL,
  PRIMARY KEY (story_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_entries_by_entry ON story_entries (entry_id);

CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL
) STRICT;

CREATE TABLE incident_members (
  incident_id TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  is_outage INTEGER NOT NULL,  -- 0: member is a story
  position INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  PRIMARY KEY (incident_id, is_outage, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_members_by_member ON incident_members (member_id);

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
