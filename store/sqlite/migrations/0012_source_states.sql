-- What a reader must remember of a source between its documents: of streams of route changes, what
-- each peer told last.

CREATE TABLE source_states (
  source TEXT PRIMARY KEY,
  state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
